package metadata

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// problems are what a deployment was refused for.
func (d deployed) problems() string {
	var all []string
	for _, f := range d.Result.Details.Failures {
		all = append(all, f.Problem)
	}
	return strings.Join(all, "; ")
}

// Sections do not make the settings of a call center's record.
func TestSettingsOfACallCenterAreTheFiles(t *testing.T) {
	const centre = `<CallCenter xmlns="http://soap.sforce.com/2006/04/metadata">SETTINGS<displayName>Desk</displayName>` +
		`<displayNameLabel>Display Name</displayNameLabel><internalNameLabel>Internal Name</internalNameLabel>` +
		`<sections><items><label>Height</label><name>reqSoftphoneHeight</name><value>570</value></items>` +
		`<label>General</label><name>reqGeneralInfo</name></sections></CallCenter>`
	s := newSite(t)
	for _, tc := range []struct{ element, want, refused string }{
		{"", "", ""},
		{`<customSettings>{"reqSoftphoneHeight":"600"}</customSettings>`, `{"reqSoftphoneHeight":"600"}`, ""},
		{`<customSettings>tall</customSettings>`, `{"reqSoftphoneHeight":"600"}`, "customSettings must be a JSON object"},
	} {
		d := s.deploy(pack(t, map[string]string{
			"package.xml":                 manifestOf("CallCenter", "Desk"),
			"callCenters/Desk.callCenter": strings.Replace(centre, "SETTINGS", tc.element, 1),
		}))
		if got := d.problems(); got != tc.refused {
			t.Errorf("%s: %q", tc.element, got)
		}
		err := s.org.Transact(t.Context(), func(a *crm.Actor) error {
			found, err := a.Query(t.Context(), "SELECT CustomSettings FROM CallCenter WHERE InternalName = 'Desk'", false)
			if err == nil && (len(found.Records) != 1 || found.Records[0].Text("CustomSettings") != tc.want) {
				t.Errorf("%s: %+v", tc.element, found.Records)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
