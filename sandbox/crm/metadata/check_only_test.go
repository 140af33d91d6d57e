package metadata

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// What a validation says is what the deployment would say, and nothing of it is kept.
func TestCheckOnlyKeepsNothing(t *testing.T) {
	files := func(setFor string) map[string]string {
		all := map[string]string{
			"package.xml": `<Package><version>67.0</version></Package>`, "objects/Ride__c.object": ride,
			"permissionsets/Riders.permissionset": `<PermissionSet><label>Riders</label><objectPermissions>` +
				`<object>` + setFor + `</object><allowRead>true</allowRead></objectPermissions></PermissionSet>`,
		}
		for _, p := range []map[string]string{
			bellHeader(), bellGlobal("k"), bellSettings(""), bellPolicies("Bell_oauthPlcy"),
		} {
			maps.Copy(all, p)
		}
		return all
	}
	s := newSite(t)
	says := func(d deployed) string {
		for i := range d.Result.Details.Failures {
			d.Result.Details.Failures[i].At = time.Time{}
		}
		body, err := json.Marshal(d.Result.Details.Failures)
		if err != nil {
			t.Fatal(err)
		}
		return d.Result.Status + " " + string(body)
	}
	empty := func() {
		t.Helper()
		if s.has("Ride__c") {
			t.Error("the object stayed")
		}
		s.administer(func(a *crm.Actor) error {
			for _, one := range []string{
				"PermissionSet WHERE Name = 'Riders'", "ExternalClientApplication WHERE DeveloperName = 'Bell'",
			} {
				found, err := a.Query(t.Context(), "SELECT Id FROM "+one, false)
				if err != nil || len(found.Records) > 0 {
					t.Errorf("%s: %v %v", one, found.Records, err)
				}
			}
			return nil
		})
	}
	good := pack(t, files("Ride__c"))
	if got := s.checkOnly(good); got.Result.Status != "Succeeded" || len(got.Result.Details.Successes) < 6 {
		t.Errorf("%+v", got)
	}
	empty()
	bad := pack(t, files("Nope__c"))
	checked := says(s.checkOnly(bad))
	empty()
	if kept := says(s.deploy(bad)); checked != kept || !strings.HasPrefix(checked, "Failed ") {
		t.Errorf("checked: %s\ndeployed: %s", checked, kept)
	}
	empty()
	if got := s.deploy(good); got.Result.Status != "Succeeded" || !s.has("Ride__c") {
		t.Errorf("deployed: %+v", got)
	}
}
