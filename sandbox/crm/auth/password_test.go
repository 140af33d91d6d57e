package auth

import (
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
)

// browser keeps cookies by path and follows nothing.
type browser struct {
	t   *testing.T
	h   http.Handler
	jar http.CookieJar
}

func open(t *testing.T) (*crm.Org, *browser) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	org, err := crmtest.Open(t, crm.Config{Dir: t.TempDir(), Clock: clock.System{}, Log: log, Origin: origin, Users: []crm.SeedUser{
		{Username: "amelia@x.example", FirstName: "Amelia", LastName: "O", Alias: "a", Password: "secret-1"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = org.Close() })
	return org, newBrowser(t, New(Config{Org: org, Origin: origin, Clock: clock.System{}, Log: log}).Handler())
}

func (b *browser) ask(method, target string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(method, origin+target, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	at := &url.URL{Scheme: "http", Host: "localhost:8080", Path: r.URL.Path}
	for _, c := range b.jar.Cookies(at) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	b.jar.SetCookies(at, w.Result().Cookies())
	return w
}

var tokenField = regexp.MustCompile(`name="token" value="([^"]+)"`)

// form opens a page and gives the token of its form with more values.
func (b *browser) form(target string, values url.Values) url.Values {
	b.t.Helper()
	page := b.ask("GET", target, nil).Body.String()
	found := tokenField.FindStringSubmatch(page)
	if found == nil {
		b.t.Fatalf("no form at %s: %s", target, page)
	}
	values.Set("token", found[1])
	return values
}

func TestForgotYourPassword(t *testing.T) {
	org, b := open(t)
	known := b.ask("POST", "/secur/forgotpassword.jsp", b.form("/secur/forgotpassword.jsp", url.Values{"un": {"amelia@x.example"}}))
	unknown := b.ask("POST", "/secur/forgotpassword.jsp", b.form("/secur/forgotpassword.jsp", url.Values{"un": {"nobody@x.example"}}))
	if known.Code != 200 || known.Code != unknown.Code || known.Body.String() != unknown.Body.String() ||
		!strings.Contains(known.Body.String(), "Check Your Email") {
		t.Errorf("%d %s\n%d %s", known.Code, known.Body, unknown.Code, unknown.Body)
	}
	if forged := newBrowser(t, b.h).ask("POST", "/secur/forgotpassword.jsp",
		url.Values{"un": {"amelia@x.example"}, "token": {"x"}}); forged.Code != http.StatusForbidden {
		t.Errorf("without the form's token: %d", forged.Code)
	}
	user, err := org.People.UserByName(t.Context(), "amelia@x.example")
	if err != nil {
		t.Fatal(err)
	}
	mail, err := org.People.Mailbox(t.Context(), user.ID)
	if err != nil || len(mail) != 1 {
		t.Fatalf("%+v, %v", mail, err)
	}
	_, rest, _ := strings.Cut(mail[0].Body, origin)
	link, _, _ := strings.Cut(rest, "\n")

	if at := b.ask("GET", link, nil); at.Code != http.StatusSeeOther || at.Header().Get("Location") != changePath {
		t.Fatalf("the link leads to %d %v", at.Code, at.Header())
	}
	change := func(password, again string) *httptest.ResponseRecorder {
		t.Helper()
		return b.ask("POST", changePath, b.form(changePath, url.Values{"newpassword": {password}, "confirmpassword": {again}}))
	}
	for _, tc := range []struct{ name, password, again, says string }{
		{"two that differ", "riding-home-1", "riding-home-2", "don&#39;t match"},
		{"one that is too short", "short-1", "short-1", "at least 8 characters"},
		{"one without a number", "ridinghome", "ridinghome", "letters and numbers"},
	} {
		if w := change(tc.password, tc.again); w.Code != http.StatusBadRequest ||
			!strings.Contains(w.Body.String(), tc.says) || strings.Contains(w.Body.String(), tc.password) {
			t.Errorf("%s: %d %s", tc.name, w.Code, w.Body)
		}
	}
	if w := b.ask("POST", changePath, url.Values{"newpassword": {"riding-home-1"}, "confirmpassword": {"riding-home-1"},
		"token": {"forged"}}); w.Code != http.StatusForbidden {
		t.Errorf("a forged form: %d", w.Code)
	}
	other := newBrowser(t, b.h) // the link opened on a second machine
	other.ask("GET", link, nil)
	late := other.form(changePath, url.Values{"newpassword": {"riding-home-2"}, "confirmpassword": {"riding-home-2"}})
	if w := change("riding-home-1", "riding-home-1"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/lightning/page/home" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if home := b.ask("GET", "/", nil); home.Header().Get("Location") != "/lightning/page/home" {
		t.Errorf("not logged in: %d %v", home.Code, home.Header())
	}
	if w := other.ask("POST", changePath, late); w.Code != http.StatusGone ||
		!strings.Contains(w.Body.String(), "expired or was already used") {
		t.Errorf("used twice: %d %s", w.Code, w.Body)
	}
	if w := newBrowser(t, b.h).ask("GET", changePath, nil); w.Code != http.StatusGone {
		t.Errorf("without a link: %d", w.Code)
	}
}

func newBrowser(t *testing.T, h http.Handler) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, h, jar}
}
