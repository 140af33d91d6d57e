package setup

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/config"
)

// A browser that goes where it is sent: to the org, which sends it back to this machine.
func TestWebSignIn(t *testing.T) {
	var challenge string
	var login *httptest.Server
	login = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/services/oauth2/authorize":
			q := r.URL.Query()
			challenge = q.Get("code_challenge")
			if q.Get("client_id") != "PlatformCLI" || q.Get("code_challenge_method") != "S256" ||
				q.Get("scope") != "api web refresh_token" {
				t.Errorf("asked %s", r.URL.RawQuery)
			}
			http.Redirect(w, r, q.Get("redirect_uri")+"?code=c&state="+url.QueryEscape(q.Get("state")), http.StatusFound)
		case "/services/oauth2/token":
			if r.FormValue("code_verifier") == "" || r.FormValue("client_secret") != "" || challenge == "" {
				t.Errorf("exchanged %v", r.Form)
			}
			_, _ = io.WriteString(w, `{"access_token":"00D1!t","instance_url":"`+login.URL+`","id":"`+login.URL+`/id/00D1/0051"}`)
		}
	}))
	defer login.Close()
	visited := make(chan string, 2)
	browse := func(address string) {
		go func() {
			strange, err := http.Get("http://" + loopback + loopbackPath + "?code=evil&state=guessed")
			if err == nil {
				_ = strange.Body.Close()
				visited <- strange.Status
			}
			resp, err := http.Get(address)
			if err != nil {
				visited <- err.Error()
				return
			}
			body, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			visited <- string(body)
		}()
	}
	s, err := webSession(t.Context(), login.URL, "", Ways{Browser: browse})
	if e, taken := errors.AsType[*config.Error](err); taken && strings.Contains(e.Message, "port 1717") {
		t.Skip("port 1717, which the org's app prescribes, is taken on this machine")
	}
	if err != nil || s.AccessToken.Expose() != "00D1!t" || s.OrgID != "00D1" {
		t.Fatalf("got %+v, %v", s, err)
	}
	if got := <-visited; !strings.HasPrefix(got, "400") {
		t.Errorf("a return with a guessed state got %s", got)
	}
	if got := <-visited; !strings.Contains(got, "Signed in") {
		t.Errorf("the browser shows %s", got)
	}
}

// What went wrong on this side is told as it is, and not as an org that does not answer.
func TestWhatASignInSaysIsNotSaidAnew(t *testing.T) {
	var c config.File
	c.Salesforce.LoginURL, c.Setup.Salesforce.Web = "http://org.example", true
	_, _, err := signIn(t.Context(), c, Ways{})
	e, ok := errors.AsType[*config.Error](err)
	if !ok || e.Field != "setup.salesforce.web" || !strings.Contains(e.Message, "nobody is there to sign in") {
		t.Errorf("err = %v", err)
	}
}

func TestWebSignInNeedsAPerson(t *testing.T) {
	if _, err := webSession(t.Context(), "http://x", "", Ways{}); err == nil || !strings.Contains(err.Error(), "setup.salesforce.web") {
		t.Errorf("err = %v", err)
	}
}
