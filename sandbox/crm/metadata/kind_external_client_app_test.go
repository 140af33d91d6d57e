package metadata

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// bellPart is a part of the app Bell as a file of an archive.
func bellPart(file, kind, elements string) map[string]string {
	if kind != clientapp.Header {
		elements += `<externalClientApplication>Bell</externalClientApplication>`
	}
	return map[string]string{file: "<" + kind + ">" + elements + "<label>Bell</label></" + kind + ">"}
}

func bellHeader() map[string]string {
	return bellPart("externalClientApps/Bell.eca", clientapp.Header,
		`<contactEmail>a@x.example</contactEmail><distributionState>Local</distributionState>`)
}

func bellGlobal(key string) map[string]string {
	return bellPart("extlClntAppGlobalOauthSets/Bell_glbloauth.ecaGlblOauth", "ExtlClntAppGlobalOauthSettings",
		`<callbackUrl>https://bell.example/back</callbackUrl><consumerKey>`+key+`</consumerKey>`)
}

func bellSettings(more string) map[string]string {
	return bellPart("extlClntAppOauthSettings/Bell_oauth.ecaOauth", "ExtlClntAppOauthSettings",
		`<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>`+more)
}

func bellPolicies(name string) map[string]string {
	return bellPart("extlClntAppOauthPolicies/"+name+".ecaOauthPlcy", "ExtlClntAppOauthConfigurablePolicies",
		`<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>`)
}

func (s *site) bring(parts ...map[string]string) (status, failures string) {
	s.t.Helper()
	files := map[string]string{"package.xml": `<Package><version>67.0</version></Package>`}
	for _, p := range parts {
		maps.Copy(files, p)
	}
	d := s.deploy(pack(s.t, files))
	body, err := json.Marshal(d.Result.Details.Failures)
	if err != nil {
		s.t.Fatal(err)
	}
	return d.Result.Status, string(body)
}

// administer runs f as whoever may do everything.
func (s *site) administer(f func(*crm.Actor) error) {
	s.t.Helper()
	if err := s.org.Transact(s.t.Context(), f); err != nil {
		s.t.Fatal(err)
	}
}

// bell reads the app; the test ends if there is none.
func (s *site) bell() (app clientapp.App) {
	s.t.Helper()
	s.administer(func(a *crm.Actor) error {
		var ok bool
		var err error
		if app, ok, err = clientapp.Find(s.t.Context(), a, "Bell"); err == nil && !ok {
			err = fmt.Errorf("there is no app Bell")
		}
		return err
	})
	return app
}

func TestAClientAppComesWhole(t *testing.T) {
	const noSettings = "The external client app configured in your global OAuth Settings " +
		"doesn't have a valid OAuth settings configuration"
	s := newSite(t)
	for _, tc := range []struct {
		name  string
		parts []map[string]string
		says  string
	}{
		{"header and global settings alone", []map[string]string{bellHeader(), bellGlobal("k1")}, noSettings},
		{"OAuth settings that belong to no consumer", []map[string]string{bellHeader(), bellSettings("")}, "oauthLink"},
		{
			"settings without a header", []map[string]string{bellGlobal("k1"), bellSettings("")},
			"no ExternalClientApplication named Bell found",
		},
	} {
		t.Run(tc.name+" are refused", func(t *testing.T) {
			if status, failures := s.bring(tc.parts...); status != "Failed" || !strings.Contains(failures, tc.says) {
				t.Errorf("%s %s, want %q", status, failures, tc.says)
			}
		})
	}
	t.Run("OAuth settings may belong to another org's consumer", func(t *testing.T) {
		status, failures := s.bring(bellHeader(), bellSettings("<oauthLink>00D1:Bell</oauthLink>"))
		if status != "Succeeded" {
			t.Error(status, failures)
		}
		gone := map[string]string{"destructiveChanges.xml": manifestOf("ExternalClientApplication", "Bell")}
		if status, failures := s.bring(gone); status != "Succeeded" {
			t.Fatal(status, failures)
		}
	})
	t.Run("all parts together are an app", func(t *testing.T) {
		status, failures := s.bring(bellHeader(), bellGlobal("k1"), bellSettings(""), bellPolicies("Bell_oauthPlcy"))
		if status != "Succeeded" {
			t.Fatal(status, failures)
		}
		if app := s.bell(); app.OAuth.Key != "k1" || app.Policy.Permitted != clientapp.AdminApproved {
			t.Errorf("%+v", app)
		}
	})
	t.Run("its settings may then change alone", func(t *testing.T) {
		moved := bellGlobal("k1")
		for name, body := range moved {
			moved[name] = strings.Replace(body, "/back", "/return", 1)
		}
		status, failures := s.bring(moved)
		if status != "Succeeded" || s.bell().OAuth.Callbacks[0] != "https://bell.example/return" {
			t.Error(status, failures)
		}
	})
	t.Run("a second set of policies is a duplicate", func(t *testing.T) {
		status, failures := s.bring(bellPolicies("Bell_other"))
		if status != "Failed" || !strings.Contains(failures, "duplicate value found: ExternalClientApplicationId") {
			t.Error(status, failures)
		}
	})
}

// What a deployment leaves out the org makes, under a name of its own.
func TestAClientAppWithoutPoliciesGetsSome(t *testing.T) {
	s := newSite(t)
	if status, failures := s.bring(bellHeader(), bellGlobal("k1"), bellSettings("")); status != "Succeeded" {
		t.Fatal(status, failures)
	}
	s.want(`<listMetadata><queries><type>ExtlClntAppOauthConfigurablePolicies</type></queries></listMetadata>`,
		`<fullName>(Bell_defaultPolicy)</fullName>`)
	if status, failures := s.bring(bellPolicies("Bell_oauthPlcy")); status != "Failed" {
		t.Error(status, failures)
	}
	if status, failures := s.bring(bellPolicies("Bell_defaultPolicy")); status != "Succeeded" {
		t.Error(status, failures)
	}
}

func TestAConsumerKeyStays(t *testing.T) {
	s := newSite(t)
	if status, failures := s.bring(bellHeader(), bellGlobal("first"), bellSettings("")); status != "Succeeded" {
		t.Fatal(status, failures)
	}
	if status, failures := s.bring(bellGlobal("second")); status != "Succeeded" || failures != "null" && failures != "[]" {
		t.Error(status, failures)
	}
	if key := s.bell().OAuth.Key; key != "first" {
		t.Errorf("the key became %s", key)
	}
}

func TestAClientAppIsARecord(t *testing.T) {
	s := newSite(t)
	count := func(object, where string) (n int) {
		s.administer(func(a *crm.Actor) error {
			found, err := a.Query(t.Context(), "SELECT Id FROM "+object+" WHERE "+where, false)
			n = len(found.Records)
			return err
		})
		return n
	}
	if status, failures := s.bring(bellHeader(), bellGlobal("k"), bellSettings("")); status != "Succeeded" {
		t.Fatal(status, failures)
	}
	const bell = "DeveloperName = 'Bell'"
	if n := count("ExternalClientApplication", bell); n != 1 {
		t.Fatalf("%d records", n)
	}
	s.administer(func(a *crm.Actor) error {
		app, err := a.Query(t.Context(), "SELECT Id FROM ExternalClientApplication WHERE "+bell, false)
		if err != nil {
			return err
		}
		set, err := a.Create(t.Context(), "PermissionSet", records.Values{"Name": "Ringers", "Label": "Ringers"})
		if err != nil {
			return err
		}
		_, err = a.Create(t.Context(), "SetupEntityAccess", records.Values{
			"ParentId": string(set), "SetupEntityId": string(app.Records[0].ID()),
		})
		return err
	})
	const row = "Parent.Name = 'Ringers' AND SetupEntityType = 'ExternalClientApplication'"
	if n := count("SetupEntityAccess", row); n != 1 {
		t.Errorf("%d rows know their type", n)
	}
	gone := map[string]string{"destructiveChanges.xml": manifestOf("ExternalClientApplication", "Bell")}
	if status, failures := s.bring(gone); status != "Succeeded" {
		t.Error(status, failures)
	}
	if n := count("ExternalClientApplication", bell) + count("SetupEntityAccess", row); n != 0 {
		t.Errorf("%d records stayed", n)
	}
}
