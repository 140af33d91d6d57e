package rest

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// desk is the API of an org with one administrator, who asks.
type desk struct {
	t     *testing.T
	api   http.Handler
	clock *clock.Fake
}

func open(t *testing.T) desk {
	t.Helper()
	clk := clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clk, Log: log, Users: []crm.SeedUser{
		{Username: "admin@x.example", FirstName: "Ada", LastName: "B", Alias: "a", Password: "p", Administrator: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	admin, err := org.People.UserByName(t.Context(), "admin@x.example")
	if err != nil {
		t.Fatal(err)
	}
	return desk{t, Handler(Config{Org: org, Log: log, Authenticate: func(*http.Request) (schema.RecordID,
		error) {
		return admin.ID, nil
	}}), clk}
}

// want asks, and gives what the pattern's first group has found.
func (d desk) want(method, path, body, pattern string) string {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.api.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader(body)))
	found := regexp.MustCompile(pattern).FindStringSubmatch(w.Body.String())
	if found == nil {
		d.t.Fatalf("%s %s: %d %s\nwant %s", method, path, w.Code, w.Body, pattern)
	}
	return found[len(found)-1]
}

func TestTheResourcesSayWhoAsks(t *testing.T) {
	d := open(t)
	admin := d.want("GET", "/services/data/v67.0", "", `"identity":"[^"]*/id/00D\w{15}/(005\w{15})"`)
	d.want("GET", "/services/data/v67.0/sobjects/User/"+admin, "", `"Username":"admin@x.example"`)
}

func TestAddressesHaveTheVersionThatWasAsked(t *testing.T) {
	d := open(t)
	id := d.want("POST", "/services/data/v60.0/sobjects/Account", `{"Name":"Lake"}`, `"id":"(001\w{15})"`)
	d.want("POST", "/services/data/v60.0/sobjects/Contact", `{"LastName":"L","AccountId":"`+id+`"}`, `"success":true`)
	d.want("GET", "/services/data/v60.0/sobjects/Account/"+id, "", `"url":"/services/data/v60.0/sobjects/Account/`+id)
	d.want("GET", "/services/data/v41.0/query?q=SELECT+Id,Account.Name,(SELECT+Id+FROM+Cases)+FROM+Contact", "",
		`"url":"/services/data/v41.0/sobjects/Contact/.*"Account":\{"attributes":\{"type":"Account",`+
			`"url":"/services/data/v41.0/|"url":"/services/data/v41.0/sobjects/Contact/`)
	d.want("GET", "/services/data/v67.0/sobjects/Account/"+id+"?fields=Id", "", `"url":"/services/data/v67.0/`)
	for range 11 {
		rows := strings.TrimSuffix(strings.Repeat(`{"attributes":{"type":"Account"},"Name":"N"},`, 200), ",")
		d.want("POST", "/services/data/v60.0/composite/sobjects", `{"records":[`+rows+`]}`, `"success":true`)
	}
	next := d.want("GET", "/services/data/v55.0/query?q=SELECT+Id+FROM+Account", "",
		`"nextRecordsUrl":"(/services/data/v55.0/query/01g[^"]*)"`)
	d.want("GET", next, "", `"totalSize":2201,"done":true`)

	for size, rows := range map[string]int{"batchSize=250": 250, "batchSize=1": 200, "batchSize = 9999": 2000, "batch": 2000} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/services/data/v55.0/query?q=SELECT+Id+FROM+Account", nil)
		r.Header.Set("Sforce-Query-Options", size)
		d.api.ServeHTTP(w, r)
		if got := strings.Count(w.Body.String(), `"Id":`); got != rows || !strings.Contains(w.Body.String(), fmt.Sprintf("-%d\"", rows)) {
			t.Errorf("%s: a page of %d, want %d", size, got, rows)
		}
	}
}

func TestWhatWasChangedAndDeletedInASpan(t *testing.T) {
	d := open(t)
	const base = "/services/data/v62.0/sobjects/Account"
	early := d.want("POST", base, `{"Name":"Early"}`, `"id":"(001\w{15})"`)
	d.clock.Advance(time.Hour)
	kept := d.want("POST", base, `{"Name":"Kept"}`, `"id":"(001\w{15})"`)
	gone := d.want("POST", base, `{"Name":"Gone"}`, `"id":"(001\w{15})"`)
	d.clock.Advance(10 * time.Minute)
	d.want("DELETE", base+"/"+gone, "", `^()$`)
	d.clock.Advance(time.Minute)

	span := "?start=2026-03-02T08:30:00%2B00:00&end=2026-03-02T10:00:00.000Z"
	d.want("GET", base+"/updated"+span, "", `^\{"ids":\["`+kept+`"\],"latestDateCovered":"2026-03-02T09:11:00.000\+0000"\}`)
	d.want("GET", base+"/deleted/"+span, "",
		`^\{"deletedRecords":\[\{"id":"`+gone+`","deletedDate":"2026-03-02T09:10:00.000\+0000"\}\],`+
			`"earliestDateAvailable":"2026-01-31T09:11:00.000\+0000","latestDateCovered"`)
	d.want("GET", base+"/updated?start=2026-03-02T07:00:00+00:00&end=2026-03-02T08:30:00+00:00", "", `"ids":\["`+early+`"\]`)

	for query, says := range map[string]string{
		"?start=2026-03-02T08:30:00Z&end=2026-03-02T08:30:30Z": "at least one minute apart",
		"?start=2026-03-02T09:30:00Z&end=2026-03-02T08:30:30Z": "at least one minute apart",
		"?start=2026-01-02T08:30:00Z&end=2026-03-02T08:30:30Z": "30 days",
		"?end=2026-03-02T08:30:30Z":                            "invalid start date",
		"?start=2026-03-02T08:30:00Z&end=tomorrow":             "invalid end date",
	} {
		d.want("GET", base+"/updated"+query, "", `"message":"[^"]*`+says+`[^"]*","errorCode":"INVALID_REPLICATION_DATE"`)
	}
	d.want("GET", "/services/data/v62.0/sobjects/Nope/updated"+span, "", `"errorCode":"(INVALID_TYPE|NOT_FOUND)"`)
}

func TestTreesAreMadeWholeOrNotAtAll(t *testing.T) {
	d := open(t)
	const at = "/services/data/v62.0/composite/tree/Account"
	row := func(kind, reference, rest string) string {
		return `{"attributes":{"type":"` + kind + `","referenceId":"` + reference + `"},` + rest + `}`
	}
	person := row("Contact", "c1", `"LastName":"Lind","Cases":{"records":[`+row("Case", "k1", `"Subject":"Deep"`)+`]}`)
	both := `{"records":[` + row("Account", "a1", `"Name":"Lake","Contacts":{"records":[`+person+`]}`) + `,` +
		row("Account", "a2", `"Name":"Hill"`) + `]}`
	d.want("POST", at, both, `^\{"hasErrors":false,"results":\[\{"referenceId":"a1","id":"001\w{15}"\},`+
		`\{"referenceId":"a2","id":"001\w{15}"\},\{"referenceId":"c1","id":"003\w{15}"\},\{"referenceId":"k1","id":"500\w{15}"\}\]\}`)
	d.want("GET", "/services/data/v62.0/query?q=SELECT+Contact.Name,Contact.Account.Name+FROM+Case", "",
		`"Name":"Lind","Account":\{[^}]*\},"Name":"Lake"|"Account":\{"attributes":\{[^}]*\},"Name":"Lake"`)

	broken := `{"records":[` + row("Account", "b1", `"Name":"Gone","Contacts":{"records":[`+row("Contact", "b2",
		`"FirstName":"x"`)+`]}`) + `]}`
	d.want("POST", at, broken, `^\{"hasErrors":true,"results":\[\{"referenceId":"b2","errors":\[\{"statusCode":"REQUIRED_FIELD_MISSING"`)
	d.want("GET", "/services/data/v62.0/query?q=SELECT+Id+FROM+Account+WHERE+Name='Gone'", "", `"totalSize":0`)

	many := strings.TrimSuffix(strings.Repeat(row("Account", "x", `"Name":"N"`)+",", 201), ",")
	for body, says := range map[string]string{
		`{"records":[` + row("Account", "a", `"Name":"N"`) + `,` + row("Account", "a", `"Name":"N"`) + `]}`: "Duplicate ReferenceId",
		`{"records":[{"Name":"N"}]}`:                                          "Include a reference ID",
		`{"records":[` + row("Contact", "a", `"Name":"N"`) + `]}`:             "is not the type Account",
		`{"records":[` + row("Account", "a", `"Nopes":{"records":[]}`) + `]}`: "No such column 'Nopes'",
		`{"records":[]}`:             "no records",
		`{"records":"x"}`:            "no records",
		`{"records":[` + many + `]}`: "Duplicate ReferenceId|more than 200 records",
	} {
		d.want("POST", at, body, `"message":"[^"]*(`+says+`)`)
	}
}

func TestCollectionsCountTogetherIfAsked(t *testing.T) {
	d := open(t)
	const at = "/services/data/v62.0/composite/sobjects"
	row := func(rest string) string { return `{"attributes":{"type":"Account"},` + rest + `}` }
	count := func(want string) {
		t.Helper()
		d.want("GET", "/services/data/v62.0/query?q=SELECT+COUNT()+FROM+Account", "", `"totalSize":`+want+`,`)
	}
	d.want("POST", at, `{"allOrNone":true,"records":[`+row(`"Name":"A"`)+`,`+row(`"Phone":"1"`)+`]}`,
		`^\[\{"success":false,"errors":\[\{"statusCode":"ALL_OR_NONE_OPERATION_ROLLED_BACK".*\{"success":false,`+
			`"errors":\[\{"statusCode":"REQUIRED_FIELD_MISSING"`)
	count("0")
	id := d.want("POST", at, `{"records":[`+row(`"Name":"A"`)+`,`+row(`"Phone":"1"`)+`]}`,
		`^\[\{"id":"(001\w{15})","success":true,"errors":\[\]\},\{"success":false`)
	count("1")

	d.want("PATCH", at, `{"allOrNone":true,"records":[`+row(`"Id":"`+id+`","Name":"B"`)+`,`+row(`"Id":"001000000000001AAA","Name":"C"`)+`]}`,
		`ROLLED_BACK`)
	d.want("GET", "/services/data/v62.0/sobjects/Account/"+id, "", `"Name":"A"`)
	d.want("PATCH", at+"/Account/Id", `{"records":[`+row(`"Id":"`+id+`","Name":"B"`)+`,`+row(`"Name":"New"`)+`]}`,
		`^\[\{"id":"`+id+`","success":true,"errors":\[\],"created":false\},\{"id":"001\w{15}","success":true,"errors":\[\],"created":true\}\]`)
	count("2")
	d.want("PATCH", at+"/Account/Name", `{"records":[`+row(`"Name":"New"`)+`]}`, `"statusCode":"NOT_FOUND"`)
	d.want("PATCH", at+"/Contact/Id", `{"records":[`+row(`"Name":"New"`)+`]}`, `"statusCode":"INVALID_TYPE"`)

	d.want("DELETE", at+"?allOrNone=true&ids="+id+",001000000000001AAA", "", `ROLLED_BACK`)
	count("2")
	d.want("DELETE", at+"?ids="+id+",001000000000001AAA", "", `^\[\{"id":"`+id+`","success":true`)
	count("1")
	d.want("DELETE", at+"?ids="+strings.Repeat("x,", 200)+"x", "", `"errorCode":"EXCEEDED_ID_LIMIT"`)
}

func TestCompositeRequests(t *testing.T) {
	d := open(t)
	const data = "/services/data/v62.0"
	sub := func(method, reference, path, body string) string {
		if body != "" {
			body = `,"body":` + body
		}
		return `{"method":"` + method + `","referenceId":"` + reference + `","url":"` + data + path + `"` + body + `}`
	}
	post := func(all string, subs ...string) string {
		return `{"allOrNone":` + all + `,"compositeRequest":[` + strings.Join(subs, ",") + `]}`
	}
	account := sub("POST", "a", "/sobjects/Account", `{"Name":"Say \"hi\""}`)
	d.want("POST", data+"/composite", post("true", account,
		sub("GET", "all", "/query?q=SELECT+Id,Name+FROM+Account", ""),
		sub("POST", "c", "/sobjects/Contact", `{"LastName":"@{all.records[0].Name}","AccountId":"@{a.id}"}`),
		sub("POST", "m", "/composite/sobjects/", `{"records":[{"attributes":{"type":"Account"},"Name":"M"}]}`),
		sub("GET", "n", "/sobjects/Account/@{m[0].id}?fields=Name", "")),
		`"httpStatusCode":201,"referenceId":"a".*"referenceId":"c".*"Name":"M"\},"httpHeaders":\{\},"httpStatusCode":200,"referenceId":"n"`)
	d.want("GET", data+"/query?q=SELECT+LastName,Account.Name+FROM+Contact", "", `"LastName":"Say \\"hi\\""`)

	broken := sub("POST", "c", "/sobjects/Contact", `{"FirstName":"x"}`)
	later := sub("POST", "d", "/sobjects/Account", `{"Name":"Later"}`)
	d.want("POST", data+"/composite", post("true", strings.Replace(account, "Say", "Gone", 1), broken, later),
		`PROCESSING_HALTED","message":"The transaction was rolled `+
			`back.*"referenceId":"a".*REQUIRED_FIELD_MISSING.*"referenceId":"c".*PROCESSING_HALTED.*"httpStatusCode":400,"referenceId":"d"`)
	d.want("GET", data+"/query?q=SELECT+Id+FROM+Account+WHERE+Name+LIKE+'Gone%25'+OR+Name='Later'", "", `"totalSize":0`)
	d.want("POST", data+"/composite", post("false", broken, sub("POST", "e", "/sobjects/Contact", `{"LastName":"@{c.id}"}`), later),
		`REQUIRED_FIELD_MISSING.*PROCESSING_HALTED","message":"Invalid reference specified. No value for c.id found in `+
			`c".*"httpStatusCode":201,"referenceId":"d"`)

	for body, says := range map[string]string{
		post("true", later, later):                                                 "unique reference ID",
		post("true", sub("POST", "", "/sobjects/Account", "{}")):                   "unique reference ID",
		post("false", sub("POST", "x", "/composite", "{}")):                        "must lead to the data API",
		post("false", strings.Replace(later, "/services/data", "https://evil", 1)): "must lead to the data API",
		post("false", strings.Repeat(later+",", 25)+later):                         "at most 25 requests",
	} {
		d.want("POST", data+"/composite", body, says)
	}
	batch := `{"haltOnError":true,"batchRequests":[{"method":"GET","url":"v62.0/nope"},{"method":"GET","url":"v62.0/limits"}]}`
	d.want("POST", data+"/composite/batch", batch, `"hasErrors":true.*NOT_FOUND.*BATCH_PROCESSING_HALTED.*"statusCode":412`)
}

func TestObjectPermissionsThatLackOthersAreRefused(t *testing.T) {
	d := open(t)
	const base = "/services/data/v62.0/sobjects/"
	set := d.want("POST", base+"PermissionSet", `{"Name":"Riders","Label":"Riders"}`, `"id":"(0PS\w{15})"`)
	of := `"ParentId":"` + set + `","SobjectType":"Contact"`
	d.want("POST", base+"ObjectPermissions", `{`+of+`,"PermissionsModifyAllRecords":true}`,
		`^\[\{"message":"Permission Modify All Contact depends on permission\(s\): `+
			`Delete Contact, Edit Contact, Read All Contact, Read Contact","errorCode":"FIELD_INTEGRITY_EXCEPTION"`)
	d.want("POST", "/services/data/v62.0/composite/sobjects",
		`{"allOrNone":true,"records":[{"attributes":{"type":"ObjectPermissions"},`+of+`,"PermissionsEdit":true}]}`,
		`Permission Edit Contact depends on permission\(s\): Read Contact`)
	query := "SELECT+Id+FROM+ObjectPermissions+WHERE+ParentId='" + set + "'"
	d.want("GET", "/services/data/v62.0/query?q="+query, "", `"totalSize":0`)
}
