package setup

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// desk is the Setup of a new org, with the administrator Ada, the second administrator Bo and the agent Amelia at it.
type desk struct {
	t                *testing.T
	h                http.Handler
	org              *crm.Org
	clock            *clock.Fake
	ada, bo, amelia  schema.RecordID
	who              schema.RecordID
	withoutCSRFToken bool
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	clk := clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	org, err := crmtest.Open(t, crm.Config{
		Dir: t.TempDir(), Clock: clk, Log: slog.New(slog.DiscardHandler), Origin: "http://localhost:8080",
		Users: []crm.SeedUser{
			{Username: "ada@x.example", FirstName: "Ada", LastName: "Byrne", Alias: "ada", Password: "secret-1", Administrator: true},
			{Username: "bo@x.example", FirstName: "Bo", LastName: "Diaz", Alias: "bo", Password: "secret-1", Administrator: true},
			{Username: "amelia@x.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amel", Password: "secret-1"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	d := &desk{t: t, org: org, clock: clk}
	for name, id := range map[string]*schema.RecordID{"ada": &d.ada, "bo": &d.bo, "amelia": &d.amelia} {
		user, err := org.People.UserByName(t.Context(), name+"@x.example")
		if err != nil {
			t.Fatal(err)
		}
		*id = user.ID
	}
	d.who = d.ada
	deploys := metadata.New(metadata.Config{Org: org, Clock: clk, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(deploys.Close)
	d.h = Handler(Config{Org: org, Authenticate: func(*http.Request) (schema.RecordID, error) { return d.who, nil },
		Origin: "http://localhost:8080", Deploys: deploys, Log: slog.New(slog.DiscardHandler)})
	return d
}

func (d *desk) send(method, path, body string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, "/lightning/api/setup"+path, strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: "sid", Value: "s"})
	if !d.withoutCSRFToken {
		sum := sha256.Sum256([]byte("console write\x00s"))
		r.Header.Set("X-CSRF-Token", hex.EncodeToString(sum[:]))
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

// does asks and wants a status; the answer is decoded.
func does[Out any](d *desk, method, path, body string, status int) Out {
	d.t.Helper()
	w := d.send(method, path, body)
	if w.Code != status {
		d.t.Fatalf("%s %s = %d %s, want %d", method, path, w.Code, w.Body, status)
	}
	var out Out
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		d.t.Fatalf("%s %s: %v in %s", method, path, err, w.Body)
	}
	return out
}

type refusal struct {
	Errors []edge.Problem `json:"errors"`
}

func (d *desk) trail() []string {
	d.t.Helper()
	var all []string
	for _, e := range does[auditListOut](d, "GET", "/audit", "", 200).Entries {
		all = append(all, e.User+": "+e.Display+" ("+e.Section+")")
	}
	return all
}

func (d *desk) set(label, name string) string {
	d.t.Helper()
	return does[idOut](d, "POST", "/permsets", `{"label":"`+label+`","name":"`+name+`","description":""}`, 200).ID
}

func TestSetupIsForWhoMayViewIt(t *testing.T) {
	d := openDesk(t)
	d.who = d.amelia
	for _, path := range []string{"/start", "/permsets", "/audit", "/users", "/nowhere"} {
		if got := does[refusal](d, "GET", path, "", 403); got.Errors[0].Code != "INSUFFICIENT_ACCESS" {
			t.Errorf("GET %s: %v", path, got)
		}
	}
	d.who = d.ada
	set := d.set("Viewer", "Viewer")
	does[nothing](d, "PUT", "/permsets/"+set+"/system", `{"on":["ViewSetup"]}`, 200)
	does[assignedOut](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 200)
	d.who = d.amelia
	does[permissionSetsOut](d, "GET", "/permsets", "", 200)
	does[refusal](d, "POST", "/permsets", `{"label":"Own","name":"Own","description":""}`, 403)
	does[refusal](d, "POST", "/permsets/"+set+"/assign", `{"users":["`+string(d.amelia)+`"]}`, 403)
}

func TestAWriteNeedsThePagesToken(t *testing.T) {
	d := openDesk(t)
	d.withoutCSRFToken = true
	if got := does[refusal](d, "POST", "/permsets", `{"label":"A","name":"A","description":""}`, 403); got.Errors[0].Code != "CSRF" {
		t.Errorf("%v", got)
	}
	does[permissionSetsOut](d, "GET", "/permsets", "", 200)
}

func TestPermissionSetNames(t *testing.T) {
	d := openDesk(t)
	d.set("Taken", "Taken")
	for _, c := range []struct{ name, label, api, field, says string }{
		{"no label", " ", "A", "label", "You must enter a value"},
		{"no API name", "A", "", "name", "You must enter a value"},
		{"two underscores", "A", "A__B", "name", "two consecutive underscores"},
		{"ends in an underscore", "A", "A_", "name", "not end with an underscore"},
		{"begins with a digit", "A", "1A", "name", "begin with a letter"},
		{"somebody's", "A", "Taken", "name", "already exists"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.t = t
			got := does[refusal](d, "POST", "/permsets", `{"label":"`+c.label+`","name":"`+c.api+`","description":""}`, 400)
			if got.Errors[0].Fields[0] != c.field || !strings.Contains(got.Errors[0].Message, c.says) {
				t.Errorf("got %v, want %q at %s", got, c.says, c.field)
			}
		})
	}
}

func TestTheSlowerOfTwoAdministratorsIsTold(t *testing.T) {
	d := openDesk(t)
	id := d.set("Desk", "Desk")
	read := does[setOut](d, "GET", "/permsets/"+id, "", 200)
	d.clock.Advance(time.Minute)
	d.who = d.bo
	does[idOut](d, "PATCH", "/permsets/"+id, `{"label":"Bo's","name":"Desk","description":"","lastModified":"`+read.LastModified+`"}`, 200)
	d.who = d.ada
	got := does[refusal](d, "PATCH", "/permsets/"+id,
		`{"label":"Ada's","name":"Desk","description":"","lastModified":"`+read.LastModified+`"}`, 409)
	if got.Errors[0].Code != "CONFLICT" {
		t.Errorf("%v", got)
	}
	if now := does[setOut](d, "GET", "/permsets/"+id, "", 200); now.Label != "Bo's" || now.ModifiedBy != "Bo Diaz" {
		t.Errorf("%+v", now.permissionSetOut)
	}
}

func TestAssignmentsAndTheirTrail(t *testing.T) {
	d := openDesk(t)
	id := d.set("AC_Agent", "AC_Agent")
	if got := does[assignmentsOut](d, "GET", "/permsets/"+id+"/candidates", "", 200); len(got.People) != 3 {
		t.Fatalf("candidates %v", got.People)
	}
	body := `{"users":["` + string(d.amelia) + `","` + string(d.bo) + `"]}`
	if got := does[assignedOut](d, "POST", "/permsets/"+id+"/assign", body, 200); got.Assigned != 2 {
		t.Errorf("%v", got)
	}
	if got := does[assignedOut](d, "POST", "/permsets/"+id+"/assign", body, 200); got.Assigned != 0 || got.Already != 2 {
		t.Errorf("again: %v", got)
	}
	if got := does[assignmentsOut](d, "GET", "/permsets/"+id+"/candidates?q=ada", "", 200); len(got.People) != 1 ||
		got.People[0].Name != "Ada Byrne" {
		t.Errorf("candidates %v", got.People)
	}
	does[refusal](d, "DELETE", "/permsets/"+id, "", 400)
	does[assignedOut](d, "POST", "/permsets/"+id+"/unassign", body, 200)
	does[nothing](d, "DELETE", "/permsets/"+id, "", 200)
	want := []string{
		"ada@x.example: Deleted permission set AC_Agent (Manage Users)",
		"ada@x.example: Permission set AC_Agent: unassigned from user Bo Diaz (UserID: [" + string(d.bo[:15]) + "]) (Manage Users)",
	}
	if got := d.trail(); len(got) != 6 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("trail %q", got)
	}
}

func TestARefusedChangeLeavesNoEntry(t *testing.T) {
	d := openDesk(t)
	id := d.set("Desk", "Desk")
	does[refusal](d, "PUT", "/permsets/"+id+"/objects/Account",
		`{"tab":"","read":false,"create":false,"edit":true,"delete":false,"viewAll":false,"modifyAll":false,"fields":[]}`, 400)
	does[refusal](d, "POST", "/permsets/"+id+"/assign", `{"users":["`+string(d.amelia)+`","005000000000000AAA"]}`, 404)
	if got := d.trail(); len(got) != 1 {
		t.Errorf("trail %q", got)
	}
	if got := does[assignmentsOut](d, "GET", "/permsets/"+id+"/assignments", "", 200); len(got.People) != 0 {
		t.Errorf("half a change stayed: %v", got.People)
	}
}

// follow sets a password by the link in the newest message to a user, and gives the message's subject.
func (d *desk) follow(user string, password secret.String) string {
	d.t.Helper()
	mail, err := d.org.People.Mailbox(d.t.Context(), schema.RecordID(user))
	if err != nil || len(mail) == 0 {
		d.t.Fatalf("mailbox %+v, %v", mail, err)
	}
	_, link, _ := strings.Cut(mail[0].Body, "http://localhost:8080/?c=")
	token, _, _ := strings.Cut(link, "\n")
	if _, err := d.org.People.SetLinkedPassword(d.t.Context(), token, password); err != nil {
		d.t.Fatalf("%v with the link of %q", err, mail[0].Body)
	}
	return mail[0].Subject
}

func TestUsers(t *testing.T) {
	d := openDesk(t)
	profile := does[userChoicesOut](d, "GET", "/users/choices", "", 200).Profiles[0].Value
	form := func(more string) string {
		return `{"FirstName":"Noor","LastName":"Haddad","Alias":"noor","Email":"noor@x.example","Username":"noor@x.example",` +
			`"CommunityNickname":"noor","Title":"","Department":"","Phone":"","MobilePhone":"","Extension":"",` +
			`"ProfileId":"` + profile + `","CallCenterId":"","TimeZoneSidKey":"Europe/Berlin","LocaleSidKey":"de_DE",` +
			`"LanguageLocaleKey":"de","FederationIdentifier":"","IsActive":true,"UserPermissionsSupportUser":true` + more + `}`
	}
	quiet := does[idOut](d, "POST", "/users", strings.NewReplacer("noor", "quiet", "Noor", "Quiet").Replace(form("")), 200)
	if mail, err := d.org.People.Mailbox(t.Context(), schema.RecordID(quiet.ID)); err != nil || len(mail) > 0 {
		t.Errorf("a user who shall not be notified was: %+v, %v", mail, err)
	}
	created := does[idOut](d, "POST", "/users", form(`,"notify":true`), 200)
	password := secret.String("riding-home-1")
	if subject := d.follow(created.ID, password); subject != "Welcome to Salesforce: Verify your account" {
		t.Errorf("subject %q", subject)
	}
	if _, err := d.org.People.CheckPassword(t.Context(), "noor@x.example", password); err != nil {
		t.Errorf("the new password: %v", err)
	}
	if in := does[userPageOut](d, "GET", "/users/"+created.ID, "", 200); in.LastLogin != "2026-03-02T08:00:00.000+0000" {
		t.Errorf("last login %q", in.LastLogin)
	}
	got := does[refusal](d, "POST", "/users", form(""), 400)
	if !strings.HasPrefix(got.Errors[0].Message, "Duplicate Username.") || got.Errors[0].Fields[0] != "Username" {
		t.Errorf("%v", got)
	}
	d.clock.Advance(time.Minute)
	does[nothing](d, "POST", "/users/"+created.ID+"/freeze", `{"frozen":true}`, 200)
	if _, err := d.org.People.CheckPassword(t.Context(), "noor@x.example", password); err == nil {
		t.Error("a frozen user logged in")
	}
	does[nothing](d, "POST", "/users/"+created.ID+"/freeze", `{"frozen":false}`, 200)
	if _, err := d.org.People.CheckPassword(t.Context(), "noor@x.example", password); err != nil {
		t.Errorf("after unfreezing: %v", err)
	}
	mailed := does[mailedOut](d, "POST", "/users/passwords", `{"users":["`+created.ID+`","`+string(d.amelia)+`"]}`, 200)
	if strings.Join(mailed.Mailed, " ") != "noor@x.example amelia@x.example" {
		t.Errorf("%+v", mailed)
	}
	if _, err := d.org.People.CheckPassword(t.Context(), "noor@x.example", password); err == nil {
		t.Error("the old password still works")
	}
	d.follow(created.ID, "riding-home-2")
	if _, err := d.org.People.CheckPassword(t.Context(), "noor@x.example", "riding-home-2"); err != nil {
		t.Errorf("the reset password: %v", err)
	}
	does[refusal](d, "POST", "/users/passwords", `{"users":[]}`, 400)
	does[refusal](d, "POST", "/users/passwords", `{"users":["005000000000000AAA"]}`, 404)
	if trail := d.trail(); trail[0] != "ada@x.example: Reset password for user Amelia Okafor (Manage Users)" {
		t.Errorf("trail %q", trail)
	}
	d.who = d.amelia
	does[refusal](d, "POST", "/users/passwords", `{"users":["`+string(d.ada)+`"]}`, 403)
	d.who = d.ada
	does[idOut](d, "PATCH", "/users/"+created.ID, strings.Replace(form(`,"lastModified":""`), `"IsActive":true`, `"IsActive":false`, 1), 200)
	if trail := d.trail(); trail[0] != "ada@x.example: Deactivated user Noor Haddad (Manage Users)" {
		t.Errorf("trail %q", trail)
	}
	page := does[userPageOut](d, "GET", "/users/"+string(d.ada), "", 200)
	page.Values.Active = false
	own, err := json.Marshal(userIn{page.Values, page.LastModified})
	if err != nil {
		t.Fatal(err)
	}
	does[refusal](d, "PATCH", "/users/"+string(d.ada), string(own), 400)
}

func TestCustomSettingsByLevel(t *testing.T) {
	d := openDesk(t)
	err := d.org.Transact(t.Context(), func(a *crm.Actor) error {
		return a.PutObject(t.Context(), schema.Object{Name: "Kit__c", Label: "Kit", Custom: true, Setting: "Hierarchy", Fields: []schema.Field{
			{Name: "Url__c", Label: "Url", Type: "url", Length: 255, Required: true, Custom: true},
			{Name: "Off__c", Label: "Off", Type: "boolean", Default: true, Custom: true},
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	got := does[refusal](d, "POST", "/customsettings/Kit__c", `{"owner":"","name":"","values":{"Url__c":" ","Off__c":true}}`, 400)
	if got.Errors[0].Message != "You must enter a value" || got.Errors[0].Fields[0] != "Url__c" {
		t.Errorf("%v", got)
	}
	id := does[idOut](d, "POST", "/customsettings/Kit__c",
		`{"owner":"","name":"","values":{"Url__c":"https://a.example","Off__c":true}}`, 200).ID
	does[idOut](d, "POST", "/customsettings/Kit__c",
		`{"owner":"`+string(d.amelia)+`","name":"","values":{"Url__c":"https://b.example","Off__c":false}}`, 200)
	again := does[refusal](d, "POST", "/customsettings/Kit__c",
		`{"owner":"`+string(d.amelia)+`","name":"","values":{"Url__c":"https://c.example","Off__c":false}}`, 400)
	if again.Errors[0].Code != "DUPLICATE_VALUE" {
		t.Errorf("%v", again)
	}
	page := does[settingPageOut](d, "GET", "/customsettings/Kit__c", "", 200)
	if page.Default == nil || page.Default.Values["Url__c"] != "https://a.example" || len(page.Rows) != 1 ||
		page.Rows[0].OwnerName != "Amelia Okafor" {
		t.Errorf("%+v", page)
	}
	does[nothing](d, "DELETE", "/customsettings/Kit__c/"+id, "", 200)
	does[refusal](d, "DELETE", "/customsettings/Kit__c/"+id, "", 404)
	if trail := d.trail(); trail[0] != "ada@x.example: Deleted Kit custom setting data for Organization Patchcord Sandbox (Custom Settings)" {
		t.Errorf("trail %q", trail)
	}
}

func TestProfilesAreToLookAt(t *testing.T) {
	d := openDesk(t)
	all := does[profilesOut](d, "GET", "/profiles", "", 200).Profiles
	for _, p := range all {
		one := does[profilePageOut](d, "GET", "/profiles/"+p.ID, "", 200)
		want := map[string]int{"System Administrator": 2, "Standard User": 1}[p.Name]
		if one.Users != want {
			t.Errorf("%s has %d users, want %d", p.Name, one.Users, want)
		}
		if len(one.Apps) != 1 || !one.Apps[0].On {
			t.Errorf("%s opens %+v", p.Name, one.Apps)
		}
		for _, o := range one.Objects {
			if o.Name == "Lead" && (!o.Read || !o.Create || !o.Edit || o.ViewAll != (p.Name == "System Administrator") ||
				o.Delete != o.ViewAll || o.Tab != "Visible") {
				t.Errorf("%s on leads: %+v", p.Name, o)
			}
		}
	}
}

func TestAPermissionSetGivesAppsAndStandardObjects(t *testing.T) {
	d := openDesk(t)
	set := d.set("Desk", "Desk")
	does[nothing](d, "PUT", "/permsets/"+set+"/apps", `{"on":["standard__LightningService"]}`, 200)
	does[refusal](d, "PUT", "/permsets/"+set+"/apps", `{"on":["Nowhere"]}`, 400)
	does[nothing](d, "PUT", "/permsets/"+set+"/objects/Contact",
		`{"tab":"Visible","read":true,"create":false,"edit":true,"delete":false,"viewAll":false,"modifyAll":false,"fields":[]}`, 200)
	does[nothing](d, "PUT", "/permsets/"+set+"/objects/Task",
		`{"tab":"Visible","read":false,"create":false,"edit":false,"delete":false,"viewAll":false,"modifyAll":false,"fields":[]}`, 200)
	does[refusal](d, "PUT", "/permsets/"+set+"/objects/Task",
		`{"tab":"Visible","read":true,"create":false,"edit":false,"delete":false,"viewAll":false,"modifyAll":false,"fields":[]}`, 400)
	page := does[setOut](d, "GET", "/permsets/"+set, "", 200)
	if len(page.Apps) != 1 || page.Apps[0] != (accessOut{"standard__LightningService", "Service Console", true}) {
		t.Errorf("apps %+v", page.Apps)
	}
	for _, o := range page.Objects {
		want := map[string]objectRight{"Contact": {Tab: "Visible", Read: true, Edit: true, Rights: true}, "Task": {Tab: "Visible"}}[o.Name]
		if o.Name == "Contact" || o.Name == "Task" {
			if o.Tab != want.Tab || o.Read != want.Read || o.Edit != want.Edit || o.Create || o.Rights != want.Rights {
				t.Errorf("%+v", o)
			}
		}
	}
}
