package bulk

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// desk asks as the agent, or as somebody else.
type desk struct {
	t    *testing.T
	h    http.Handler
	name string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler), Users: []crm.SeedUser{
			{Username: "agent@x.example", FirstName: "Amelia", LastName: "O", Alias: "a", Password: "p"},
			{Username: "other@x.example", FirstName: "Otto", LastName: "O", Alias: "b", Password: "p"},
		}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	d := &desk{t: t, name: "agent"}
	d.h = Handler(Config{Org: org, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			u, err := org.People.UserByName(r.Context(), d.name+"@x.example")
			return u.ID, err
		}})
	return d
}

func (d *desk) ask(method, path, body string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	d.h.ServeHTTP(rec, httptest.NewRequest(method, "/services/data/v67.0/jobs/"+path, strings.NewReader(body)))
	return rec
}

func (d *desk) want(rec *httptest.ResponseRecorder, pattern string) string {
	d.t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(rec.Body.String())
	if found == nil {
		d.t.Fatalf("%d %s\nwant %s", rec.Code, rec.Body, pattern)
	}
	return found[len(found)-1]
}

// ingest runs a whole job and gives its id.
func (d *desk) ingest(job, upload string) string {
	d.t.Helper()
	id := d.want(d.ask(http.MethodPost, "ingest", job),
		`"id":"(750\w{15})".*"state":"Open".*"apiVersion":67.0,"contentUrl":"services/data/v67.0/jobs/ingest/750`)
	if rec := d.ask(http.MethodPut, "ingest/"+id+"/batches", upload); rec.Code != http.StatusCreated {
		d.t.Fatalf("%d %s", rec.Code, rec.Body)
	}
	d.want(d.ask(http.MethodPatch, "ingest/"+id, `{"state":"UploadComplete"}`), `"state":"UploadComplete"`)
	return id
}

func TestIngestAndQuery(t *testing.T) {
	d := newDesk(t)
	id := d.ingest(`{"object":"Contact","operation":"insert"}`,
		"FirstName,LastName,DoNotCall\nMaya,\"Lindqvist, Interiors\",true\nNobody,,false\nGrace,Hopper,false\n")
	d.want(d.ask(http.MethodGet, "ingest/"+id, ""), `"state":"JobComplete".*"numberRecordsProcessed":3,"numberRecordsFailed":1`)
	maya := d.want(d.ask(http.MethodGet, "ingest/"+id+"/successfulResults/", ""),
		`^sf__Id,sf__Created,FirstName,LastName,DoNotCall\n(003\w{15}),true,Maya,"Lindqvist, Interiors",true\n`)
	d.want(d.ask(http.MethodGet, "ingest/"+id+"/failedResults", ""),
		`REQUIRED_FIELD_MISSING:Required fields are missing: \[LastName\]:LastName --`)
	for _, results := range []string{
		"unprocessedrecords", "unprocessedRecords", "unprocessedRecords/", "failedresults", "SuccessfulResults",
	} {
		rec := d.ask(http.MethodGet, "ingest/"+id+"/"+results, "")
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "text/csv" {
			t.Errorf("%s: %d %s", results, rec.Code, rec.Body)
		}
	}
	for _, path := range []string{"", "ingest", "ingest/", "ingest?isPkChunkingEnabled=false", "query", "query/"} { // lists of jobs
		d.want(d.ask(http.MethodGet, path, ""), `^\[\{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"\}\]`)
	}
	if rec := d.ask(http.MethodGet, "ingest/"+id+"/nothing", ""); rec.Code != http.StatusNotFound {
		t.Errorf("no such results: %d %s", rec.Code, rec.Body)
	}
	d.ingest(`{"object":"Contact","operation":"update","columnDelimiter":"SEMICOLON"}`, "Id;FirstName\n"+maya+";#N/A\n")

	query := d.want(d.ask(http.MethodPost, "query",
		`{"operation":"query","query":"SELECT FirstName, LastName, Owner.Name FROM Contact ORDER BY LastName"}`),
		`"id":"(750\w{15})".*"state":"UploadComplete"`)
	d.want(d.ask(http.MethodGet, "query/"+query, ""), `"state":"JobComplete".*"numberRecordsProcessed":2`)
	page := d.ask(http.MethodGet, "query/"+query+"/results?maxRecords=1", "")
	d.want(page, `^FirstName,LastName,Owner.Name\nGrace,Hopper,Amelia O\n$`)
	if page.Header().Get("Sforce-Locator") != "1" || page.Header().Get("Sforce-NumberOfRecords") != "1" {
		t.Errorf("%v", page.Header())
	}
	page = d.ask(http.MethodGet, "query/"+query+"/results?locator=1", "")
	d.want(page, `^FirstName,LastName,Owner.Name\n,"Lindqvist, Interiors",Amelia O\n$`)
	if page.Header().Get("Sforce-Locator") != "null" {
		t.Errorf("%v", page.Header())
	}
	d.ingest(`{"object":"Contact","operation":"delete"}`, "Id\n"+maya+"\n")
	d.name = "other"
	if rec := d.ask(http.MethodGet, "query/"+query+"/results", ""); rec.Code != http.StatusNotFound {
		t.Errorf("another user reads the job: %d %s", rec.Code, rec.Body)
	}
}

func TestRefusals(t *testing.T) {
	d := newDesk(t)
	for _, tc := range []struct{ path, body, want string }{
		{"query", `{"operation":"query","query":"SELECT Nope FROM Contact"}`, "INVALID_FIELD"},
		{"query", `{"operation":"query","query":"SELECT"}`, "MALFORMED_QUERY"},
		{"query", `{"operation":"query","query":"SELECT COUNT(Id) FROM Contact"}`, "INVALIDJOB"},
		{"query", `{"operation":"query","query":"SELECT Id FROM PermissionSet"}`, "INVALID_TYPE"},
		{"ingest", `{"object":"Nope","operation":"insert"}`, "INVALIDENTITY"},
		{"ingest", `{"object":"Contact","operation":"upsert"}`, "INVALIDJOB"},
		{"ingest", `{"object":"Contact","operation":"insert","columnDelimiter":"X"}`, "INVALIDJOB"},
		{"ingest", `[`, "JSON_PARSER_ERROR"},
	} {
		if rec := d.ask(http.MethodPost, tc.path, tc.body); rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), tc.want) {
			t.Errorf("%s %s: %d %s", tc.path, tc.body, rec.Code, rec.Body)
		}
	}
	id := d.ingest(`{"object":"Contact","operation":"insert"}`, "a,b\n\"open")
	d.want(d.ask(http.MethodGet, "ingest/"+id, ""), `"state":"Failed".*InvalidBatch`)
	for _, tc := range []struct{ upload, why string }{
		{"LastName\rA\rB\r", "LineEnding is invalid"},
		{"LastName\nM\xfcller\n", "not in UTF-8"},
		{"L\x00a\x00s\x00t\x00", "not in UTF-8"},
	} {
		id := d.ingest(`{"object":"Contact","operation":"insert"}`, tc.upload)
		d.want(d.ask(http.MethodGet, "ingest/"+id, ""), `"state":"Failed".*`+tc.why)
	}
	if rec := d.ask(http.MethodPut, "ingest/"+id+"/batches", "x"); !strings.Contains(rec.Body.String(), "INVALIDJOBSTATE") {
		t.Errorf("%s", rec.Body)
	}
}
