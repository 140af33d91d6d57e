package salesforce

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// Some orgs refuse their own address as the audience and want the common one: it is tried second, and only then.
func TestJWTTriesTheCommonAudience(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name    string
		refusal string // of every audience but the common one
		want    []string
		ok      bool
	}{
		{"its own address is taken", "", []string{"own"}, true},
		{"its own address is refused", `{"error":"invalid_grant","error_description":"audience is invalid"}`,
			[]string{"own", "https://login.salesforce.com"}, true},
		{"the user is refused", `{"error":"invalid_grant","error_description":"user hasn't approved this consumer"}`, []string{"own"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var tried []string
			var org *httptest.Server
			org = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var claims jwt.RegisteredClaims
				if _, _, err := jwt.NewParser().ParseUnverified(r.FormValue("assertion"), &claims); err != nil {
					t.Error(err)
				}
				audience := claims.Audience[0]
				if audience == org.URL {
					audience = "own"
				}
				tried = append(tried, audience)
				if tc.refusal != "" && audience == "own" {
					w.WriteHeader(http.StatusBadRequest)
					_, _ = io.WriteString(w, tc.refusal)
					return
				}
				_ = json.NewEncoder(w).Encode(map[string]string{"access_token": "a", "instance_url": org.URL, "id": org.URL + "/id/00D1/0051"})
			}))
			defer org.Close()
			_, err := App{LoginURL: org.URL, ClientID: "c", Key: key}.JWT(t.Context(), "admin@x.example")
			if (err == nil) != tc.ok || !slices.Equal(tried, tc.want) {
				t.Errorf("tried %v, want %v; err %v", tried, tc.want, err)
			}
		})
	}
}

func TestTheCommonAudienceIsTheSandboxesForASandbox(t *testing.T) {
	for login, want := range map[string]string{
		"https://acme.my.salesforce.com":             "https://login.salesforce.com",
		"https://acme--qa.sandbox.my.salesforce.com": "https://test.salesforce.com",
		"https://acme--qa.sandbox.my.salesforce.mil": "https://test.salesforce.com",
		"https://acme-dev.scratch.my.salesforce.com": "https://test.salesforce.com",
		"https://acme-ed.develop.my.salesforce.com":  "https://login.salesforce.com",
	} {
		if got := commonLogin(login); got != want {
			t.Errorf("commonLogin(%s) = %s, want %s", login, got, want)
		}
	}
}

func TestTheScopeThatAPersonIsAskedFor(t *testing.T) {
	for scope, want := range map[string]string{"": "api refresh_token", "api web refresh_token": "api web refresh_token"} {
		to, err := url.Parse(App{LoginURL: "https://x.example", Scope: scope}.AuthorizeURL("s", "v"))
		if err != nil || to.Query().Get("scope") != want {
			t.Errorf("scope %q asks for %q, %v", scope, to.Query().Get("scope"), err)
		}
	}
}

// A session ends with its refresh token, and not because the org was too busy to look at it.
func TestWhichRefusalsEndASession(t *testing.T) {
	for _, tc := range []struct {
		status       int
		answer       string
		ends, passes bool
	}{
		{400, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`, true, false},
		{400, `{"error":"inactive_user","error_description":"user is inactive"}`, true, false},
		{400, `{"error":"invalid_app_access","error_description":"user is not admin approved to access this app"}`, true, false},
		{400, `{"error":"invalid_grant","error_description":"token request is already being processed"}`, false, true},
		{503, `{"error":"invalid_grant","error_description":"authentication failure"}`, false, true},
		{503, `<html>Down for maintenance</html>`, false, true},
		{400, `{"error":"invalid_client_id","error_description":"client identifier invalid"}`, false, false},
	} {
		org := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(tc.status)
			_, _ = io.WriteString(w, tc.answer)
		}))
		_, err := App{LoginURL: org.URL, ClientID: "c"}.Refresh(t.Context(), "r")
		org.Close()
		failed, answered := errors.AsType[*Error](err)
		if !answered || failed.Passing() != tc.passes || errors.Is(err, ErrExpired) != tc.ends {
			t.Errorf("%d %s: %v", tc.status, tc.answer, err)
		}
	}
}
