package edge

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// open makes an org with the administrator Ada.
func open(t *testing.T) (*crm.Org, schema.RecordID) {
	t.Helper()
	org, err := crmtest.Open(t, crm.Config{
		Dir: t.TempDir(), Clock: clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)),
		Log: slog.New(slog.DiscardHandler), Origin: "http://localhost:8080",
		Users: []crm.SeedUser{{Username: "ada@x.example", FirstName: "Ada", LastName: "Byrne", Alias: "ada",
			Password: "secret-1", Administrator: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	ada, err := org.People.UserByName(t.Context(), "ada@x.example")
	if err != nil {
		t.Fatal(err)
	}
	return org, ada.ID
}

func TestAnswers(t *testing.T) {
	org, ada := open(t)
	var log bytes.Buffer
	door := Door{
		Org: org, Body: 10, Header: map[string]string{"Cache-Control": "no-store"},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			if r.Header.Get("Authorization") == "" {
				return "", errors.New("no session")
			}
			return ada, nil
		},
	}
	gives := func(out Answer, err error) Handler { return func(Call) (Answer, error) { return out, err } }
	for _, tc := range []struct {
		name, session, body string
		handle              Handler
		status              int
		want, kind, usage   string
	}{
		{"JSON", "x", "", gives(OK(1), nil), 200, "1\n", "application/json;charset=UTF-8", "api-usage=1/2"},
		{"CSV", "x", "", gives(Answer{Status: 200, CSV: []byte("a,b\n")}, nil), 200, "a,b\n", "text/csv", "api-usage=1/2"},
		{"nothing", "x", "", gives(Answer{Status: 204}, nil), 204, "", "", "api-usage=1/2"},
		{"what was sent", "x", "sent", func(c Call) (Answer, error) { return OK(string(c.Body)), nil }, 200, "\"sent\"\n",
			"application/json;charset=UTF-8", "api-usage=1/2"},
		{
			"nobody", "", "", gives(OK(1), nil), 401,
			`[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]` + "\n", "application/json;charset=UTF-8", "",
		},
		{
			"too much", "x", strings.Repeat("x", 11), gives(OK(1), nil), 413,
			`[{"message":"The request body is too large.","errorCode":"REQUEST_BODY_TOO_LARGE"}]` + "\n", "application/json;charset=UTF-8", "",
		},
		{
			"an error about fields", "x", "", gives(OK(1), &schema.Error{Status: 400, Code: "C", Message: "m", Fields: []string{"Name"}}), 400,
			`[{"message":"m","errorCode":"C","fields":["Name"]}]` + "\n", "application/json;charset=UTF-8", "api-usage=1/2",
		},
		{
			"what is nobody's business", "x", "", gives(OK(1), errors.New("disk full")), 500,
			`[{"message":"An unexpected error occurred. Please try again.","errorCode":"UNKNOWN_EXCEPTION"}]` + "\n",
			"application/json;charset=UTF-8", "api-usage=1/2",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log.Reset()
			door.Requests = NewAllowance(2, false, time.Now)
			r := httptest.NewRequest(http.MethodPost, "/services/data/x", strings.NewReader(tc.body))
			r.Header.Set("Authorization", tc.session)
			w := httptest.NewRecorder()
			door.Op(tc.handle).ServeHTTP(w, r)
			if w.Code != tc.status || w.Body.String() != tc.want {
				t.Errorf("got %d %s, want %d %s", w.Code, w.Body, tc.status, tc.want)
			}
			for name, want := range map[string]string{"Content-Type": tc.kind, "Sforce-Limit-Info": tc.usage,
				"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s %q, want %q", name, got, want)
				}
			}
			if logged := strings.Contains(log.String(), "disk full"); logged != (tc.status == 500) {
				t.Errorf("log: %q", log.String())
			}
		})
	}
}
