// Package rights holds the package's permission sets against the table that they promise.
package rights

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/visualforce"
	"github.com/patchcord/patchcord/sfdx"
)

//go:embed matrix.txt
var matrix string

// people are the users; the administrator of the softphone is no administrator of the org, so that only the sets count.
var people = map[string]string{
	"administrator": "AC_Administrator", "manager": "AC_Manager", "agent": "AC_Agent", "integration": "AC_Integration", "stranger": "",
}

// org is a sandbox CRM with the package.
type org struct {
	*crm.Org
	t *testing.T
}

func open(t *testing.T) *org {
	t.Helper()
	users := []crm.SeedUser{{Username: "root@x.example", FirstName: "Ada", LastName: "Root", Alias: "root",
		Password: "secret-1", Administrator: true}}
	for name := range people {
		users = append(users, crm.SeedUser{Username: name + "@x.example", FirstName: "Una", LastName: name, Alias: name[:4],
			Password: "secret-1"})
	}
	o, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler), Users: users})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	out := &org{o, t}
	out.install()
	for name, set := range people {
		if set == "" {
			continue
		}
		found, err := out.as("root").Query(t.Context(), "SELECT Id FROM PermissionSet WHERE Name = '"+set+"'", false)
		if err != nil || len(found.Records) != 1 {
			t.Fatalf("%s: %v, %v", set, found, err)
		}
		out.create(out.as("root"), "PermissionSetAssignment",
			records.Values{"PermissionSetId": string(found.Records[0].ID()), "AssigneeId": string(out.as(name).User().ID)})
	}
	return out
}

// install deploys the package as the Metadata API does.
func (o *org) install() {
	o.t.Helper()
	archive, err := sfdx.Archive()
	if err != nil {
		o.t.Fatal(err)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("json", `{"deployOptions":{"singlePackage":true,"rollbackOnError":true}}`)
	w, err := form.CreateFormFile("file", "package.zip")
	if err != nil {
		o.t.Fatal(err)
	}
	_, _ = w.Write(archive)
	_ = form.Close()
	api := metadata.New(metadata.Config{Org: o.Org, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Authenticate: o.authenticate("root")})
	defer api.Close()
	const path = "/services/data/v67.0/metadata/deployRequest"
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	rec := httptest.NewRecorder()
	api.Handler().ServeHTTP(rec, r)
	var d struct {
		ID     string `json:"id"`
		Result struct {
			Done    bool   `json:"done"`
			Status  string `json:"status"`
			Details any    `json:"details"`
		} `json:"deployResult"`
	}
	for {
		if err := json.Unmarshal(rec.Body.Bytes(), &d); err != nil || o.t.Context().Err() != nil {
			o.t.Fatal(err, rec.Body)
		}
		if d.Result.Done {
			break
		}
		rec = httptest.NewRecorder()
		api.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path+"/"+d.ID+"?includeDetails=true", nil))
	}
	if d.Result.Status != "Succeeded" {
		o.t.Fatalf("%+v", d.Result)
	}
}

func (o *org) authenticate(name string) func(*http.Request) (schema.RecordID, error) {
	return func(r *http.Request) (schema.RecordID, error) {
		u, err := o.People.UserByName(r.Context(), name+"@x.example")
		return u.ID, err
	}
}

func (o *org) as(name string) *crm.Actor {
	o.t.Helper()
	u, err := o.People.UserByName(context.Background(), name+"@x.example")
	if err != nil {
		o.t.Fatal(err)
	}
	a, err := o.As(context.Background(), u.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

func (o *org) create(a *crm.Actor, object string, values records.Values) schema.RecordID {
	o.t.Helper()
	id, err := a.Create(context.Background(), object, values)
	if err != nil {
		o.t.Fatalf("create %s: %v", object, err)
	}
	return id
}

// seed makes a record that belongs to root, who has no right on the package's own fields.
func (o *org) seed(object string, values records.Values) (id schema.RecordID) {
	o.t.Helper()
	owner := o.as("root").User().ID
	err := o.Transact(context.Background(), func(a *crm.Actor) error {
		described, _ := a.Object(object)
		if _, owned := described.Field("OwnerId"); owned {
			values["OwnerId"] = string(owner)
		}
		var err error
		id, err = a.Create(context.Background(), object, values)
		return err
	})
	if err != nil {
		o.t.Fatalf("seed %s: %v", object, err)
	}
	return id
}

// sample is what a record of an object needs.
func (o *org) sample(object string, n int, adapter schema.RecordID) records.Values {
	v := records.Values{}
	described, _ := o.as("root").Object(object)
	for _, f := range described.Fields {
		switch {
		case f.ReadOnly || f.Type == "id" || f.Name == "OwnerId" || f.Name == "SetupOwnerId":
		case f.Cascade && f.References[0] == "AC_CtiAdapter__c":
			v[f.Name] = string(adapter)
		case f.Cascade: // a detail of a detail
			v[f.Name] = string(o.seed(f.References[0], o.sample(f.References[0], n+1000, adapter)))
		case f.Required && f.Type == "picklist":
			v[f.Name] = f.Values[0].Value
		case f.Required && f.Type == "url":
			v[f.Name] = "https://x.example"
		case f.Required || f.Unique && f.Type == "string":
			v[f.Name] = fmt.Sprintf("%s %d", f.Name, n)
		}
	}
	if described.Setting != "" {
		v["SetupOwnerId"] = string(o.as([]string{"root", "administrator", "manager", "agent"}[n%4]).User().ID)
	}
	return v
}

// change is a harmless edit.
func change(object schema.Object) records.Values {
	for _, f := range object.Fields {
		if f.Custom && f.Type == "string" && !f.Unique && !f.Required {
			return records.Values{f.Name: "changed"}
		}
		if f.Custom && f.Type == "boolean" {
			return records.Values{f.Name: false}
		}
	}
	return records.Values{}
}

// code is the platform's code of a refusal; "" for none.
func code(err error) string {
	if e, ok := errors.AsType[*schema.Error](err); ok {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestRights(t *testing.T) {
	o := open(t)
	t.Run("roles on objects", func(t *testing.T) { rolesOnObjects(t, o) })
	t.Run("fields follow the sets", func(t *testing.T) { fieldsFollowTheSets(t, o) })
	t.Run("the page needs a set", func(t *testing.T) { pageNeedsASet(t, o) })
	t.Run("set-up is for administrators", func(t *testing.T) { setupIsForAdministrators(t, o) })
	t.Run("the console shows what the sets give", func(t *testing.T) { consoleShows(t, o) })
	t.Run("REST answers as the platform does", func(t *testing.T) { answersAsThePlatform(t, o) })
}

func rolesOnObjects(t *testing.T, o *org) {
	root := o.as("root")
	adapter := o.seed("AC_CtiAdapter__c", o.sample("AC_CtiAdapter__c", 99, ""))
	for line := range strings.Lines(matrix) {
		cells := strings.Fields(line)
		if len(cells) != 5 || cells[0] == "#" {
			continue
		}
		object, _ := root.Object(cells[0])
		if object.Name == "" {
			t.Fatalf("no object %s", cells[0])
		}
		for i, role := range []string{"administrator", "manager", "agent", "integration"} {
			t.Run(cells[0]+" as "+role, func(t *testing.T) {
				o.role(t, object, role, cells[i+1], adapter, i)
			})
		}
		t.Run(cells[0]+" as nobody", func(t *testing.T) { o.role(t, object, "stranger", "-", adapter, 4) })
	}
}

// role tries each operation and compares with what the letters promise.
func (o *org) role(t *testing.T, object schema.Object, role, rights string, adapter schema.RecordID, n int) {
	t.Helper()
	ctx, actor := t.Context(), o.as(role)
	if object.Setting != "" && rights == "CRED" {
		rights = "R" // writing a custom setting takes the right to customise the org, which no set gives
	}
	may := func(letter string) bool { return strings.Contains(rights, letter) }
	theirs := o.seed(object.Name, o.sample(object.Name, 10*n, adapter))
	expect := func(what string, err error, allowed bool, codes ...string) {
		t.Helper()
		got := code(err)
		if allowed && got != "" || !allowed && !strings.Contains(" "+strings.Join(codes, " ")+" ", " "+got+" ") || !allowed && got == "" {
			t.Errorf("%s: %q, allowed %v, refusal %v", what, got, allowed, codes)
		}
	}
	hidden := object.Sharing == schema.Private && !may("V") // records of others
	_, err := actor.Query(ctx, "SELECT Id FROM "+object.Name, false)
	expect("query", err, may("R"), "INVALID_TYPE")
	_, err = actor.Describe(object.Name)
	expect("describe", err, may("R"), "NOT_FOUND")
	_, err = actor.Get(ctx, object.Name, theirs)
	expect("read another's record", err, may("R") && !hidden, "NOT_FOUND")
	found, err := actor.Query(ctx, "SELECT Id FROM "+object.Name+" WHERE Id = '"+string(theirs)+"'", false)
	if may("R") && (err != nil || len(found.Records) == 1 == hidden) {
		t.Errorf("another's record in a query: %v, %v, hidden %v", found, err, hidden)
	}
	_, err = actor.Search(ctx, "FIND {changed} RETURNING "+object.Name+"(Id)")
	expect("search", err, may("R"), "INVALID_TYPE")
	refused := []string{"INSUFFICIENT_ACCESS_OR_READONLY", "NOT_FOUND"}
	err = actor.Update(ctx, object.Name, theirs, change(object), "")
	expect("edit another's record", err, may("E") && (may("M") || object.Sharing == schema.ReadWrite || object.Setting != ""), refused...)
	own, err := actor.Create(ctx, object.Name, o.sample(object.Name, 10*n+1, adapter))
	expect("create", err, may("C"), refused...)
	if err == nil {
		expect("edit an own record", actor.Update(ctx, object.Name, own, change(object), ""), may("E"), refused...)
		expect("delete an own record", actor.Delete(ctx, object.Name, own), may("D"), refused...)
	}
	expect("delete another's record", actor.Delete(ctx, object.Name, theirs), may("D") && may("M"), refused...)
	if object.Setting == "" && actor.TabVisible(object.Name) != may("t") {
		t.Errorf("tab visible: %v", actor.TabVisible(object.Name))
	}
}

func fieldsFollowTheSets(t *testing.T, o *org) {
	for role, want := range map[string]struct{ read, edit bool }{"administrator": {true, true}, "manager": {true, false},
		"agent": {true, false}} {
		d, err := o.as(role).Describe("AC_CtiAdapter__c")
		if err != nil {
			t.Fatal(err)
		}
		_, read := d.Field("Debug_Level__c")
		if read != want.read || d.Editable["Debug_Level__c"] != want.edit {
			t.Errorf("%s: read %v, edit %v", role, read, d.Editable["Debug_Level__c"])
		}
	}
	if _, err := o.as("root").Query(t.Context(), "SELECT Debug_Level__c FROM AC_CtiAdapter__c", false); code(err) != "INVALID_FIELD" {
		t.Errorf("a new field is seen by nobody without a set: %v", err)
	}
}

func pageNeedsASet(t *testing.T, o *org) {
	for role, want := range map[string]int{"administrator": 200, "manager": 200, "agent": 200, "stranger": 403} {
		h := visualforce.Handler(visualforce.Config{Org: o.Org, Authenticate: o.authenticate(role),
			LightningOrigin: "http://crm.example", Log: slog.New(slog.DiscardHandler)})
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/apex/AC_LightningAdapter", nil))
		if rec.Code != want || want == 403 && !strings.Contains(rec.Body.String(), "AC_Administrator, AC_Agent or AC_Manager") {
			t.Errorf("%s: %d %s", role, rec.Code, rec.Body)
		}
	}
}

// consoleShows asks the JSON of the console's pages.
func consoleShows(t *testing.T, o *org) {
	adapter := o.seed("AC_CtiAdapter__c", records.Values{"Name": "Console", "Call_Center_Definition_Name__c": "Console"})
	metrics := o.seed("AC_QueueMetrics__c", records.Values{"Name": "Queue", "Queue_Id__c": "console"})
	for role, may := range map[string]struct{ adapter, metrics int }{"administrator": {200, 200}, "manager": {200, 200},
		"agent": {200, 404}, "stranger": {404, 404}} {
		h := lightning.Handler(lightning.Config{Org: o.Org, Authenticate: o.authenticate(role), Page: fstest.MapFS{},
			Origin: "http://crm.example", Log: slog.New(slog.DiscardHandler)})
		for path, want := range map[string]int{
			"objects/AC_CtiAdapter__c": may.adapter, "lists/AC_CtiAdapter__c?view=All": may.adapter,
			"records/AC_CtiAdapter__c/" + string(adapter): may.adapter,
			"objects/AC_QueueMetrics__c":                  may.metrics, "lists/AC_QueueMetrics__c?view=All": may.metrics,
			"records/AC_QueueMetrics__c/" + string(metrics): may.metrics,
		} {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/lightning/api/"+path, nil))
			if refused := rec.Code == http.StatusNotFound || rec.Code == http.StatusForbidden; rec.Code != want &&
				!(refused && want == http.StatusNotFound) {
				t.Errorf("%s %s: %d %s, want %d", role, path, rec.Code, rec.Body, want)
			}
		}
	}
}

func setupIsForAdministrators(t *testing.T, o *org) {
	for _, role := range []string{"administrator", "manager", "agent", "stranger"} {
		actor := o.as(role)
		for _, object := range []string{"PermissionSet", "PermissionSetAssignment", "ObjectPermissions", "FieldPermissions",
			"ApexPage", "StaticResource"} {
			if _, err := actor.Query(t.Context(), "SELECT Id FROM "+object, false); code(err) != "INVALID_TYPE" {
				t.Errorf("%s reads %s: %v", role, object, err)
			}
		}
		if _, err := actor.Create(t.Context(), "CallCenter", records.Values{"Name": "X",
			"InternalName": "X"}); code(err) != "INSUFFICIENT_ACCESS_OR_READONLY" {
			t.Errorf("%s creates a call center: %v", role, err)
		}
		if err := actor.Update(t.Context(), "User", actor.User().ID,
			records.Values{"ProfileId": string(o.as("root").User().ProfileID)}, ""); code(err) != "INSUFFICIENT_ACCESS_OR_READONLY" {
			t.Errorf("%s makes itself an administrator: %v", role, err)
		}
		api := metadata.New(metadata.Config{Org: o.Org, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
			Authenticate: o.authenticate(role)})
		rec := httptest.NewRecorder()
		api.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/services/Soap/m/67.0", strings.NewReader(
			`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><describeMetadata `+
				`xmlns="http://soap.sforce.com/2006/04/metadata"/></e:Body></e:Envelope>`)))
		api.Close()
		if !strings.Contains(rec.Body.String(), "sf:INSUFFICIENT_ACCESS") {
			t.Errorf("%s: %s", role, rec.Body)
		}
	}
}

func answersAsThePlatform(t *testing.T, o *org) {
	h := rest.Handler(rest.Config{Org: o.Org, Authenticate: o.authenticate("agent"), Log: slog.New(slog.DiscardHandler)})
	for _, tc := range []struct{ name, method, path, body, want string }{
		{"object that may not be read", http.MethodGet, "/sobjects/AC_QueueMetrics__c/describe", "", "NOT_FOUND"},
		{"object that may not be queried", http.MethodGet, "/query?q=" +
			url.QueryEscape("SELECT Id FROM AC_QueueMetrics__c"), "", "INVALID_TYPE"},
		{"create without the right", http.MethodPost, "/sobjects/AC_CtiAdapter__c", `{"Name":"x"}`, "INSUFFICIENT_ACCESS_OR_READONLY"},
		{"field that the set does not give", http.MethodGet, "/query?q=" +
			url.QueryEscape("SELECT Nope__c FROM AC_CtiAdapter__c"), "", "INVALID_FIELD"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(tc.method, "/services/data/v67.0"+tc.path, strings.NewReader(tc.body)))
			if !strings.Contains(rec.Body.String(), tc.want) {
				t.Errorf("%d %s, want %s", rec.Code, rec.Body, tc.want)
			}
		})
	}
}
