package crm

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// desk is an org with an administrator and an agent.
type desk struct {
	*Org
	clock        *clock.Fake
	admin, agent *Actor
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	clk := clock.NewFake(monday)
	o, err := Open(t.Context(), Config{Dir: t.TempDir(), Clock: clk, Log: slog.New(slog.DiscardHandler),
		Origin: "http://crm.example", Users: []SeedUser{
			{Username: "admin@x.example", FirstName: "Ada", LastName: "Byrne", Alias: "ada", Password: "secret-1", Administrator: true},
			{Username: "agent@x.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amel", Password: "secret-1"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	d := &desk{Org: o, clock: clk}
	d.admin, d.agent = d.as(t, "admin@x.example"), d.as(t, "agent@x.example")
	return d
}

func (d *desk) as(t testing.TB, username string) *Actor {
	t.Helper()
	u, err := d.People.UserByName(t.Context(), username)
	if err != nil {
		t.Fatal(err)
	}
	a, err := d.As(t.Context(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func create(t testing.TB, a *Actor, object string, values records.Values) schema.RecordID {
	t.Helper()
	id, err := a.Create(t.Context(), object, values)
	if err != nil {
		t.Fatalf("create %s: %v", object, err)
	}
	return id
}

func names(t testing.TB, a *Actor, soql string) string {
	t.Helper()
	r, err := a.Query(t.Context(), soql, false)
	if err != nil {
		t.Fatalf("%s: %v", soql, err)
	}
	var all []string
	for _, record := range r.Records {
		all = append(all, record.Text("Name"))
	}
	return strings.Join(all, ",")
}

func TestQueries(t *testing.T) {
	d := newDesk(t)
	account := create(t, d.agent, "Account", records.Values{"Name": "Lindqvist Interiors"})
	create(t, d.agent, "Contact", records.Values{"FirstName": "Maya", "LastName": "Lindqvist", "Phone": "(206) 555-0142",
		"AccountId": string(account), "Email": "maya@x.example"})
	create(t, d.agent, "Contact", records.Values{"LastName": "100%_real"})
	create(t, d.agent, "Contact", records.Values{"LastName": "O'Neil", "DoNotCall": true})
	for soql, want := range map[string]string{
		"SELECT Name FROM Contact WHERE Account.Name = 'lindqvist interiors'":                                "Maya Lindqvist",
		"SELECT Name FROM Contact WHERE Name LIKE 'maya%'":                                                   "Maya Lindqvist",
		`SELECT Name FROM Contact WHERE Name LIKE '100\%\_%'`:                                                "100%_real",
		`SELECT Name FROM Contact WHERE LastName = 'O\'Neil'`:                                                "O'Neil",
		"SELECT Name FROM Contact WHERE DoNotCall = true":                                                    "O'Neil",
		"SELECT Name FROM Contact WHERE AccountId = null ORDER BY Name DESC":                                 "O'Neil,100%_real",
		"SELECT Name FROM Contact WHERE NOT (Name LIKE 'M%' OR Name LIKE 'O%')":                              "100%_real",
		"SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName != null)":        "Lindqvist Interiors",
		"SELECT Name FROM Contact WHERE CreatedDate = TODAY AND Name IN ('x', 'O\\'Neil')":                   "O'Neil",
		"SELECT Name FROM Contact WHERE CreatedDate > TODAY":                                                 "",
		"SELECT Name FROM Contact ORDER BY Name LIMIT 1 OFFSET 1":                                            "Maya Lindqvist",
		"SELECT c.Name FROM Contact c WHERE c.Owner.Name = 'Amelia Okafor' AND c.Email != null":              "Maya Lindqvist",
		"SELECT Name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE Username='agent@x.example')": "Standard User",
	} {
		if got := names(t, d.agent, soql); got != want {
			t.Errorf("%s\n got %q\nwant %q", soql, got, want)
		}
	}
	t.Run("parents, children and aggregates have the platform's shape", func(t *testing.T) {
		for soql, want := range map[string]string{
			"SELECT LastName, Account.Name FROM Contact WHERE LastName = 'O''Neil'": "",
			"SELECT Name, Account.Name FROM Contact WHERE FirstName = 'Maya'": `"Name":"Maya ` +
				`Lindqvist","Account":{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/001…"},` +
				`"Name":"Lindqvist Interiors"}`,
			"SELECT Name, Account.Name FROM Contact WHERE DoNotCall = true": `"Account":null`,
			"SELECT Name, (SELECT LastName FROM Contacts) FROM Account": `"Contacts":{"totalSize":1,"done":true,` +
				`"records":[{"attributes":{"type":"Contact","url":"/services/data/v67.0/sobjects/Contact/003…"},"LastName":"Lindqvist"}]}`,
			"SELECT COUNT(Id) n, MAX(LastName) FROM Contact": `{"attributes":{"type":"AggregateResult"},` +
				`"n":3,"expr1":"O'Neil"}`,
			"SELECT COUNT() FROM Contact":         `"totalSize":3`,
			"SELECT Who.Name, Who.Type FROM Task": `"totalSize":0`,
		} {
			r, err := d.agent.Query(t.Context(), soql, false)
			if want == "" {
				continue
			}
			body, _ := json.Marshal(r)
			body = regexp.MustCompile(`(/00[13])\w{15}"`).ReplaceAll(body, []byte(`$1…"`))
			if err != nil || !strings.Contains(string(body), want) {
				t.Errorf("%s\n got %s, %v\nwant %s", soql, body, err, want)
			}
		}
	})
	t.Run("refusals carry the platform's code", func(t *testing.T) {
		for soql, want := range map[string]string{
			"SELECT Nope FROM Contact": "INVALID_FIELD", "SELECT Id FROM Nope": "INVALID_TYPE",
			"SELECT Id FORM Contact": "MALFORMED_QUERY", "SELECT Id FROM Contact WHERE Phone = 1": "INVALID_FIELD",
			"SELECT Id FROM Contact WHERE Id = 'abc'": "INVALID_QUERY_FILTER_OPERATOR",
			"SELECT Id FROM Contact OFFSET 3000":      "NUMBER_OUTSIDE_VALID_RANGE", "SELECT Name, COUNT(Id) FROM Contact": "MALFORMED_QUERY",
			"SELECT Nope.Name FROM Contact": "INVALID_FIELD", "SELECT Id, (SELECT Id FROM Nopes) FROM Account": "INVALID_TYPE",
		} {
			_, err := d.agent.Query(t.Context(), soql, false)
			if e, ok := errors.AsType[*schema.Error](err); !ok || e.Code != want {
				t.Errorf("%s: %v, want %s", soql, err, want)
			}
		}
	})
}

func TestQueryPages(t *testing.T) {
	d := newDesk(t)
	if err := d.Transact(t.Context(), func(a *Actor) error {
		for range 2005 {
			if _, err := a.Create(t.Context(), "Account", records.Values{"Name": "A"}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	first, err := d.agent.Query(t.Context(), "SELECT Id FROM Account", false)
	if err != nil || first.Done || first.TotalSize != 2005 || len(first.Records) != 2000 {
		t.Fatalf("first page: %d of %d, done %v, %v", len(first.Records), first.TotalSize, first.Done, err)
	}
	second, err := d.agent.QueryMore(t.Context(), first.Locator)
	if err != nil || !second.Done || len(second.Records) != 5 {
		t.Errorf("second page: %d, done %v, %v", len(second.Records), second.Done, err)
	}
	if _, err := d.admin.QueryMore(t.Context(), first.Locator); err == nil {
		t.Error("another user could read on")
	}
}

func TestSearch(t *testing.T) {
	d := newDesk(t)
	id := create(t, d.agent, "Contact", records.Values{"FirstName": "Maya", "LastName": "Lindqvist", "Phone": "(206) 555-0142"})
	create(t, d.agent, "Lead", records.Values{"LastName": "Ek", "Company": "Ek AB", "Phone": "+46 8 123 456 78"})
	for sosl, want := range map[string]int{
		"FIND {2065550142} IN PHONE FIELDS RETURNING Contact(Id, Name)": 1,
		`FIND {"(206) 555-0142"} IN PHONE FIELDS RETURNING Contact`:     1, "FIND {5550142} IN PHONE FIELDS": 1,
		"FIND {+12065550142} IN PHONE FIELDS": 0, "FIND {206555} IN PHONE FIELDS": 0,
		"FIND {Maya} IN NAME FIELDS RETURNING Contact": 1, "FIND {may*} RETURNING Contact, Lead": 1,
		"FIND {maya OR ek} IN NAME FIELDS RETURNING Contact, Lead": 2, "FIND {Maya} RETURNING Contact(Id WHERE LastName = 'Ek')": 0,
		"FIND {2065550142 OR 12065550142} IN PHONE FIELDS":                       1,
		"FIND {12065550142 OR 2065550142} IN PHONE FIELDS RETURNING Contact(Id)": 1,
		`FIND {"+1 206 555 0142" or "(206) 555-0142"} IN PHONE FIELDS`:           1,
		`FIND {\+12065550142 OR 2065550142 OR 5550142}`:                          1,
		"FIND {+4681234567 OR 2065550142 OR 0812345678} IN PHONE FIELDS":         1,
		"FIND {2065550142 OR 46812345678} IN PHONE FIELDS":                       2,
		"FIND {(2065550142 OR 12065550142) AND Maya} RETURNING Contact, Lead":    1,
		"FIND {(206) 555-0142 OR Ek} RETURNING Contact, Lead":                    2,
		"FIND {2065550142 AND 46812345678} IN PHONE FIELDS":                      0,
		"FIND {2065550142 AND NOT Maya} RETURNING Contact":                       0,
		"FIND {2065550142 AND NOT Ek} RETURNING Contact":                         1,
		"FIND {12065550142 OR 442065550142} IN PHONE FIELDS":                     0, "FIND {+4681234 5678} IN PHONE FIELDS": 1,
	} {
		got, err := d.agent.Search(t.Context(), sosl)
		if err != nil || len(got) != want {
			t.Errorf("%s: %d records, %v; want %d", sosl, len(got), err, want)
		}
	}
	if err := d.agent.Update(t.Context(), "Contact", id, records.Values{"Phone": nil}, ""); err != nil {
		t.Fatal(err)
	}
	if got, err := d.agent.Search(t.Context(), "FIND {2065550142} IN PHONE FIELDS"); err != nil || len(got) != 0 {
		t.Errorf("a number that is gone is found: %d, %v", len(got), err)
	}
}

func TestWrites(t *testing.T) {
	d := newDesk(t)
	for _, tc := range []struct {
		name, object string
		values       records.Values
		want         string
	}{
		{"a required field", "Contact", records.Values{"FirstName": "x"}, "REQUIRED_FIELD_MISSING"},
		{"an unknown field", "Contact", records.Values{"LastName": "x", "Nope": 1}, "INVALID_FIELD"},
		{"a field that the platform keeps", "Contact", records.Values{"LastName": "x", "CreatedDate": "2026-01-01"},
			"INVALID_FIELD_FOR_INSERT_UPDATE"},
		{"a megabyte of junk", "Contact", records.Values{"LastName": strings.Repeat("x", 1<<20)}, "STRING_TOO_LONG"},
		{"an id of another object", "Contact", records.Values{"LastName": "x", "AccountId": string(d.agent.User().ID)},
			"FIELD_INTEGRITY_EXCEPTION"},
		{"an id of nobody", "Contact", records.Values{"LastName": "x", "AccountId": "001Pc0000000zzz"}, "INVALID_CROSS_REFERENCE_KEY"},
		{"a bad e-mail address", "Contact", records.Values{"LastName": "x", "Email": "nobody"}, "INVALID_EMAIL_ADDRESS"},
		{"text for a number", "Task", records.Values{"CallDurationInSeconds": "long"}, "INVALID_TYPE_ON_FIELD_IN_RECORD"},
		{"a second user of one name", "User", records.Values{"Username": "agent@x.example", "LastName": "x",
			"Email": "a@x.example", "Alias": "x", "ProfileId": string(profile(standardUsers))}, "DUPLICATE_VALUE"},
	} {
		t.Run(tc.name+" is refused", func(t *testing.T) {
			_, err := d.admin.Create(t.Context(), tc.object, tc.values)
			if e, ok := errors.AsType[*schema.Error](err); !ok || e.Code != tc.want {
				t.Errorf("err = %v, want %s", err, tc.want)
			}
		})
	}
	t.Run("computed fields follow", func(t *testing.T) {
		id := create(t, d.agent, "Task", records.Values{"Subject": "Call", "Status": "Completed"})
		r, err := d.agent.Get(t.Context(), "Task", id)
		if err != nil || r.Get("IsClosed") != true || r.Text("Priority") != "Normal" || r.Text("CompletedDateTime") == "" {
			t.Errorf("task %+v, %v", r, err)
		}
	})
	t.Run("a stale save is refused and a fresh one is not", func(t *testing.T) {
		id := create(t, d.agent, "Account", records.Values{"Name": "A"})
		before, _ := d.agent.Get(t.Context(), "Account", id)
		d.clock.Advance(time.Second)
		if err := d.admin.Update(t.Context(), "Account", id, records.Values{"Name": "B"}, before.Text("LastModifiedDate")); err != nil {
			t.Fatal(err)
		}
		err := d.agent.Update(t.Context(), "Account", id, records.Values{"Name": "C"}, before.Text("LastModifiedDate"))
		if e, ok := errors.AsType[*schema.Error](err); !ok || e.Code != "CONFLICT" {
			t.Errorf("err = %v", err)
		}
	})
	t.Run("a deleted record is gone for queries and says so when it is read", func(t *testing.T) {
		id := create(t, d.agent, "Account", records.Values{"Name": "Gone"})
		if err := d.agent.Delete(t.Context(), "Account", id); err != nil {
			t.Fatal(err)
		}
		_, err := d.agent.Get(t.Context(), "Account", id)
		if e, ok := errors.AsType[*schema.Error](err); !ok || e.Code != "ENTITY_IS_DELETED" ||
			names(t, d.agent, "SELECT Name FROM Account WHERE Name = 'Gone'") != "" {
			t.Errorf("err = %v", err)
		}
	})
}

func TestRightsOfCustomObjects(t *testing.T) {
	d := newDesk(t)
	var set schema.RecordID
	err := d.Transact(t.Context(), func(a *Actor) error {
		if err := a.PutObject(t.Context(), schema.Object{Name: "Ride__c", Label: "Ride", Plural: "Rides", Custom: true, Fields: []schema.Field{
			{Name: "Name", Label: "Ride", Type: "string", Length: 80, NameField: true},
			{Name: "Gear__c", Label: "Gear", Type: "string", Length: 20, Custom: true},
		}}); err != nil {
			return err
		}
		set = create(t, a, "PermissionSet", records.Values{"Name": "Riders", "Label": "Riders"})
		create(t, a, "ObjectPermissions", records.Values{"ParentId": string(set), "SobjectType": "Ride__c",
			"PermissionsRead": true, "PermissionsCreate": true})
		create(t, a, "FieldPermissions", records.Values{"ParentId": string(set), "SobjectType": "Ride__c",
			"Field": "Ride__c.Gear__c", "PermissionsRead": true})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.agent.Query(t.Context(), "SELECT Id FROM Ride__c", false); err == nil {
		t.Error("an agent without the permission set may read the object")
	}
	create(t, d.admin, "PermissionSetAssignment", records.Values{"AssigneeId": string(d.agent.User().ID), "PermissionSetId": string(set)})
	if _, err := d.admin.Create(t.Context(), "PermissionSetAssignment",
		records.Values{"AssigneeId": string(d.agent.User().ID), "PermissionSetId": string(set)}); err == nil {
		t.Error("assigned twice")
	}
	rider := d.as(t, "agent@x.example")
	id := create(t, rider, "Ride__c", records.Values{"Name": "First"})
	if _, err := rider.Query(t.Context(), "SELECT Id, Gear__c FROM Ride__c", false); err != nil {
		t.Errorf("a readable field: %v", err)
	}
	for what, err := range map[string]error{
		"a field that may only be read": rider.Update(t.Context(), "Ride__c", id, records.Values{"Gear__c": "x"}, ""),
		"a delete without the right":    rider.Delete(t.Context(), "Ride__c", id),
	} {
		if err == nil {
			t.Errorf("%s was allowed", what)
		}
	}
	if _, err := d.admin.Query(t.Context(), "SELECT Gear__c FROM Ride__c", false); err == nil {
		t.Error("a new custom field is visible to an administrator whom no permission set grants it")
	}
}

func TestLogin(t *testing.T) {
	d := newDesk(t)
	if u, err := d.People.CheckPassword(t.Context(), "agent@x.example", "secret-1"); err != nil || u.Name != "Amelia Okafor" {
		t.Fatalf("%+v, %v", u, err)
	}
	for range 10 {
		if _, err := d.People.CheckPassword(t.Context(), "agent@x.example", "wrong"); !errors.Is(err, people.ErrBadCredentials) {
			t.Fatal(err)
		}
	}
	if _, err := d.People.CheckPassword(t.Context(), "agent@x.example", "secret-1"); !errors.Is(err, people.ErrLocked) {
		t.Errorf("after ten wrong ones: %v, want ErrLocked", err)
	}
	d.clock.Advance(15*time.Minute + time.Second)
	if _, err := d.People.CheckPassword(t.Context(), "agent@x.example", "secret-1"); err != nil {
		t.Errorf("after the lock: %v", err)
	}
	token, err := d.People.CreateSession(t.Context(), people.Session{User: d.agent.User().ID, Kind: "ui"}, time.Hour)
	if err != nil || !strings.HasPrefix(token, "00D") {
		t.Fatalf("%q, %v", token, err)
	}
	d.clock.Advance(45 * time.Minute)
	if s, err := d.People.Session(t.Context(), token); err != nil || s.User != d.agent.User().ID {
		t.Errorf("%+v, %v", s, err)
	}
	d.clock.Advance(45 * time.Minute)
	if _, err := d.People.Session(t.Context(), token); err != nil {
		t.Errorf("use did not lengthen it: %v", err)
	}
	d.clock.Advance(2 * time.Hour)
	if _, err := d.People.Session(t.Context(), token); !errors.Is(err, people.ErrNoSession) {
		t.Errorf("an old session: %v", err)
	}
}

func TestStateSurvivesReopening(t *testing.T) {
	dir := t.TempDir()
	cfg := Config{Dir: dir, Clock: clock.NewFake(monday), Log: slog.New(slog.DiscardHandler),
		Users: []SeedUser{{Username: "a@x.example", FirstName: "A", LastName: "B", Alias: "a", Password: "secret-1", Administrator: true}}}
	first, err := Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	id := first.ID()
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.ID() != id {
		t.Errorf("the org is another one: %s, was %s", again.ID(), id)
	}
	if _, err := again.People.UserByName(t.Context(), "a@x.example"); err != nil {
		t.Error(err)
	}
}
