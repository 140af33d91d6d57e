package auth

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

// send is a request with a form and, unless it is "", a bearer token.
func (d *door) send(path, token string, form url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

func TestPagesAreOpenedWithTheScopeForThem(t *testing.T) {
	d := newDoor(t)
	d.change(func(a *clientapp.App) { a.OAuth.Scopes = []string{"Api", "Web", "RefreshToken"} })
	granted := func(scope string) string {
		out := d.exchange(d.authorize("scope", scope).Get("code"), "s3cret")
		token, _ := out["access_token"].(string)
		if token == "" {
			t.Fatalf("scope %s: %v", scope, out)
		}
		return token
	}
	byPassword, err := d.org.People.CreateSession(t.Context(), people.Session{User: d.amelia, Kind: "api"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, token string
		status      int
		says        string
		frontdoor   int // with the token as session id
	}{
		{"the API only", granted("api refresh_token"), http.StatusForbidden, "Invalid_Scope", http.StatusUnauthorized},
		{"the API and pages", granted("api web refresh_token"), http.StatusOK, "frontdoor.jsp?otp=", http.StatusSeeOther},
		{"a log-in by password", byPassword, http.StatusOK, "frontdoor.jsp?otp=", http.StatusSeeOther},
		{"a token that is none", "00D!x", http.StatusForbidden, "Bad_OAuth_Token", http.StatusUnauthorized},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := d.send("/services/oauth2/singleaccess", tc.token, url.Values{"redirect_uri": {"/apex/P"}})
			if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.says) {
				t.Errorf("singleaccess: %d %s", w.Code, w.Body)
			}
			w = d.send("/secur/frontdoor.jsp", "", url.Values{"sid": {tc.token}, "retURL": {"/apex/P"}})
			if w.Code != tc.frontdoor || tc.frontdoor == http.StatusSeeOther && w.Header().Get("Location") != "/apex/P" {
				t.Errorf("frontdoor: %d to %s", w.Code, w.Header().Get("Location"))
			}
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.AddCookie(&http.Cookie{Name: "sid", Value: tc.token})
			w = httptest.NewRecorder()
			d.h.ServeHTTP(w, r)
			if opened := w.Code == http.StatusFound; opened != (tc.frontdoor == http.StatusSeeOther) {
				t.Errorf("as a browser's cookie: %d to %s", w.Code, w.Header().Get("Location"))
			}
		})
	}
}
