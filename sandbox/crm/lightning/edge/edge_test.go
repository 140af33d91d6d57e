package edge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

type form struct {
	Name   string `json:"name"`
	Number any    `json:"number"`
}

// visitor is what the room of these tests knows of a request.
type visitor struct {
	*http.Request
	id schema.RecordID
}

func door(log *slog.Logger) *Door[visitor] {
	return &Door[visitor]{
		Authenticate: func(r *http.Request) (schema.RecordID, error) {
			if _, err := r.Cookie(SessionCookie); err != nil {
				return "", err
			}
			return "005000000000001AAA", nil
		},
		Admit: func(_ context.Context, r *http.Request, id schema.RecordID) (visitor, error) {
			if r.Header.Get("X-Gone") != "" {
				return visitor{}, Refuse(http.StatusUnauthorized, "USER_GONE", "The user is gone.")
			}
			return visitor{r, id}, nil
		},
		Origin: "http://crm.example", Body: 100, Patience: time.Minute, Log: log,
	}
}

func echo(_ context.Context, v visitor) (form, error) { return Decode[form](v.Body) }

// request is a change that our own page asks for.
func request(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/lightning/api/x", strings.NewReader(body))
	r.AddCookie(&http.Cookie{Name: SessionCookie, Value: "s"})
	r.Header.Set(TokenHeader, Token(r))
	return r
}

func TestWhoGetsIn(t *testing.T) {
	for _, tc := range []struct {
		name   string
		spoil  func(*http.Request)
		status int
		code   string
	}{
		{"our own page", func(*http.Request) {}, 200, ""},
		{"our own page, which says where it is from", func(r *http.Request) { r.Header.Set("Origin", "http://crm.example") }, 200, ""},
		{"nobody", func(r *http.Request) { r.Header.Del("Cookie") }, 401, "INVALID_SESSION_ID"},
		{"a page without the token", func(r *http.Request) { r.Header.Del(TokenHeader) }, 403, "CSRF"},
		{"a page with the token of another session", func(r *http.Request) { r.Header.Set(TokenHeader, strings.Repeat("0", 64)) }, 403, "CSRF"},
		{"a page of another site", func(r *http.Request) { r.Header.Set("Origin", "http://other.example") }, 403, "CSRF"},
		{"a user who is gone", func(r *http.Request) { r.Header.Set("X-Gone", "1") }, 401, "USER_GONE"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := request(`{"name":"x"}`)
			tc.spoil(r)
			w := httptest.NewRecorder()
			Op(door(slog.New(slog.DiscardHandler)), echo).ServeHTTP(w, r)
			wants(t, w, tc.status, tc.code)
		})
	}
	t.Run("who only reads needs no token", func(t *testing.T) {
		r := request("")
		r.Method = http.MethodGet
		r.Header.Del(TokenHeader)
		w := httptest.NewRecorder()
		Op(door(slog.New(slog.DiscardHandler)), func(context.Context, visitor) (int, error) { return 1, nil }).ServeHTTP(w, r)
		wants(t, w, 200, "")
	})
}

// wants checks status and code; each answer is JSON that nobody keeps.
func wants(t *testing.T, w *httptest.ResponseRecorder, status int, code string) Problems {
	t.Helper()
	var out Problems
	if code != "" {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || len(out.Errors) == 0 {
			t.Fatalf("answer %q, err %v, want a refusal", w.Body, err)
		}
		if out.Errors[0].Code != code {
			t.Errorf("code %s, want %s", out.Errors[0].Code, code)
		}
	}
	if w.Code != status {
		t.Errorf("status %d with %s, want %d", w.Code, w.Body, status)
	}
	for name, want := range map[string]string{"Content-Type": "application/json; charset=utf-8",
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	return out
}

func TestBodies(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"a form", `{"name":"x"}`, 200, ""},
		{"no JSON", `name=x`, 400, "BAD_REQUEST"},
		{"nothing", ``, 400, "BAD_REQUEST"},
		{"a field that nobody asked for", `{"name":"x","admin":true}`, 400, "BAD_REQUEST"},
		{"two values", `{"name":"x"}{}`, 400, "BAD_REQUEST"},
		{"too many bytes", `{"name":"` + strings.Repeat("x", 100) + `"}`, 400, "BAD_REQUEST"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			Op(door(slog.New(slog.DiscardHandler)), echo).ServeHTTP(w, request(tc.body))
			wants(t, w, tc.status, tc.code)
		})
	}
	t.Run("a large number stays exact", func(t *testing.T) {
		w := httptest.NewRecorder()
		Op(door(slog.New(slog.DiscardHandler)), echo).ServeHTTP(w, request(`{"number":12345678901234567890}`))
		if !strings.Contains(w.Body.String(), `"number":12345678901234567890`) {
			t.Errorf("got %s", w.Body)
		}
	})
}

func TestRefusals(t *testing.T) {
	two := Invalid{{"A", "First.", []string{"a"}}, {"B", "Second.", []string{"b"}}}
	if two.Error() != "First. Second." {
		t.Errorf("reads %q", two.Error())
	}
	for _, tc := range []struct {
		name   string
		err    error
		status int
		code   string
		want   Problem
	}{
		{"a sentence", Refuse(404, "NOT_FOUND", "Gone."), 404, "NOT_FOUND", Problem{"NOT_FOUND", "Gone.", []string{}}},
		{"a field's sentence", Refuse(400, "X", "Wrong.", "name"), 400, "X", Problem{"X", "Wrong.", []string{"name"}}},
		{"one that was wrapped, with white space around it", fmt.Errorf("save: %w", Refuse(409, "X", "\nWrong. ")), 409,
			"X", Problem{"X", "Wrong.", []string{}}},
		{"a status that is no refusal", Refuse(300, "X", "Many."), 400, "X", Problem{"X", "Many.", []string{}}},
		{"a form with two mistakes", two, 400, "A", two[0]},
		{"what is nobody's business", errors.New("disk full at /secret"), 500, "UNKNOWN_EXCEPTION",
			Problem{"UNKNOWN_EXCEPTION", "Something went wrong. Try again.", []string{}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var log bytes.Buffer
			w := httptest.NewRecorder()
			h := Op(door(slog.New(slog.NewTextHandler(&log, nil))), func(context.Context, visitor) (int, error) { return 7, tc.err })
			h.ServeHTTP(w, request(""))
			got := wants(t, w, tc.status, tc.code).Errors[0]
			if got.Message != tc.want.Message || got.Fields == nil || !slices.Equal(got.Fields, tc.want.Fields) {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
			if logged := strings.Contains(log.String(), "disk full"); logged != (tc.status == 500) {
				t.Errorf("log: %q", log.String())
			}
		})
	}
}

func TestPatienceEnds(t *testing.T) {
	d := door(slog.New(slog.DiscardHandler))
	d.Patience = time.Nanosecond
	w := httptest.NewRecorder()
	Op(d, func(ctx context.Context, _ visitor) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}).ServeHTTP(w, request(""))
	wants(t, w, 500, "UNKNOWN_EXCEPTION")
}
