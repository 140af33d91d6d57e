package metadata

import (
	"strings"
	"testing"
)

func TestAWorkspaceMappingNamesTabsOfItsApp(t *testing.T) {
	const app = `<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata"><label>Desk</label>` +
		`<navType>Console</navType><tabs>standard-Case</tabs><uiType>Lightning</uiType>` +
		`<workspaceConfig><mappings><tab>standard-TAB</tab></mappings></workspaceConfig></CustomApplication>`
	s := newSite(t)
	for tab, want := range map[string]string{
		"Case": "",
		"Lead": "The standard-Lead tab in the workspace mapping is not defined. " +
			"Include the standard-Lead tab or remove the extra workspace mapping.",
	} {
		d := s.deploy(pack(t, map[string]string{
			"package.xml": manifestOf("CustomApplication", "Desk"), "applications/Desk.app": strings.Replace(app, "TAB", tab, 1),
		}))
		if got := d.problems(); got != want {
			t.Errorf("%s: %q, want %q", tab, got, want)
		}
	}
}
