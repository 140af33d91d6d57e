package identity

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	page   = "http://pages.example"
	amelia = "005000000000001AAA"
	bob    = "005000000000002AAA"
)

// bench is sign-in with a CRM that knows one user.
type bench struct {
	*Identity
	clock     *clock.Fake
	signedOut []string
	inactive  []string                  // users who are deactivated
	askedFor  [][]string                // users of whom that was asked
	dead      func(refresh string) bool // which refresh tokens are dead; nil is none
	refusal   string                    // what the CRM says to a dead one; "" is that it has expired
	used      atomic.Int32              // how many refresh tokens were taken
	silent    error                     // the CRM does not say who is deactivated
	noAPI     bool                      // the user may not use the API
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{clock: clock.NewFake(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))}
	var crm *httptest.Server
	crm = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.FormValue("grant_type") == "refresh_token" && b.dead != nil && b.dead(r.FormValue("refresh_token")):
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, cmp.Or(b.refusal, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`))
		case strings.HasSuffix(r.URL.Path, "/token"):
			refresh := "r" + r.FormValue("code") // its access token is "a of rc"
			if r.FormValue("grant_type") == "refresh_token" {
				refresh = fmt.Sprintf("rotated %d", b.used.Add(1))
			}
			_ = json.NewEncoder(w).Encode(map[string]string{
				"access_token": "a of " + refresh, "refresh_token": refresh, "instance_url": crm.URL, "id": crm.URL + "/id/00D1/" + amelia,
			})
		case b.noAPI:
			w.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(w, `[{"errorCode":"API_CURRENTLY_DISABLED","message":"API is disabled for this User"}]`)
		case strings.HasSuffix(r.URL.Path, bob):
			_, _ = io.WriteString(w, `{"Name":"Bob Lee","Username":"bob@x.example"}`)
		default:
			_, _ = io.WriteString(w, `{"Name":"Amelia Okafor","Username":"agent@x.example"}`)
		}
	}))
	t.Cleanup(crm.Close)
	s, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	key, err := NewKey(random(32))
	if err != nil {
		t.Fatal(err)
	}
	b.Identity = New(Config{
		App:   salesforce.App{LoginURL: crm.URL, ClientID: "client", RedirectURL: "http://adapter/auth/callback"},
		Store: s, Key: key, Origins: []string{page}, Clock: b.clock, Log: slog.New(slog.DiscardHandler),
		Panel: func(context.Context, string) (Panel, error) {
			return Panel{URL: "http://ccp.example/ccp-v2/", LoginURL: "https://idp.example/?a=1&b=2", Settings: `{"region":"\"><script>"}`}, nil
		},
		Inactive: func(_ context.Context, users []string) ([]string, error) {
			b.askedFor = append(b.askedFor, users)
			return b.inactive, b.silent
		},
		SignedOut: func(user, session string) { b.signedOut = append(b.signedOut, user+" "+session) },
	})
	return b
}

func (b *bench) get(target string, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, r)
	return w.Result()
}

// started walks to the CRM and returns the state and the popup's cookie.
func (b *bench) started(t *testing.T) (state string, cookie *http.Cookie) {
	t.Helper()
	resp := b.get("/auth/start?origin=" + page)
	to, err := resp.Location()
	if err != nil {
		t.Fatal(err)
	}
	if to.Query().Get("code_challenge_method") != "S256" || len(resp.Cookies()) != 1 {
		t.Fatalf("went to %s with %v", to, resp.Cookies())
	}
	return to.Query().Get("state"), resp.Cookies()[0]
}

func TestSignIn(t *testing.T) {
	b := newBench(t)
	state, cookie := b.started(t)
	resp := b.get("/auth/callback?code=c&state="+state, cookie)
	body, _ := io.ReadAll(resp.Body)
	found := regexp.MustCompile(`data-session="([^"]+)" data-ccp="http://ccp.example/ccp-v2/" ` +
		`data-login="https://idp.example/\?a=1&amp;b=2" ` +
		`data-settings="{&#34;region&#34;:&#34;\\&#34;&gt;&lt;script&gt;&#34;}" data-origin="` + page + `"`).FindSubmatch(body)
	if resp.StatusCode != http.StatusOK || found == nil {
		t.Fatalf("%d: %s", resp.StatusCode, body)
	}
	if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") ||
		!strings.Contains(csp, "img-src data:") || !strings.Contains(string(body), `<link rel="icon" href="data:,">`) {
		t.Errorf("policy %q: the page's icon is refused, or sought at an address that does not exist", csp)
	}
	s, err := b.Who(t.Context(), string(found[1]))
	if err != nil || s.Username != "agent@x.example" || s.UserID != amelia {
		t.Errorf("who: %+v, %v", s, err)
	}
	if strings.Contains(string(s.Refresh), "rc") {
		t.Error("the refresh token is stored in the clear")
	}
	t.Run("the same state is good once", func(t *testing.T) {
		if again := b.get("/auth/callback?code=c&state="+state, cookie); again.StatusCode != http.StatusBadRequest {
			t.Errorf("second use: %d", again.StatusCode)
		}
	})
	t.Run("it ends after its life", func(t *testing.T) {
		b.clock.Advance(sessionLife + time.Second)
		if _, err := b.Who(t.Context(), string(found[1])); fault.Of(err).Kind != fault.Unsigned {
			t.Errorf("err = %v", err)
		}
	})
}

func TestSignInRefuses(t *testing.T) {
	b := newBench(t)
	state, cookie := b.started(t)
	for _, tc := range []struct {
		name, target string
		cookie       *http.Cookie
		want         int
		says         string
	}{
		{"a page from elsewhere", "/auth/start?origin=http://evil.example", nil, 403, "evil.example"},
		{"a callback without its cookie", "/auth/callback?code=c&state=" + state, nil, 400, "started elsewhere"},
		{"a made-up state", "/auth/callback?code=c&state=x", cookie, 400, "expired"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var cookies []*http.Cookie
			if tc.cookie != nil {
				cookies = append(cookies, tc.cookie)
			}
			resp := b.get(tc.target, cookies...)
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != tc.want || !strings.Contains(string(body), tc.says) {
				t.Errorf("%d: %s", resp.StatusCode, body)
			}
		})
	}
	t.Run("a sign-in that took too long", func(t *testing.T) {
		state, cookie := b.started(t)
		b.clock.Advance(signInLife)
		if resp := b.get("/auth/callback?code=c&state="+state, cookie); resp.StatusCode != 400 {
			t.Errorf("status %d", resp.StatusCode)
		}
	})
	t.Run("what the CRM says is escaped", func(t *testing.T) {
		state, cookie := b.started(t)
		resp := b.get("/auth/callback?error=access_denied&error_description=%3Cscript%3E&state="+state, cookie)
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != 403 || strings.Contains(string(body), "<script>") {
			t.Errorf("%d: %s", resp.StatusCode, body)
		}
	})
}

// A profile with minimum access lets a user sign in, and keeps the API from them.
func TestAUserWithoutTheAPIIsTold(t *testing.T) {
	b := newBench(t)
	b.noAPI = true
	state, cookie := b.started(t)
	resp := b.get("/auth/callback?code=c&state="+state, cookie)
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "API Enabled") {
		t.Errorf("%d: %s", resp.StatusCode, body)
	}
	if _, err := b.Client(t.Context(), amelia); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("the adapter acts for a user whom it gave no session: %v", err)
	}
}

// Whoever begins sign-ins and never ends them takes nothing from those who do.
func TestSignInsThatAreOnlyBegunFillNothing(t *testing.T) {
	b := newBench(t)
	state, cookie := b.started(t)
	for range 20_000 {
		b.open(page, "")
	}
	if resp := b.get("/auth/callback?code=c&state="+state, cookie); resp.StatusCode != http.StatusOK {
		t.Errorf("status %d", resp.StatusCode)
	}
}

func TestTheCookieIsSecureBehindAProxy(t *testing.T) {
	b := newBench(t)
	if _, cookie := b.started(t); cookie.Secure {
		t.Error("the cookie is secure on plain HTTP, where the browser would not send it back")
	}
	b.cfg.App.RedirectURL = "https://adapter.example/auth/callback"
	if _, cookie := b.started(t); !cookie.Secure {
		t.Error("the cookie is not secure although browsers come by TLS")
	}
}

func TestSpentStatesAreBounded(t *testing.T) {
	var s spent
	now := time.Unix(1_800_000_000, 0)
	for n := range maxSpent + 10 {
		if !s.first(fmt.Sprint(n), now) {
			t.Fatalf("%d was taken for a repeat", n)
		}
	}
	if s.first(fmt.Sprint(maxSpent), now) || len(s.at) > maxSpent || len(s.order) != len(s.at) {
		t.Errorf("%d states, %d in order", len(s.at), len(s.order))
	}
	if !s.first("later", now.Add(signInLife+time.Second)) || len(s.at) != 1 {
		t.Errorf("%d states after their life", len(s.at))
	}
}

func TestADeadRefreshTokenSignsOut(t *testing.T) {
	b := newBench(t)
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.dead = func(string) bool { return true }
	if _, err := b.renew(t.Context(), user, "a of rc"); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("renew: %v", err)
	}
	if len(b.signedOut) != 1 || b.signedOut[0] != amelia+" "+hash(session) {
		t.Errorf("signed out: %v", b.signedOut)
	}
	if _, err := b.Who(t.Context(), session); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("the session is still good: %v", err)
	}
}

func TestADeadRefreshTokenEndsItsOwnSessionOnly(t *testing.T) {
	b := newBench(t)
	desk, user, err := b.begin(t.Context(), "desk", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(time.Minute) // the session that began last is tried first
	home, _, err := b.begin(t.Context(), "home", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.dead = func(refresh string) bool { return refresh == "rhome" }
	if _, err := b.renew(t.Context(), user, "a of rhome"); err != nil {
		t.Errorf("the other session's token was not tried: %v", err)
	}
	if len(b.signedOut) != 1 || b.signedOut[0] != amelia+" "+hash(home) {
		t.Errorf("signed out: %q", b.signedOut)
	}
	if _, err := b.Who(t.Context(), desk); err != nil {
		t.Errorf("the good session is gone: %v", err)
	}
}

// What ended one session of a user may have ended them all: access tokens that the others have kept would be refused one by one, and each
// time to somebody who waits.
func TestADeadRefreshTokenHasTheOthersTried(t *testing.T) {
	b := newBench(t)
	var user string
	for _, browser := range []string{"desk", "home", "train"} {
		var err error
		if _, user, err = b.begin(t.Context(), browser, "v", ""); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(time.Minute)
	}
	b.dead = func(string) bool { return true }
	if _, err := b.renew(t.Context(), user, "a of rtrain"); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("renew: %v", err)
	}
	if len(b.signedOut) != 3 {
		t.Errorf("signed out: %q", b.signedOut)
	}
}

// With rotation a token is good once: whoever comes second with it loses the session.
func TestARotatedTokenIsUsedOnce(t *testing.T) {
	b := newBench(t)
	_, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	var seen sync.Map
	arrived, release := make(chan struct{}, 10), make(chan struct{})
	b.dead = func(refresh string) bool {
		arrived <- struct{}{}
		<-release
		_, again := seen.LoadOrStore(refresh, true)
		return again
	}
	var all sync.WaitGroup
	var refused atomic.Int32
	for range 10 {
		all.Go(func() {
			if _, err := b.renew(t.Context(), user, "a of rc"); err != nil {
				refused.Add(1)
			}
		})
	}
	<-arrived
	close(release)
	all.Wait()
	if refused.Load() != 0 || len(b.signedOut) != 0 || b.used.Load() != 1 {
		t.Errorf("%d of 10 were refused, signed out %q, %d tokens used", refused.Load(), b.signedOut, b.used.Load())
	}
}

// A page's hello lengthens the session, a renewal replaces its token; they may come at one time, and neither undoes the other.
func TestAHelloDuringARenewalKeepsTheNewToken(t *testing.T) {
	b := newBench(t)
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(2 * renewAfter)
	b.dead = func(string) bool { // the hello comes while the org makes the new token
		if _, err := b.Who(t.Context(), session); err != nil {
			t.Error(err)
		}
		return false
	}
	before, err := b.cfg.Store.SessionOf(t.Context(), user, b.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.renew(t.Context(), user, "a of rc"); err != nil {
		t.Fatal(err)
	}
	after, err := b.cfg.Store.SessionOf(t.Context(), user, b.clock.Now())
	if err != nil || !after.Expires.After(before.Expires) {
		t.Errorf("expires %s, was %s, %v: the renewal took the longer life away", after.Expires, before.Expires, err)
	}
	if token, err := b.cfg.Key.Open(after.Refresh, user); err != nil || token.Expose() != "rotated 1" {
		t.Errorf("kept %q, %v", token.Expose(), err)
	}
}

func TestKeys(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "key")
	first, err := LoadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	second, err := LoadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	sealed := first.Seal("r1", "0051")
	if got, err := second.Open(sealed, "0051"); err != nil || got.Expose() != "r1" {
		t.Errorf("reopened: %v, %v", got.Expose(), err)
	}
	if _, err := second.Open(sealed, "0052"); err == nil {
		t.Error("a token could be moved to another user")
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(file); err == nil {
		t.Error("a key that others may read was taken")
	}
	t.Setenv(KeyVariable, "c2hvcnQ=")
	if _, err := LoadKey(file); err == nil || errors.Is(err, os.ErrNotExist) {
		t.Errorf("a short key in the environment: %v", err)
	}
}

func TestKeysAreToldApart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	raw := random(32)
	key := func(body []byte) Key {
		t.Helper()
		if err := os.WriteFile(file, body, 0o600); err != nil {
			t.Fatal(err)
		}
		k, err := LoadKey(file)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	plain, text := key(raw), key([]byte(base64.StdEncoding.EncodeToString(raw)+"\n"))
	if a, b := Fingerprint(plain), Fingerprint(text); a != b || len(a) != 2*fingerprint {
		t.Errorf("one key has the fingerprints %q and %q", a, b)
	}
	if Fingerprint(plain) == Fingerprint(newKey(t)) {
		t.Error("two keys have one fingerprint")
	}
	if err := os.WriteFile(file, raw[:31], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadKey(file); err == nil {
		t.Error("a short key was taken")
	}
	t.Setenv(KeyVariable, base64.StdEncoding.EncodeToString(raw))
	if k, err := LoadKey(file); err != nil || Fingerprint(k) != Fingerprint(plain) {
		t.Errorf("the environment's: %v", err)
	}
}
