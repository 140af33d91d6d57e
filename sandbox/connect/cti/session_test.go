package cti

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/leak"
)

func TestSigningIn(t *testing.T) {
	leak.Check(t)
	d := open(t, state(t), origin)
	b := d.browser()
	if res, _ := b.get("/ccp-v2/?x=1"); res.StatusCode != http.StatusFound ||
		res.Header.Get("Location") != "/login?destination=%2Fccp-v2%2F%3Fx%3D1" {
		t.Errorf("a stranger is sent to %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	_, wrong := b.login("amelia", "wrong")
	_, unknown := b.login("nobody", "wrong")
	if !strings.Contains(wrong, "Authentication failed") || strings.ReplaceAll(wrong, "amelia", "nobody") != unknown {
		t.Error("a wrong password and an unknown user are told apart")
	}
	for range 10 {
		b.login("omar", "wrong")
	}
	if res, locked := b.login("omar", "right"); res.StatusCode != http.StatusUnauthorized ||
		strings.ReplaceAll(locked, "omar", "nobody") != unknown {
		t.Error("a locked account is told apart")
	}
	res, _ := b.login("amelia", "right")
	cookie := cookieOf(t, res)
	if cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || !cookie.HttpOnly {
		t.Errorf("over plain HTTP the cookie is %s", cookie)
	}
	res, page := b.get("/ccp-v2/")
	csp := res.Header.Get("Content-Security-Policy")
	if page != "<p>panel" || !strings.Contains(csp, "connect-src 'self' ws://desk.example;") ||
		!strings.HasSuffix(csp, "frame-ancestors 'self' http://pages.example") {
		t.Errorf("%q under %s", page, csp)
	}
	secure := open(t, state(t), "https://desk.example")
	res, _ = secure.browser().login("amelia", "right")
	if cookie := cookieOf(t, res); !cookie.Secure || cookie.SameSite != http.SameSiteNoneMode {
		t.Errorf("behind TLS the cookie is %s", cookie)
	}
	res, _ = secure.browser().get("/login")
	if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "connect-src 'self' wss://desk.example;") {
		t.Errorf("behind TLS the policy is %s", csp)
	}
}

func cookieOf(t *testing.T, res *http.Response) *http.Cookie {
	t.Helper()
	for _, c := range res.Cookies() {
		if c.Name == sessionCookie {
			return c
		}
	}
	t.Fatal("no session cookie")
	return nil
}

func TestAttemptsAreCountedByUserAndByAddress(t *testing.T) {
	d := open(t, state(t), origin)
	b := d.browser()
	status := func(user string) int {
		res, _ := b.login(user, "wrong")
		return res.StatusCode
	}
	for range 20 {
		status("nobody")
	}
	if got := status("Nobody"); got != http.StatusTooManyRequests {
		t.Errorf("the 21st attempt: %d", got)
	}
	if res, _ := b.login("amelia", "right"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("another user: %d", res.StatusCode)
	}
	for range 20 {
		status("x" + strings.Repeat("y", 200))
	}
	if got := status("omar"); got != http.StatusTooManyRequests {
		t.Errorf("an address with 42 attempts: %d", got)
	}
	d.clock.Advance(time.Second)
	if got := status("nobody"); got != http.StatusUnauthorized {
		t.Errorf("a second later: %d", got)
	}
}

func TestLimitsForgetWhoWasQuietLongest(t *testing.T) {
	l, now := newLimits(1, 1, 2), time.Unix(0, 0)
	for _, step := range []struct {
		key  string
		want bool
	}{{"a", true}, {"a", false}, {"b", true}, {"a", false}, {"c", true}, {"a", false}, {"b", true}} {
		if got := l.allow(step.key, now); got != step.want || len(l.keys) > 2 || l.used.Len() != len(l.keys) {
			t.Fatalf("%s: %t with %d keys", step.key, got, len(l.keys))
		}
	}
}

func TestSigningOutEndsTheSessionEverywhere(t *testing.T) {
	leak.Check(t)
	s := state(t)
	d := open(t, s, origin)
	b, other := d.browser(), d.browser()
	token, elsewhere := b.signIn("amelia"), other.signIn("amelia")
	socket := d.socket(d.address(token))
	_, snap := d.ask(token, "GetAgentSnapshot", `{}`)
	held := make(chan int, 1)
	go func() {
		status, _ := d.ask(token, "GetAgentSnapshot", `{"nextToken":"`+snap["nextToken"].(string)+`","timeout":30000}`)
		held <- status
	}()
	socket.beat()
	if res, _ := b.get("/logout"); res.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", res.StatusCode)
	}
	if got := <-held; got != http.StatusUnauthorized {
		t.Errorf("the poll that was held: %d", got)
	}
	socket.closed()
	d.refused(token, "GetAgentStates", `{}`, http.StatusUnauthorized, "UnauthorizedException")
	for _, path := range []string{"/auth/authorize", "/ccp-v2/session"} {
		if res, _ := b.get(path); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	kept, err := json.Marshal(d.centre.State())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(kept, &s); err != nil {
		t.Fatal(err)
	}
	again := open(t, s, origin)
	again.refused(token, "GetAgentStates", `{}`, http.StatusUnauthorized, "UnauthorizedException")
	for _, d := range []*floor{d, again} {
		if got, _ := d.ask(elsewhere, "GetAgentStates", `{}`); got != http.StatusOK {
			t.Errorf("the other session: %d", got)
		}
	}
}

func TestTokensAreGoodForOneThing(t *testing.T) {
	d := open(t, state(t), origin)
	token := d.browser().signIn("amelia")
	address := d.address(token)
	d.refused(address[strings.Index(address, "token=")+6:], "GetAgentStates", `{}`, http.StatusUnauthorized, "UnauthorizedException")
	d.noSocket(strings.Replace(address, address[strings.Index(address, "token=")+6:], token, 1), origin)
	d.noSocket(address, "http://elsewhere.example")
	for _, bad := range []string{"", ".", "e30.", token[:len(token)-2], "x" + token, strings.Repeat("a", 60_000)} {
		d.refused(bad, "GetAgentStates", `{}`, http.StatusUnauthorized, "UnauthorizedException")
	}
	d.clock.Advance(sessionLife)
	d.refused(token, "GetAgentStates", `{}`, http.StatusUnauthorized, "UnauthorizedException")
	d.noSocket(address, origin)
}

func TestDestinationsStayWithinTheOrigin(t *testing.T) {
	for in, want := range map[string]string{
		"/ccp-v2/?a=1": "/ccp-v2/?a=1", "": "/ccp-v2/", "//evil.example": "/ccp-v2/", "https://evil.example": "/ccp-v2/",
		`/\evil.example`: "/ccp-v2/", "javascript:1": "/ccp-v2/",
	} {
		if got := local(in); got != want {
			t.Errorf("local(%q) = %q, want %q", in, got, want)
		}
	}
}
