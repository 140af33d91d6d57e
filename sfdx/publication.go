package sfdx

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Publication is what a published version of the package knows of the adapter that it is for: with it, whoever installs the package
// need not configure where the adapter is.
type Publication struct {
	AdapterURL string // origin of the adapter
	App        OAuthApp
}

// OAuthApp is who the adapter is to an org.
type OAuthApp struct {
	CallbackURL string // where sign-in comes back to
	ClientID    string // consumer key
	Certificate string // base64 of DER: whose signature the org trusts
}

// The component that holds an OAuthApp.
const (
	OAuthType = "ExtlClntAppGlobalOauthSettings"
	OAuthName = "Patchcord_glbloauth"
	OAuthFile = "extlClntAppGlobalOauthSets/Patchcord_glbloauth.ecaGlblOauth"
)

const oauthXML = `<?xml version="1.0" encoding="UTF-8"?>
<ExtlClntAppGlobalOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <callbackUrl>%s</callbackUrl>
    <certificate>%s</certificate>
    <consumerKey>%s</consumerKey>
    <externalClientApplication>Patchcord</externalClientApplication>
    <isConsumerSecretOptional>true</isConsumerSecretOptional>
    <isPkceRequired>true</isPkceRequired>
    <isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>
    <label>Patchcord global OAuth</label>
</ExtlClntAppGlobalOauthSettings>
`

// File is the component's file.
func (a OAuthApp) File() []byte {
	return fmt.Appendf(nil, oauthXML, escape(a.CallbackURL), escape(a.Certificate), escape(a.ClientID))
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder never fails
	return b.String()
}

// The field that says where the adapter is, in the object's file.
const (
	toolkitFile = "objects/AC_Toolkit__c.object"
	adapterURL  = "<fullName>Adapter_Url__c</fullName>"
)

// Archive is the package with what the publication knows, as a Metadata API archive.
func (p Publication) Archive() ([]byte, error) {
	all, err := Package()
	if err != nil {
		return nil, err
	}
	object := string(all[toolkitFile].body)
	if !strings.Contains(object, adapterURL) {
		return nil, fmt.Errorf("%s: no %s", toolkitFile, adapterURL)
	}
	all.Edit(toolkitFile, []byte(strings.Replace(object, adapterURL, `<defaultValue>"`+escape(p.AdapterURL)+`"</defaultValue>`+adapterURL, 1)))
	all.Add(OAuthType, OAuthName, OAuthFile, p.App.File())
	return all.Archive()
}
