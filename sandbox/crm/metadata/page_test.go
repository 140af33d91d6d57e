package metadata

import (
	"strings"
	"testing"
)

// A Visualforce page stays as long as something shows it, unless that goes with it.
func TestAPageInUseStays(t *testing.T) {
	s := newSite(t)
	const page = `<ApexPage xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>60.0</apiVersion><label>Shed</label></ApexPage>`
	const tab = `<CustomTab xmlns="http://soap.sforce.com/2006/04/metadata"><label>Shed</label><motif>Custom1: ` +
		`Heart</motif><page>Shed</page></CustomTab>`
	both := `<Package><types><members>Shed</members><name>ApexPage</name></types><types><members>Shed</members>` +
		`<name>CustomTab</name></types><version>67.0</version></Package>`
	for _, files := range []map[string]string{
		{"package.xml": manifestOf("ApexPage", "Shed"), "pages/Shed.page": "<apex:page/>", "pages/Shed.page-meta.xml": page},
		{"package.xml": manifestOf("CustomTab", "Shed"), "tabs/Shed.tab": tab},
	} {
		if _, status := s.soapDeploy(files, rollback); !strings.Contains(status, "<status>Succeeded</status>") {
			t.Fatal(status)
		}
	}
	empty := `<Package><version>67.0</version></Package>`
	_, status := s.soapDeploy(map[string]string{"package.xml": empty, "destructiveChanges.xml": manifestOf("ApexPage", "Shed")}, rollback)
	if !strings.Contains(status, "This Visualforce page is referenced elsewhere in salesforce.com. Remove the usage and "+
		"try again. : CustomTab - Shed.") {
		t.Errorf("refusal %s", status)
	}
	_, status = s.soapDeploy(map[string]string{"package.xml": empty, "destructiveChanges.xml": both}, rollback)
	if _, there, err := s.org.Component(t.Context(), "ApexPage", "Shed"); there || err != nil {
		t.Errorf("still there: %v %s", err, status)
	}
}
