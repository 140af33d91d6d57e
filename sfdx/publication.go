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
	app, err := p.App.Bundle()
	if err != nil {
		return nil, err
	}
	all.Lay(app)
	return all.Archive()
}
