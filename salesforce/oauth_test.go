package salesforce

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
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
