package auth

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

func TestAFrozenUserGetsNeitherTokensNorSessions(t *testing.T) {
	d := newDoor(t)
	d.change(func(a *clientapp.App) {
		a.OAuth.ClientCredentials = true
		a.Policy.ClientCredentials, a.Policy.RunAs = true, "amelia@x.example"
	})
	refresh := d.logIn()["refresh_token"]
	code := d.authorize().Get("code")
	session, err := d.org.People.CreateSession(t.Context(), people.Session{User: d.amelia, Kind: "ui"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	w := d.send("/services/oauth2/singleaccess", session, nil)
	_, otp, ok := strings.Cut(w.Body.String(), "otp=")
	if !ok {
		t.Fatal(w.Body)
	}
	otp = strings.TrimRight(otp, "\"}\n")
	freeze := func(on bool) {
		d.do(func(a *crm.Actor) error { return people.Freeze(t.Context(), a.Access, d.amelia, on) })
	}
	freeze(true)
	for name, out := range map[string]map[string]any{
		"refresh token":      d.refresh(refresh, "s3cret"),
		"code":               d.exchange(code, "s3cret"),
		"client credentials": d.token("grant_type", "client_credentials", "client_secret", "s3cret"),
	} {
		t.Run(name, func(t *testing.T) { wantError(t, out, "invalid_grant", "inactive user") })
	}
	w = d.send("/secur/frontdoor.jsp", "", url.Values{"otp": {otp}})
	if w.Code != http.StatusUnauthorized || strings.Contains(w.Header().Get("Set-Cookie"), "sid=") {
		t.Errorf("a single-use password: %d %v", w.Code, w.Header())
	}
	freeze(false)
	if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil {
		t.Errorf("let in again: %v", out)
	}
}
