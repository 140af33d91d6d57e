package auth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	origin   = "http://localhost:8080"
	redirect = "https://wallboard.example/back"
	verifier = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// door is a new org with the agent Amelia, who has no password, and the app Wallboard.
type door struct {
	t      *testing.T
	org    *crm.Org
	clock  *clock.Fake
	h      http.Handler
	amelia schema.RecordID
}

func newDoor(t *testing.T) *door {
	t.Helper()
	clk := clock.NewFake(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clk, Log: log, Origin: origin})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	d := &door{t: t, org: org, clock: clk, h: New(Config{Org: org, Origin: origin, Clock: clk, Log: log}).Handler()}
	d.do(func(a *crm.Actor) error {
		profiles, err := a.Query(t.Context(), "SELECT Id FROM Profile WHERE Name = 'Standard User'", false)
		if err != nil {
			return err
		}
		d.amelia, err = a.Create(t.Context(), "User", records.Values{
			"Username": "amelia@x.example", "FirstName": "Amelia", "LastName": "Okafor", "Alias": "amel",
			"Email": "amelia@x.example", "CommunityNickname": "amelia", "ProfileId": string(profiles.Records[0].ID()),
		})
		return err
	})
	d.do(func(a *crm.Actor) error {
		return deploy(t.Context(), a, clientapp.App{Name: "Wallboard", Label: "Wallboard", Enabled: true, OAuthOn: true, OAuth: clientapp.OAuth{
			Key: "key", Secret: "s3cret", Callbacks: []string{redirect}, Scopes: []string{"Api", "RefreshToken"},
			SecretForWeb: true, SecretForRefresh: true, PKCE: true,
		}, Policy: clientapp.Policy{Permitted: clientapp.AllSelfAuthorized, Refresh: clientapp.SpecificLifetime, Period: 365, Unit: "Days"}})
	})
	return d
}

func (d *door) do(f func(*crm.Actor) error) {
	d.t.Helper()
	if err := d.org.Transact(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// change is what a deployment does to the app.
func (d *door) change(f func(*clientapp.App)) {
	d.t.Helper()
	d.do(func(a *crm.Actor) error {
		app, _, err := clientapp.Find(d.t.Context(), a, "Wallboard")
		if err != nil {
			return err
		}
		f(&app)
		return deploy(d.t.Context(), a, app)
	})
}

// assign gives Amelia a permission set, and says how to take it away.
func (d *door) assign(set string) (unassign func()) {
	d.t.Helper()
	var id schema.RecordID
	d.do(func(a *crm.Actor) error {
		parent, err := a.Create(d.t.Context(), "PermissionSet", records.Values{"Name": set, "Label": set})
		if err != nil {
			return err
		}
		id, err = a.Create(d.t.Context(), "PermissionSetAssignment",
			records.Values{"PermissionSetId": string(parent), "AssigneeId": string(d.amelia)})
		return err
	})
	return func() {
		d.t.Helper()
		d.do(func(a *crm.Actor) error { return a.Delete(d.t.Context(), "PermissionSetAssignment", id) })
	}
}

// browser asks as Amelia's browser does, in which she is logged in.
func (d *door) browser(method, path string, form url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	sid, err := d.org.People.CreateSession(d.t.Context(), people.Session{User: d.amelia, Kind: "ui"}, time.Hour)
	if err != nil {
		d.t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "sid", Value: sid})
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w
}

// authorize is the first step of the web server flow, with PKCE unless more says otherwise; what comes back at the callback.
func (d *door) authorize(more ...string) url.Values {
	d.t.Helper()
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{"response_type": {"code"}, "client_id": {"key"}, "redirect_uri": {redirect}, "state": {"s"},
		"code_challenge_method": {"S256"}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	w := d.browser(http.MethodGet, "/services/oauth2/authorize?"+q.Encode(), nil)
	if w.Code == http.StatusOK { // Allow Access?
		_, rest, _ := strings.Cut(w.Body.String(), `name="code" value="`)
		key, _, _ := strings.Cut(rest, `"`)
		w = d.browser(http.MethodPost, "/services/oauth2/approve", url.Values{"code": {key}, "state": {"s"}, "allow": {"yes"}})
	}
	back, err := url.Parse(w.Header().Get("Location"))
	if err != nil || !strings.HasPrefix(back.String(), redirect) {
		d.t.Fatalf("authorize: %d %s %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	return back.Query()
}

func (d *door) token(form ...string) map[string]any {
	d.t.Helper()
	values := url.Values{"client_id": {"key"}}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "/services/oauth2/token", strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	var out map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		d.t.Fatalf("%d %s", w.Code, w.Body)
	}
	return out
}

func (d *door) exchange(code, secret string) map[string]any {
	d.t.Helper()
	return d.token("grant_type", "authorization_code", "code", code, "redirect_uri", redirect, "code_verifier", verifier,
		"client_secret", secret)
}

func (d *door) refresh(token any, secret string) map[string]any {
	d.t.Helper()
	text, _ := token.(string)
	if text == "" {
		d.t.Fatal("no refresh token")
	}
	return d.token("grant_type", "refresh_token", "refresh_token", text, "client_secret", secret)
}

// logIn is the whole web server flow.
func (d *door) logIn() map[string]any {
	d.t.Helper()
	out := d.exchange(d.authorize().Get("code"), "s3cret")
	if out["access_token"] == nil {
		d.t.Fatalf("log in: %v", out)
	}
	return out
}

func wantError(t *testing.T, got map[string]any, code, description string) {
	t.Helper()
	if got["error"] != code || got["error_description"] != description {
		t.Errorf("got %v, want %s: %s", got, code, description)
	}
}

func TestTheSecretCountsAsItIsNow(t *testing.T) {
	d := newDoor(t)
	wantError(t, d.exchange(d.authorize().Get("code"), ""), "invalid_client", "invalid client credentials")
	wantError(t, d.exchange(d.authorize().Get("code"), "wrong"), "invalid_client", "invalid client credentials")
	refresh := d.logIn()["refresh_token"]
	wantError(t, d.refresh(refresh, ""), "invalid_client", "invalid client credentials")
	d.change(func(a *clientapp.App) { a.OAuth.Secret = "new" })
	wantError(t, d.refresh(refresh, "s3cret"), "invalid_client", "invalid client credentials")
	if out := d.refresh(refresh, "new"); out["access_token"] == nil {
		t.Errorf("the new secret: %v", out)
	}
	d.change(func(a *clientapp.App) { a.OAuth.SecretForRefresh, a.OAuth.SecretForWeb = false, false })
	if out := d.refresh(refresh, ""); out["access_token"] == nil {
		t.Errorf("no secret where none is required: %v", out)
	}
	wantError(t, d.refresh(refresh, "wrong"), "invalid_client", "invalid client credentials")
	if out := d.exchange(d.authorize().Get("code"), ""); out["access_token"] == nil {
		t.Errorf("no secret where none is required: %v", out)
	}
}

func TestWhatTheSettingsLetAnAppAsk(t *testing.T) {
	d := newDoor(t)
	if got := d.authorize("code_challenge", "", "code_challenge_method",
		""); got.Get("error_description") != "missing required code challenge" || got.Get("state") != "s" {
		t.Errorf("without PKCE: %v", got)
	}
	if got := d.authorize("scope", "api web"); got.Get("error") != "invalid_scope" {
		t.Errorf("a scope that the app has not: %v", got)
	}
	if out := d.exchange(d.authorize("scope", "api").Get("code"), "s3cret"); out["scope"] != "api" || out["refresh_token"] != nil {
		t.Errorf("only api: %v", out)
	}
	d.change(func(a *clientapp.App) { a.OAuth.PKCE, a.OAuth.Scopes = false, []string{"Full", "RefreshToken"} })
	code := d.authorize("code_challenge", "", "code_challenge_method", "", "scope", "web offline_access").Get("code")
	if out := d.exchange(code, "s3cret"); out["scope"] != "web refresh_token" {
		t.Errorf("full has web: %v", out)
	}
	d.change(func(a *clientapp.App) { a.OAuth.Callbacks = []string{"https://elsewhere.example"} })
	q := url.Values{"response_type": {"code"}, "client_id": {"key"}, "redirect_uri": {redirect}}
	if w := d.browser(http.MethodGet, "/services/oauth2/authorize?"+q.Encode(), nil); w.Code != http.StatusBadRequest ||
		!strings.Contains(w.Body.String(), "redirect_uri_mismatch") {
		t.Errorf("a callback that is gone: %d", w.Code)
	}
}

func TestOnlyWhomAdministratorsLetIn(t *testing.T) {
	d := newDoor(t)
	d.change(func(a *clientapp.App) {
		a.Policy.Permitted, a.Policy.Sets = clientapp.AdminApproved, []string{"Wall"}
	})
	if got := d.authorize(); got.Get("error") != "OAUTH_APP_ACCESS_DENIED" {
		t.Errorf("without the permission set: %v", got)
	}
	unassign := d.assign("Wall")
	code := d.authorize().Get("code")
	refresh := d.logIn()["refresh_token"]
	unassign()
	wantError(t, d.exchange(code, "s3cret"), "invalid_app_access", "user is not admin approved to access this app")
	wantError(t, d.refresh(refresh, "s3cret"), "invalid_app_access", "user is not admin approved to access this app")
	if got := d.authorize(); got.Get("error") != "OAUTH_APP_ACCESS_DENIED" {
		t.Errorf("after the permission set was taken away: %v", got)
	}
	d.change(func(a *clientapp.App) { a.Policy.Profiles = []string{"Standard User"} })
	if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil {
		t.Errorf("by profile: %v", out)
	}
}

func TestRefreshTokenPolicies(t *testing.T) {
	expired := func(t *testing.T, got map[string]any) {
		t.Helper()
		wantError(t, got, "invalid_grant", "expired access/refresh token")
	}
	t.Run("after a time", func(t *testing.T) {
		d := newDoor(t)
		d.change(func(a *clientapp.App) {
			a.Policy.Refresh, a.Policy.Period, a.Policy.Unit = clientapp.SpecificLifetime, 2, "Days"
		})
		refresh := d.logIn()["refresh_token"]
		d.clock.Advance(47 * time.Hour)
		if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil || out["refresh_token"] != nil {
			t.Errorf("before: %v", out)
		}
		d.clock.Advance(time.Hour)
		expired(t, d.refresh(refresh, "s3cret"))
	})
	t.Run("if not used", func(t *testing.T) {
		d := newDoor(t)
		d.change(func(a *clientapp.App) {
			a.Policy.Refresh, a.Policy.Period, a.Policy.Unit = clientapp.SpecificInactivity, 2, "Hours"
		})
		refresh := d.logIn()["refresh_token"]
		for range 3 {
			d.clock.Advance(119 * time.Minute)
			if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil {
				t.Fatalf("used in time: %v", out)
			}
		}
		d.clock.Advance(2 * time.Hour)
		expired(t, d.refresh(refresh, "s3cret"))
	})
	t.Run("at once", func(t *testing.T) {
		d := newDoor(t)
		refresh := d.logIn()["refresh_token"]
		d.change(func(a *clientapp.App) { a.Policy.Refresh = clientapp.Zero })
		expired(t, d.refresh(refresh, "s3cret"))
	})
	t.Run("rotation makes a token good once", func(t *testing.T) {
		d := newDoor(t)
		d.change(func(a *clientapp.App) { a.OAuth.Rotate = true })
		first := d.logIn()["refresh_token"]
		second := d.refresh(first, "s3cret")["refresh_token"]
		last := d.refresh(second, "s3cret")
		access, _ := last["access_token"].(string)
		if _, err := d.org.People.Session(t.Context(), access); err != nil {
			t.Fatal(err)
		}
		expired(t, d.refresh(first, "s3cret")) // somebody has stolen it
		if _, err := d.org.People.Session(t.Context(), access); err == nil {
			t.Error("the session outlived the theft")
		}
		expired(t, d.refresh(last["refresh_token"], "s3cret"))
	})
}

func TestSessionsOfAnApp(t *testing.T) {
	d := newDoor(t)
	d.change(func(a *clientapp.App) { a.Policy.SessionMinutes = 15 })
	out := d.logIn()
	access, _ := out["access_token"].(string)
	d.clock.Advance(16 * time.Minute)
	if _, err := d.org.People.Session(t.Context(), access); err == nil {
		t.Error("the session outlived the app's timeout")
	}
	access, _ = d.refresh(out["refresh_token"], "s3cret")["access_token"].(string)
	if _, err := d.org.People.Session(t.Context(), access); err != nil {
		t.Error(err)
	}
	d.do(func(a *crm.Actor) error { _, err := clientapp.Remove(t.Context(), a, "Wallboard"); return err })
	if _, err := d.org.People.Session(t.Context(), access); err == nil {
		t.Error("the session outlived the app")
	}
	wantError(t, d.refresh(out["refresh_token"], "s3cret"), "invalid_client_id", "client identifier invalid")
}

func TestAnAppThatIsOff(t *testing.T) {
	d := newDoor(t)
	refresh := d.logIn()["refresh_token"]
	for _, off := range []func(*clientapp.App){func(a *clientapp.App) { a.Enabled = false },
		func(a *clientapp.App) { a.Enabled, a.OAuthOn = true, false }} {
		d.change(off)
		if got := d.authorize(); got.Get("error") != "OAUTH_APP_BLOCKED" {
			t.Errorf("authorize: %v", got)
		}
		wantError(t, d.refresh(refresh, "s3cret"), "OAUTH_APP_BLOCKED", "this app is blocked by admin")
	}
	d.change(func(a *clientapp.App) { a.OAuthOn = true })
	if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil {
		t.Errorf("on again: %v", out)
	}
}

func TestClientCredentials(t *testing.T) {
	d := newDoor(t)
	ask := func() map[string]any {
		return d.token("grant_type", "client_credentials", "client_secret", "s3cret")
	}
	wantError(t, ask(), "invalid_grant", "client credentials flow not enabled")
	d.change(func(a *clientapp.App) { a.OAuth.ClientCredentials = true })
	wantError(t, ask(), "invalid_grant", "no client credentials user enabled")
	d.change(func(a *clientapp.App) { a.Policy.ClientCredentials, a.Policy.RunAs = true, "amelia@x.example" })
	wantError(t, d.token("grant_type", "client_credentials"), "invalid_client", "invalid client credentials")
	out := ask()
	access, _ := out["access_token"].(string)
	if s, err := d.org.People.Session(t.Context(), access); err != nil || s.User != d.amelia ||
		out["refresh_token"] != nil || out["scope"] != "api" {
		t.Errorf("%v %v %v", out, s, err)
	}
	d.change(func(a *clientapp.App) { a.Policy.Permitted = clientapp.AdminApproved })
	wantError(t, ask(), "invalid_app_access", "user is not admin approved to access this app")
}

func TestJWTBearer(t *testing.T) {
	d := newDoor(t)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "wall"},
		NotBefore: d.clock.Now(), NotAfter: d.clock.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	assert := func(claims jwt.MapClaims) map[string]any {
		t.Helper()
		assertion, err := jwt.NewWithClaims(jwt.SigningMethodRS256, claims).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return d.token("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion)
	}
	ask := func(user string) map[string]any {
		t.Helper()
		return assert(jwt.MapClaims{"iss": "key", "sub": user, "aud": origin, "exp": d.clock.Now().Add(time.Minute).Unix()})
	}
	wantError(t, ask("amelia@x.example"), "invalid_grant", "invalid assertion")
	d.change(func(a *clientapp.App) {
		a.OAuth.Certificate = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	})
	wantError(t, ask("amelia@x.example"), "invalid_grant", "user hasn't approved this consumer")
	d.logIn() // she lets the app in herself
	if out := ask("amelia@x.example"); out["access_token"] == nil {
		t.Errorf("after she let it in: %v", out)
	}
	wantError(t, assert(jwt.MapClaims{"iss": "key", "sub": "amelia@x.example", "aud": origin}), "invalid_grant", "invalid assertion")
	millis := d.clock.Now().Add(time.Minute).UnixMilli()
	if out := assert(jwt.MapClaims{"iss": "key", "sub": "amelia@x.example", "aud": origin, "exp": millis}); out["access_token"] == nil {
		t.Errorf("an end in milliseconds, as a published client says it: %v", out)
	}
	d.change(func(a *clientapp.App) { a.Policy.Permitted, a.Policy.Sets = clientapp.AdminApproved, []string{"Wall"} })
	wantError(t, ask("amelia@x.example"), "invalid_app_access", "user is not admin approved to access this app")
	d.assign("Wall")
	if out := ask("amelia@x.example"); out["access_token"] == nil {
		t.Errorf("pre-authorised: %v", out)
	}
	freeze := func(on bool) {
		d.do(func(a *crm.Actor) error { return people.Freeze(t.Context(), a.Access, d.amelia, on) })
	}
	freeze(true)
	wantError(t, ask("amelia@x.example"), "invalid_grant", "inactive user")
	freeze(false)
	wantError(t, ask("nobody@x.example"), "invalid_grant", "user hasn't approved this consumer")
}

func TestTheCommandLineNeedsNoApp(t *testing.T) {
	c, err := newAuth(t).app(t.Context(), "PlatformCLI")
	if err != nil || c.blocked || !slices.Contains(c.scopes, "refresh_token") || !c.policy.Refreshes(time.Time{}, time.Time{}, time.Now()) {
		t.Errorf("%+v %v", c, err)
	}
}

func newAuth(t *testing.T) *Auth {
	d := newDoor(t)
	return New(Config{Org: d.org, Origin: origin, Clock: d.clock, Log: slog.New(slog.DiscardHandler)})
}
