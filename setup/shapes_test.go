package setup

import (
	"errors"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/salesforce/recorded"
)

// shape is an org that the sandbox is not.
func shape(t *testing.T, name string) *salesforce.Client {
	t.Helper()
	o, err := recorded.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return o.Client()
}

func TestHostsOfOrgsElsewhere(t *testing.T) {
	for _, tc := range []struct{ org, lightning, visualforce string }{
		{"sandbox", "https://example--uat.sandbox.lightning.force.com", "https://example--uat--c.sandbox.vf.force.com"},
		{"partitioned", "https://example-dev-ed.develop.lightning.force.com", "https://example-dev-ed--c.develop.vf.force.com"},
		{"government", "https://example.lightning.crmforce.mil", "https://example--c.vf.crmforce.mil"},
		// The page of the original is at the door too, but it is not ours, and nobody has to open it.
		{"original-alone", "https://example.lightning.force.com", ""},
	} {
		t.Run(tc.org, func(t *testing.T) {
			h, err := Hosts{}.Learn(t.Context(), shape(t, tc.org))
			if err != nil || h.Lightning != tc.lightning || h.Visualforce != tc.visualforce || len(h.Doubts) > 0 {
				t.Errorf("got %+v, %v; want %s and %s", h, err, tc.lightning, tc.visualforce)
			}
		})
	}
}

// In an org with a namespace everything of ours would be called otherwise, and nothing would be found. A user without the
// API sees nothing either.
func TestOrgsThatCannotBeSetUpAreRefused(t *testing.T) {
	for org, says := range map[string]string{
		"with-namespace": "the namespace acme", "sandbox": "", "minimum-access": "API Enabled",
	} {
		err := withoutNamespace(t.Context(), shape(t, org))
		refused, ok := errors.AsType[*config.Error](err)
		if ok != (says != "") || ok && (refused.Field != "setup.salesforce" || !strings.Contains(refused.Message, says)) {
			t.Errorf("%s: %v, want %q", org, err, says)
		}
	}
}
