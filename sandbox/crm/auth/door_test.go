package auth

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/people"
)

func TestABrowserIsHandedOverWithItsSession(t *testing.T) {
	d := newDoor(t)
	doors := New(Config{Org: d.org, Origin: origin, Clock: d.clock, Log: slog.New(slog.DiscardHandler)})
	token, err := d.org.People.CreateSession(t.Context(), people.Session{User: d.amelia, Kind: "ui"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	page := d.org.VisualforceOrigin() + "/apex/Phone?a=1&b=%2F"
	asked := httptest.NewRequest(http.MethodGet, "/visualforce/session", nil)
	if to := doors.HandOver(asked, page); to != origin+"/?startURL="+url.QueryEscape(page) {
		t.Errorf("who is not logged in goes to %s", to)
	}
	asked.AddCookie(&http.Cookie{Name: sidCookie, Value: token})
	to := doors.HandOver(asked, page)
	if !strings.HasPrefix(to, d.org.VisualforceOrigin()+DoorPath+"?code=") || strings.Contains(to, token) {
		t.Fatalf("who is logged in goes to %s", to)
	}
	enter := func(at string) *http.Response {
		w := httptest.NewRecorder()
		doors.Door(w, httptest.NewRequest(http.MethodGet, at, nil))
		return w.Result()
	}
	in := enter(to)
	if in.StatusCode != http.StatusSeeOther || in.Header.Get("Location") != "/apex/Phone?a=1&b=%2F" {
		t.Errorf("%d to %s", in.StatusCode, in.Header.Get("Location"))
	}
	cookies := in.Cookies()
	if len(cookies) != 1 || cookies[0].Value != token || !cookies[0].Secure || !cookies[0].HttpOnly || !cookies[0].Partitioned ||
		cookies[0].SameSite != http.SameSiteNoneMode {
		t.Errorf("cookies %v", cookies)
	}
	other := doors.putCode(code{user: d.amelia, client: otpClient, redirect: "/"})
	for name, at := range map[string]string{"used before": to, "none": DoorPath, "of another door": DoorPath + "?code=" + other} {
		if out := enter(at); out.StatusCode != http.StatusForbidden || len(out.Cookies()) != 0 {
			t.Errorf("a code that is %s: %d %v", name, out.StatusCode, out.Cookies())
		}
	}
}
