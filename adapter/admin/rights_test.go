package admin

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Who may ask what: an administrator and a manager everything, an agent about own calls, everybody else nothing.
func TestWhoMayAskWhat(t *testing.T) {
	d := newDesk(t)
	d.call("c-amelia", amelia, "+12065550142", nine, nil)
	d.call("c-ben", ben, "+12065550143", nine, nil)
	d.named(amelia, "Amelia Okafor", "agent")
	d.named(ben, "Ben Lee", "ben")
	all, agents := []int{200, 200, 200, 401}, []int{200, 200, 403, 401}
	for _, tc := range []struct {
		path string
		want []int // of administrator, manager, agent (Amelia), nobody
	}{
		{"me", all}, {"filters", all}, {"calls", all}, {"calls/c-amelia", all}, {"calls/c-ben", []int{200, 200, 404, 401}},
		{"calls/none", []int{404, 404, 404, 401}}, {"runs/1/steps", all}, {"runs/2/steps", []int{200, 200, 404, 401}},
		{"runs/x/steps", []int{404, 404, 404, 401}}, {"waiting", agents}, {"health", agents}, {"no/such/thing", []int{404, 404, 404, 404}},
		{"presence", agents}, {"presence/agents", agents}, {"presence/agents/" + amelia, all},
		{"presence/agents/" + ben, []int{200, 200, 404, 401}}, {"presence/agents/none", []int{404, 404, 404, 401}},
	} {
		for i, b := range []*browser{d.signIn(ada), d.signIn(miles), d.signIn(amelia), {d: d}} {
			if got := b.ask(http.MethodGet, tc.path, "", nil).Code; got != tc.want[i] {
				t.Errorf("GET %s as %d: %d, want %d", tc.path, i, got, tc.want[i])
			}
		}
	}
	for _, path := range []string{"runs/1/retry", "runs/1/drop", "bindings/x/release", "forget", "presence/try",
		"presence/agents/" + amelia + "/start"} {
		d.signIn(amelia).post(path, `{"number":"+12065550142"}`, http.StatusForbidden, nil)
		if got := (&browser{d: d}).ask(http.MethodPost, path, "", nil).Code; got != http.StatusUnauthorized {
			t.Errorf("POST %s signed out: %d", path, got)
		}
	}
}

// An agent's list and filters tell of nobody else.
func TestAnAgentSeesOwnCallsOnly(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550142", nine, nil)
	d.call("c-2", ben, "+12065550142", nine, nil)
	b := d.signIn(amelia)
	for path, want := range map[string]int{"calls": 1, "calls?number=2065550142": 1, "calls?agent=" + ben: 0, "calls?agent=" + amelia: 1} {
		var got CallList
		b.get(path, http.StatusOK, &got)
		if len(got.Calls) != want || want == 1 && got.Calls[0].ContactID != "c-1" {
			t.Errorf("%s: %+v", path, got.Calls)
		}
	}
	var f Filters
	b.get("filters", http.StatusOK, &f)
	if len(f.Agents) != 1 || f.Agents[0].UserID != amelia || len(f.Queues) != 0 {
		t.Errorf("filters %+v", f)
	}
}

func TestWithoutAPermissionSetNobodyIsLetIn(t *testing.T) {
	d := newDesk(t)
	w := httptest.NewRecorder()
	d.Admit(w, httptest.NewRequest(http.MethodGet, "/auth/callback", nil), Person{UserID: nobody, Name: "<b>N</b>"}, "")
	if w.Code != http.StatusForbidden || len(w.Result().Cookies()) != 0 || !strings.Contains(w.Body.String(), "AC_Manager") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Rights are read again within a minute; who has lost them is refused while the page is open.
func TestRightsAreLostWhileLooking(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	b.get("health", http.StatusOK, new(Health))
	if d.asked != 1 {
		t.Errorf("the org was asked %d times", d.asked)
	}
	d.rights[ada] = Rights{Own: true}
	b.get("health", http.StatusOK, new(Health))
	d.clock.Advance(rightsFor)
	b.get("health", http.StatusForbidden, nil)
	b.get("calls", http.StatusOK, new(CallList))
	d.rights[ada] = Rights{}
	d.clock.Advance(rightsFor)
	b.get("calls", http.StatusForbidden, nil)
}

// While the org does not answer, whoever was let in may see why; not for ever.
func TestRightsWhileTheOrgIsSilent(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	d.silent = true
	d.clock.Advance(rightsAtMost - time.Minute)
	b.get("health", http.StatusOK, new(Health))
	d.clock.Advance(time.Minute)
	b.get("health", http.StatusServiceUnavailable, nil)
}

func TestPostsComeFromThePageAlone(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	d.named(amelia, "Amelia Okafor", "agent")
	for name, change := range map[string]func(*http.Request){
		"without the token": func(r *http.Request) { r.Header.Del(csrfHeader) },
		"another token":     func(r *http.Request) { r.Header.Set(csrfHeader, "x") },
		"another origin":    func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") },
		"no origin":         func(r *http.Request) { r.Header.Del("Origin") },
	} {
		for _, path := range []string{"bindings/x/release", "token", "sign-out", "presence/agents/" + amelia + "/start"} {
			if got := b.ask(http.MethodPost, path, "", change).Code; got != http.StatusForbidden {
				t.Errorf("%s %s: %d", path, name, got)
			}
		}
	}
	if len(d.synced) != 0 {
		t.Errorf("started all the same: %v", d.synced)
	}
	b.post("bindings/x/release", "", http.StatusNotFound, nil)
}

func TestSessionsEnd(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	if c := b.cookie; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/admin" || c.MaxAge != 8*3600 {
		t.Errorf("cookie %+v", c)
	}
	other := d.signIn(ada)
	b.post("sign-out", "", http.StatusOK, new(Done))
	b.get("me", http.StatusUnauthorized, nil)
	other.get("me", http.StatusOK, new(Me))
	d.clock.Advance(sessionLife)
	other.get("me", http.StatusUnauthorized, nil)
	other.cookie.Value = "sealed.!"
	other.get("me", http.StatusUnauthorized, nil)
}

// A token is for programs: as a cookie it is nothing, and a cookie is no token.
func TestATokenAsksForItsPerson(t *testing.T) {
	d := newDesk(t)
	d.call("c-ben", ben, "+12065550143", nine, nil)
	b := d.signIn(amelia)
	var token Token
	b.post("token", "", http.StatusOK, &token)
	as := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+value) }
	}
	program := &browser{d: d}
	for path, want := range map[string]int{"me": 200, "calls/c-ben": 404, "health": 403} {
		if got := program.ask(http.MethodGet, path, "", as(token.Token)).Code; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	if got := program.ask(http.MethodGet, "me", "", as(b.cookie.Value)).Code; got != http.StatusUnauthorized {
		t.Errorf("a cookie is taken as a token: %d", got)
	}
	if got := program.ask(http.MethodPost, "token", "", as(token.Token)).Code; got != http.StatusForbidden {
		t.Errorf("a token makes tokens: %d", got)
	}
	cookie := b.cookie.Value
	b.cookie.Value = token.Token
	b.get("me", http.StatusUnauthorized, nil)
	b.cookie.Value = cookie
	b.post("sign-out", "", http.StatusOK, new(Done))
	if got := program.ask(http.MethodGet, "me", "", as(token.Token)).Code; got != http.StatusUnauthorized {
		t.Errorf("a token outlives the sign-out of whoever made it: %d", got)
	}
}

func TestPagesAndTheirHeaders(t *testing.T) {
	d := newDesk(t)
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/admin/": {200, "page"}, "/admin/calls/c-1": {200, "page"}, "/admin/assets/a.js": {200, "1"}, "/admin/assets/b.js": {404, ""},
		"/admin/.keep": {200, "page"}, "/admin": {303, ""}, "/admin/sign-in?back=/admin/health": {302, ""},
	} {
		w := httptest.NewRecorder()
		d.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want.status || !strings.Contains(w.Body.String(), want.body) {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		csp := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'self'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func TestOnlyPathsOfThePagesAreGoneBackTo(t *testing.T) {
	for path, want := range map[string]string{
		"/admin/calls/c-1?x=1": "/admin/calls/c-1?x=1", "": defaultPlace, "//evil.example": defaultPlace, "/admin//evil.example": defaultPlace,
		"https://evil.example/admin/": defaultPlace, "/admin/../auth/start": defaultPlace, `/admin/\evil`: defaultPlace,
		"/admin/sign-in": defaultPlace, "/admin/api/me": defaultPlace,
	} {
		if got := backOf(path); got != want {
			t.Errorf("%q: %q", path, got)
		}
	}
}
