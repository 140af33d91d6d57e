package rest

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// FuzzRequest sends anything to any resource: the answer is JSON in the platform's shape, of a bounded size, and never our own fault.
func FuzzRequest(f *testing.F) {
	for _, seed := range []struct{ method, path, body string }{
		{"POST", "/sobjects/Contact", `{"LastName":"L","Email":"a@b.example","AccountId":null,"Birthdate":"2000-01-31","DoNotCall":true}`},
		{"PATCH", "/sobjects/Contact/003000000000001AAA", `{"LastName":1.5}`},
		{"GET", "/sobjects/Contact/003000000000001AAA?fields=Id,Name", ""},
		{"DELETE", "/sobjects/Contact/003000000000001AAA", ""},
		{"GET", "/query?q=SELECT+Id,(SELECT+Id+FROM+Contacts)+FROM+Account+WHERE+Name+LIKE+'%25x'+LIMIT+1", ""},
		{"GET", "/query/01g000000000001AAA-200", ""},
		{"GET", "/search?q=FIND+{x}+RETURNING+Contact(Id)", ""},
		{"POST", "/parameterizedSearch", `{"q":"x","fields":["Id"],"sobjects":[{"name":"Contact","fields":["Id"],` +
			`"limit":1}],"in":"PHONE","overallLimit":1}`},
		{"POST", "/composite", `{"allOrNone":true,"compositeRequest":[{"method":"POST","referenceId":"a",` +
			`"url":"/services/data/v67.0/sobjects/Account","body":{"Name":"N"}},` +
			`{"method":"GET","referenceId":"b","url":"/services/data/v67.0/sobjects/Account/@{a.id}"}]}`},
		{"POST", "/composite/tree/Account",
			`{"records":[{"attributes":{"type":"Account","referenceId":"a"},` +
				`"Name":"N","Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"b"},"LastName":"L"}]}}]}`},
		{"GET", "/sobjects/Account/updated?start=2026-03-02T08:00:00Z&end=2026-03-02T09:00:00Z", ""},
		{"POST", "/composite/batch", `{"batchRequests":[{"method":"GET","url":"v67.0/limits"}]}`},
		{"POST", "/composite/sobjects", `{"allOrNone":false,"records":[{"attributes":{"type":"Contact"},"LastName":"L"}]}`},
		{"POST", "/sobjects/User/005000000000001AAA/password", `{"NewPassword":"riding-home-1"}`},
		{"DELETE", "/composite/sobjects?ids=003000000000001AAA&allOrNone=true", ""},
	} {
		f.Add(seed.method, seed.path, []byte(seed.body))
	}
	log := slog.New(slog.DiscardHandler)
	org, err := crm.Open(f.Context(), crm.Config{Dir: f.TempDir(), Clock: clock.System{}, Log: log, Users: []crm.SeedUser{
		{Username: "admin@x.example", FirstName: "Ada", LastName: "B", Alias: "a", Password: "p", Administrator: true},
	}})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = org.Close() })
	admin, err := org.People.UserByName(f.Context(), "admin@x.example")
	if err != nil {
		f.Fatal(err)
	}
	api := Handler(Config{Org: org, Log: log, Authenticate: func(*http.Request) (schema.RecordID, error) { return admin.ID, nil }})
	f.Fuzz(func(t *testing.T, method, path string, body []byte) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://org.example/services/data/v67.0"+path, strings.NewReader(string(body)))
		if err != nil || r.URL.Host != "org.example" {
			return // no server would get it
		}
		w := httptest.NewRecorder()
		api.ServeHTTP(w, r)
		asJSON := strings.HasPrefix(w.Header().Get("Content-Type"), "application/json")
		if w.Code >= 500 || asJSON && w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%d %.500s", w.Code, w.Body)
		}
		if w.Body.Len() > 4<<20 {
			t.Fatalf("an answer of %d bytes to %d", w.Body.Len(), len(body))
		}
	})
}
