package setup

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// site is Setup of a new org, asked as the administrator unless agent is set.
type site struct {
	t     *testing.T
	org   *crm.Org
	h     http.Handler
	csrf  string
	agent bool

	deploys *metadata.API
	cfg     Config
}

func open(t *testing.T) *site {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: log,
		Origin: "http://crm.example", VisualforceOrigin: "http://vf.example", Users: []crm.SeedUser{
			{Username: "admin@x.example", FirstName: "Ada", LastName: "Byrne", Alias: "ada", Password: "p", Administrator: true},
			{Username: "agent@x.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amel", Password: "p"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, org: org}
	who := func(r *http.Request) (schema.RecordID, error) {
		name := "admin@x.example"
		if s.agent {
			name = "agent@x.example"
		}
		u, err := org.People.UserByName(r.Context(), name)
		return u.ID, err
	}
	deploys := metadata.New(metadata.Config{Org: org, Clock: clock.System{}, Log: log})
	store := packaging.New(packaging.Config{Org: org, Deploys: deploys, Clock: clock.System{}, Log: log})
	t.Cleanup(func() { store.Close(); deploys.Close(); _ = org.Close() })
	mux := http.NewServeMux()
	s.deploys, s.cfg = deploys, Config{Org: org, Authenticate: who, Origin: "http://crm.example", Packages: store, Deploys: deploys, Log: log}
	mux.Handle(Pattern, Handler(s.cfg))
	pages := lightning.Handler(lightning.Config{Org: org, Authenticate: who, Page: fstest.MapFS{},
		Origin: "http://crm.example", VisualforceOrigin: "http://vf.example", Log: log})
	mux.Handle("/lightning/", pages)
	s.h = mux
	var start struct {
		CSRF string `json:"csrf"`
	}
	s.ask("GET", "/lightning/api/bootstrap", "", 200, &start)
	s.csrf = start.CSRF
	return s
}

// ask sends one request and decodes the answer; the text of a refusal is returned.
func (s *site) ask(method, path, body string, status int, into any) string {
	s.t.Helper()
	if !strings.HasPrefix(path, "/") {
		path = Pattern + path
	}
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: "sid", Value: "session"})
	r.Header.Set("X-CSRF-Token", s.csrf)
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	raw, err := io.ReadAll(w.Result().Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if w.Code != status {
		s.t.Fatalf("%s %s: %d %s, want %d", method, path, w.Code, raw, status)
	}
	if into != nil {
		if err := json.Unmarshal(raw, into); err != nil {
			s.t.Fatalf("%s: %v", raw, err)
		}
	}
	return string(raw)
}

func (s *site) imported() string {
	s.t.Helper()
	body, err := json.Marshal(importIn{[]byte(good)})
	if err != nil {
		s.t.Fatal(err)
	}
	var made idOut
	s.ask("POST", "call-centers", string(body), 200, &made)
	return made.ID
}

func TestCallCenterFromImportToDeletion(t *testing.T) {
	s := open(t)
	id := s.imported()
	body, err := json.Marshal(importIn{[]byte(good)})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.ask("POST", "call-centers", string(body), 400, nil); !strings.Contains(got, "already in use") {
		t.Errorf("imported twice: %s", got)
	}
	var have callCenterOut
	s.ask("GET", "call-centers/"+id, "", 200, &have)
	save := func(key, value, modified string, status int) string {
		in, err := json.Marshal(saveCenterIn{map[string]string{key: value}, modified})
		if err != nil {
			t.Fatal(err)
		}
		return s.ask("POST", "call-centers/"+id, string(in), status, nil)
	}
	if got := save("reqGeneralInfo/reqSoftphoneHeight", "tall", have.Center.LastModified, 400); !strings.Contains(got,
		"reqGeneralInfo/reqSoftphoneHeight") {
		t.Errorf("the field is not named: %s", got)
	}
	save("reqGeneralInfo/reqNothing", "1", have.Center.LastModified, 400)
	save("reqGeneralInfo/reqSoftphoneHeight", "571", "2020-01-01T00:00:00.000+0000", 409)
	save("reqGeneralInfo/reqSoftphoneHeight", "571", have.Center.LastModified, 200)
	if got := s.ask("GET", "call-centers/"+id, "", 200, nil); !strings.Contains(got, `"value":"571"`) {
		t.Errorf("not saved: %s", got)
	}

	var found membersOut
	s.ask("POST", "call-centers/"+id+"/found-users", `{"filters":[{"field":"FirstName","operator":"contains","value":"melia"}]}`, 200, &found)
	if len(found.Users) != 1 || found.Users[0].Name != "Amelia Okafor" {
		t.Fatalf("found %+v", found.Users)
	}
	s.ask("POST", "call-centers/"+id+"/found-users", `{"filters":[{"field":"Password","operator":"equals","value":"x"}]}`, 400, nil)
	s.ask("POST", "call-centers/"+id+"/users", `{"ids":[]}`, 400, nil)
	s.ask("POST", "call-centers/"+id+"/users", `{"ids":["`+found.Users[0].ID+`"]}`, 200, nil)
	s.ask("GET", "call-centers/"+id, "", 200, &have)
	if have.Total != 1 {
		t.Errorf("%d users, want 1", have.Total)
	}

	var clone idOut
	s.ask("POST", "call-centers/"+id+"/clone", `{"values":{"reqGeneralInfo/reqInternalName":"DemoCenter"},"lastModified":""}`, 400, nil)
	s.ask("POST", "call-centers/"+id+"/clone",
		`{"values":{"reqGeneralInfo/reqInternalName":"Second","reqGeneralInfo/reqDisplayName":"Second"},"lastModified":""}`, 200, &clone)
	s.ask("DELETE", "call-centers/"+id, "", 200, nil)
	s.ask("GET", "call-centers/"+id, "", 404, nil)
	agent, err := s.org.People.UserByName(t.Context(), "agent@x.example")
	if err != nil || agent.CallCenterID != "" {
		t.Errorf("the agent is still in the call center: %+v, %v", agent, err)
	}
	var left callCentersOut
	s.ask("GET", "call-centers", "", 200, &left)
	if len(left.Centers) != 1 || left.Centers[0].ID != clone.ID {
		t.Errorf("left %+v", left.Centers)
	}
}

func TestLayoutReachesTheConsole(t *testing.T) {
	s := open(t)
	l := crm.ImplicitSoftphoneLayout()
	l.Name, l.Default = "AmazonConnectDefault", true
	l.Inbound.Objects = []crm.SoftphoneObject{{Object: "Case", Fields: []string{"CaseNumber"}}}
	l.Inbound.MultipleMatches = crm.ScreenPop{Type: "PopToSearch"}
	body, err := json.Marshal(saveLayoutIn{Layout: l})
	if err != nil {
		t.Fatal(err)
	}
	s.ask("POST", "softphone-layouts", string(body), 200, nil)
	s.agent = true
	got := s.ask("GET", "/lightning/api/softphone/layout", "", 200, nil)
	for _, want := range []string{`"objects":{"Case":[{"displayName":"Case Number","apiName":"CaseNumber"}]}`,
		`"MultipleMatches":{"screenPopType":"PopToSearch"}`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	s.agent = false
	if trail := s.trail(); !strings.Contains(trail, "Created softphone layout AmazonConnectDefault") {
		t.Errorf("audit trail %q", trail)
	}
}

// give assigns the agent a new permission set with these system permissions.
func (s *site) give(permissions ...rights.Permission) {
	s.t.Helper()
	ctx := s.t.Context()
	agent, err := s.org.People.UserByName(ctx, "agent@x.example")
	if err == nil {
		err = s.org.Transact(ctx, func(a *crm.Actor) error {
			values := records.Values{"Name": "Given_" + string(permissions[0]), "Label": "Given"}
			for _, p := range permissions {
				values["Permissions"+string(p)] = true
			}
			set, err := a.Create(ctx, "PermissionSet", values)
			if err == nil {
				_, err = a.Create(ctx, "PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(agent.ID)})
			}
			return err
		})
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

var (
	centerPages = []string{"call-centers", "softphone-layouts", "softphone-layout-form", "softphone-assignments"}
	otherPages  = []string{"apps", "apps/standard__LightningService", "pages", "listings", "packages"}
)

func TestWhoMayAsk(t *testing.T) {
	s := open(t)
	for _, path := range append(otherPages, centerPages...) {
		s.agent = true
		s.ask("GET", path, "", 403, nil)
		s.agent = false
		s.ask("GET", path, "", 200, nil)
	}
	s.ask("GET", "no-such-page", "", 404, nil)
	s.agent = true
	var own, all mailboxOut
	if err := s.org.People.ForgotPassword(t.Context(), "admin@x.example"); err != nil {
		t.Fatal(err)
	}
	if s.ask("GET", "mailbox", "", 200, &own); own.All || len(own.Messages) != 0 {
		t.Errorf("an agent reads %+v", own)
	}
	s.agent = false
	if s.ask("GET", "mailbox", "", 200, &all); !all.All || len(all.Messages) != 1 {
		t.Errorf("an administrator reads %+v", all)
	}
	s.agent, s.csrf = false, "forged"
	s.ask("POST", "softphone-layouts", `{}`, 403, nil)
	s.ask("DELETE", "call-centers/04v000000000001AAA", "", 403, nil)
}

func TestManageCallCentersOpensItsPagesAndNoOther(t *testing.T) {
	s := open(t)
	center := s.imported()
	s.agent = true
	s.give(rights.ManageCallCenters)
	s.ask("GET", "call-centers", "", 403, nil) // without View Setup
	s.give(rights.ViewSetup)
	for _, path := range append(centerPages, "call-centers/"+center, "call-centers/"+center+"/users") {
		s.ask("GET", path, "", 200, nil)
	}
	for _, path := range otherPages {
		s.ask("GET", path, "", 403, nil)
	}
	chosen := `{"ids":["` + string(s.user("agent@x.example")) + `"]}`
	s.ask("POST", "call-centers/"+center+"/users", chosen, 200, nil)
	s.ask("DELETE", "call-centers/"+center, "", 200, nil)
}

func (s *site) user(name string) schema.RecordID {
	s.t.Helper()
	u, err := s.org.People.UserByName(s.t.Context(), name)
	if err != nil {
		s.t.Fatal(err)
	}
	return u.ID
}

func (s *site) post(path string, body any, status int) string {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.ask("POST", path, string(text), status, nil)
}

func (s *site) trail() string {
	s.t.Helper()
	var lines []string
	if err := s.org.Transact(s.t.Context(), func(a *crm.Actor) error {
		found, err := a.Query(s.t.Context(), "SELECT Display FROM SetupAuditTrail ORDER BY Id", false)
		for _, r := range found.Records {
			lines = append(lines, r.Text("Display"))
		}
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
	return strings.Join(lines, "; ")
}
