package salesforce

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// impatient fires every timer at once, so that pauses cost a test nothing.
type impatient struct{ clock.System }

func (impatient) AfterFunc(_ time.Duration, f func()) clock.Timer {
	return clock.System{}.AfterFunc(0, f)
}

func serve(t *testing.T, h http.HandlerFunc) (*Client, *httptest.Server) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return New(Config{Session: Session{InstanceURL: server.URL, AccessToken: "old"}, Clock: impatient{}}), server
}

func TestQueryReadsAllPages(t *testing.T) {
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("q") == "SELECT Id FROM Contact" {
			_, _ = io.WriteString(w, `{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v67.0/query/01g-1","records":[{"Id":"a"}]}`)
			return
		}
		_, _ = io.WriteString(w, `{"totalSize":2,"done":true,"records":[{"Id":"b"}]}`)
	})
	got, err := Query[struct{ ID string }](t.Context(), c, "SELECT Id FROM Contact")
	if err != nil || len(got) != 2 || got[1].ID != "b" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"Maya": "'Maya'", "O'Neil": `'O\'Neil'`, `a\b`: `'a\\b'`, "two\nlines": `'two\nlines'`, "' OR Name != '": `'\' OR Name != \''`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		status     int
		want       Error
	}{
		{"a list of errors gives the first",
			`[{"message":"Required fields are missing: [LastName]","errorCode":"REQUIRED_FIELD_MISSING","fields":["LastName"]}]`, 400,
			Error{Code: "REQUIRED_FIELD_MISSING", Message: "Required fields are missing: [LastName]"}},
		{"OAuth's own shape is read", `{"error":"invalid_grant","error_description":"expired access/refresh token"}`, 400,
			Error{Code: "invalid_grant", Message: "expired access/refresh token"}},
		{"a page of HTML is cut short", strings.Repeat("x", 5000), 404, Error{Code: "NOT_FOUND", Message: strings.Repeat("x", 200)}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(tc.status)
				_, _ = io.WriteString(w, tc.body)
			})
			_, err := c.Create(t.Context(), "Contact", Values{})
			got, ok := errors.AsType[*Error](err)
			if !ok || got.Code != tc.want.Code || got.Message != tc.want.Message || got.Status != tc.status {
				t.Errorf("got %+v, want %+v", err, tc.want)
			}
		})
	}
}

func TestPassingFaultsAreRepeated(t *testing.T) {
	calls := 0
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls < 3 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, `{"id":"003"}`)
	})
	if id, err := c.Create(t.Context(), "Contact", Values{"LastName": "L"}); err != nil || id != "003" || calls != 3 {
		t.Errorf("id %q after %d calls: %v", id, calls, err)
	}
}

// takes is an org for which one access token is good.
func takes(t *testing.T, token string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`)
			return
		}
		_, _ = io.WriteString(w, `{"done":true,"records":[]}`)
	}))
	t.Cleanup(server.Close)
	return server
}

// What a renewal gives may have been made for another page, and have ended too.
func TestASessionThatWasRenewedWithAnOldTokenIsRenewedAgain(t *testing.T) {
	server := takes(t, "good")
	for _, c := range []struct {
		tokens  []secret.String
		refused bool
	}{{[]secret.String{"kept", "good"}, false}, {[]secret.String{"kept", "kept too", "good"}, true}} {
		used := 0
		client := New(Config{Session: Session{InstanceURL: server.URL, AccessToken: "old"}, Renew: func(context.Context) (Session, error) {
			used++
			return Session{InstanceURL: server.URL, AccessToken: c.tokens[used-1]}, nil
		}})
		_, err := Query[struct{}](t.Context(), client, "SELECT Id FROM Contact")
		if _, refused := errors.AsType[*Error](err); refused != c.refused || used != renewals {
			t.Errorf("%d tokens of %v were used: %v", used, c.tokens, err)
		}
	}
}

func TestExpiredSessionIsRenewedOnce(t *testing.T) {
	var renewed int
	server := takes(t, "new")
	c := New(Config{Session: Session{InstanceURL: server.URL, AccessToken: "old"}, Renew: func(context.Context) (Session, error) {
		renewed++
		return Session{InstanceURL: server.URL, AccessToken: "new"}, nil
	}})
	for range 3 {
		if _, err := Query[struct{}](t.Context(), c, "SELECT Id FROM Contact"); err != nil {
			t.Fatal(err)
		}
	}
	if renewed != 1 {
		t.Errorf("renewed %d times, want once", renewed)
	}
	if _, err := Query[struct{}](t.Context(), New(Config{Session: Session{InstanceURL: server.URL}}), "x"); !errors.Is(err, ErrExpired) {
		t.Errorf("without a way to renew: %v, want ErrExpired", err)
	}
}

func TestDeploy(t *testing.T) {
	for _, tc := range []struct{ name, last, want string }{
		{"success ends quietly", `{"deployResult":{"done":true,"success":true,"status":"Succeeded"}}`, ""},
		{"each failed component is named", `{"deployResult":{"done":true,"status":"Failed",` +
			`"details":{"componentFailures":[{"componentType":"ApexPage","fullName":"P","problem":"no such resource"}]}}}`,
			"deployment failed; ApexPage P: no such resource"},
		{"one failure may stand alone", `{"deployResult":{"done":true,"status":"Failed",` +
			`"details":{"componentFailures":{"componentType":"CustomField","fullName":"A.B","problem":"bad type"}}}}`,
			"deployment failed; CustomField A.B: bad type"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			polls := 0
			c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost {
					if err := r.ParseMultipartForm(1 << 20); err != nil || len(r.MultipartForm.File["file"]) != 1 || r.FormValue("json") == "" {
						t.Errorf("form: %v", err)
					}
					w.WriteHeader(http.StatusCreated)
					_, _ = io.WriteString(w, `{"id":"0Af1"}`)
					return
				}
				if polls++; polls == 1 {
					_, _ = io.WriteString(w, `{"deployResult":{"done":false,"status":"InProgress"}}`)
					return
				}
				_, _ = io.WriteString(w, tc.last)
			})
			err := c.Deploy(t.Context(), []byte("zip"), nil)
			if got := fmt.Sprint(err); tc.want == "" && err != nil || tc.want != "" && got != tc.want {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

func TestGrants(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("grant_type") {
		case "authorization_code":
			if r.FormValue("code_verifier") != "v" || r.FormValue("redirect_uri") != "http://a/cb" {
				t.Errorf("form %v", r.Form)
			}
		case "refresh_token":
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`)
			return
		case "urn:ietf:params:oauth:grant-type:jwt-bearer":
			claims := jwt.RegisteredClaims{}
			if _, err := jwt.ParseWithClaims(r.FormValue("assertion"), &claims,
				func(*jwt.Token) (any, error) { return &key.PublicKey, nil }); err != nil {
				t.Error(err)
			}
			if claims.Subject != "admin@x.example" || claims.Issuer != "client" {
				t.Errorf("claims %+v", claims)
			}
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": "00D!x", "instance_url": server.URL,
			"id": server.URL + "/id/00D1/0051", "refresh_token": "r"})
	}))
	defer server.Close()
	app := App{LoginURL: server.URL, ClientID: "client", RedirectURL: "http://a/cb", Key: key}

	grant, err := app.Exchange(t.Context(), "code", "v")
	if err != nil || grant.Session.UserID != "0051" || grant.Session.OrgID != "00D1" || grant.RefreshToken.Expose() != "r" {
		t.Errorf("exchange: %+v, %v", grant, err)
	}
	if _, err := app.JWT(t.Context(), "admin@x.example"); err != nil {
		t.Errorf("jwt: %v", err)
	}
	if _, err := app.Refresh(t.Context(), "r"); !errors.Is(err, ErrExpired) {
		t.Errorf("refresh with a dead token: %v, want ErrExpired", err)
	}
	if a, b := Verifier(), Verifier(); len(a) != 43 || a == b {
		t.Error("verifiers must be 43 characters and fresh")
	}
}
