package sfdx

import (
	"fmt"
	"io/fs"
	"path"
)

// AppName is the API name of the adapter's External Client App.
const AppName = "Patchcord"

// OAuthApp is who the adapter is to an org.
type OAuthApp struct {
	CallbackURL string // where sign-in comes back to
	ClientID    string // consumer key; it counts only when the app is made
	Certificate string // base64 of DER: whose signature the org trusts
}

// AppPart is a kind of component that an External Client App is made of.
type AppPart struct {
	Type           string // of metadata
	Name           string // of our component; an org may have made one under a name of its own
	folder, suffix string
}

// The parts of the app. They come in one archive: an org refuses some of them without the others. The policies that
// switch the app on (ExtlClntAppConfigurablePolicies) are the org's: it makes them, and they are on.
var (
	AppHeader   = AppPart{"ExternalClientApplication", AppName, "externalClientApps", ".eca"}
	AppSettings = AppPart{"ExtlClntAppOauthSettings", "Patchcord_oauth", "extlClntAppOauthSettings", ".ecaOauth"}
	AppGlobal   = AppPart{
		"ExtlClntAppGlobalOauthSettings", "Patchcord_glbloauth", "extlClntAppGlobalOauthSets", ".ecaGlblOauth",
	}
	AppPolicies = AppPart{
		"ExtlClntAppOauthConfigurablePolicies", "Patchcord_oauthPlcy", "extlClntAppOauthPolicies", ".ecaOauthPlcy",
	}
)

// AppParts are the parts of the app, its header first.
func AppParts() []AppPart { return []AppPart{AppHeader, AppSettings, AppGlobal, AppPolicies} }

// File is where a component of this kind is in an archive.
func (p AppPart) File(name string) string { return path.Join(p.folder, name+p.suffix) }

const globalXML = `<?xml version="1.0" encoding="UTF-8"?>
<ExtlClntAppGlobalOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <callbackUrl>%s</callbackUrl>
    <certificate>%s</certificate>
    <consumerKey>%s</consumerKey>
    <externalClientApplication>Patchcord</externalClientApplication>
    <isConsumerSecretOptional>true</isConsumerSecretOptional>
    <isPkceRequired>true</isPkceRequired>
    <isRefreshTokenRotationEnabled>true</isRefreshTokenRotationEnabled>
    <isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>
    <label>Patchcord global OAuth</label>
</ExtlClntAppGlobalOauthSettings>
`

// Part is the content of a part's file.
func (a OAuthApp) Part(p AppPart) ([]byte, error) {
	if p == AppGlobal {
		return fmt.Appendf(nil, globalXML, escape(a.CallbackURL), escape(a.Certificate), escape(a.ClientID)), nil
	}
	return fs.ReadFile(source, "client-app/"+p.File(p.Name)+metaSuffix)
}

// Bundle is the app with all its parts.
func (a OAuthApp) Bundle() (Bundle, error) {
	all := Bundle{}
	for _, p := range AppParts() {
		body, err := a.Part(p)
		if err != nil {
			return nil, err
		}
		all.Add(p.Type, p.Name, p.File(p.Name), body)
	}
	return all, nil
}
