package socket

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// lefts hears of users who have no page.
func (d *desk) lefts() chan bool {
	heard := make(chan bool, 10)
	d.hub.cfg.Left = func(_ string, goodbye bool) { heard <- goodbye }
	return heard
}

func (d *desk) goodbye(from, body string) int {
	r := httptest.NewRequest(http.MethodPost, "/goodbye", strings.NewReader(body))
	r.Header.Set("Origin", from)
	w := httptest.NewRecorder()
	d.hub.Goodbye(w, r)
	return w.Code
}

// untilPages waits until the agent has so many pages.
func (d *desk) untilPages(n int) {
	for d.hub.Pages("005") != n {
		time.Sleep(time.Millisecond) // nothing else tells that one has gone
	}
}

const ofA = `{"session":"good","user":"005","page":"a"}`

func TestAUserWithoutAPageIsMissed(t *testing.T) {
	d := newDesk(t)
	left := d.lefts()
	came := make(chan string, 10)
	d.hub.cfg.Came = func(user string) { came <- user }
	a, b := d.open(t, "a"), d.open(t, "b")
	if len(came) != 1 {
		t.Errorf("came %d times", len(came))
	}
	if code := d.goodbye(origin, ofA); code != http.StatusNoContent {
		t.Errorf("goodbye: %d", code)
	}
	_ = a.conn.CloseNow()
	d.untilPages(1)
	if len(left) != 0 {
		t.Error("missed while another page is there")
	}
	_ = b.conn.CloseNow()
	if goodbye := <-left; goodbye {
		t.Error("the last page was cut off and counts as closed")
	}
	if d.goodbye(origin, `{"session":"good","user":"005","page":"b"}`); !<-left {
		t.Error("a goodbye that comes after the end of the socket is lost")
	}
	c := d.open(t, "a")
	d.goodbye(origin, ofA)
	if _ = c.conn.CloseNow(); !<-left {
		t.Error("the page said goodbye")
	}
}

// A page that must sign in again is there all the same.
func TestAPageThatMustSignInIsNotMissed(t *testing.T) {
	d := newDesk(t)
	left := d.lefts()
	a := d.open(t, "a")
	d.hub.SignOut("005", "s")
	if _, _, err := a.conn.Read(t.Context()); websocket.CloseStatus(err) != wire.CloseSignIn {
		t.Errorf("closed with %v", err)
	}
	d.untilPages(0)
	if len(left) != 0 {
		t.Error("missed")
	}
}

func TestWhoMaySayGoodbye(t *testing.T) {
	d := newDesk(t)
	left := d.lefts()
	for _, tc := range []struct {
		name, from, body string
		want             int
	}{
		{"a foreign origin", "http://elsewhere.example", ofA, http.StatusForbidden},
		{"no JSON", origin, "bye", http.StatusBadRequest},
		{"no page", origin, `{"session":"good","user":"005"}`, http.StatusBadRequest},
		{"too long", origin, `{"page":"` + strings.Repeat("x", 5000) + `"}`, http.StatusBadRequest},
		{"no session", origin, `{"session":"bad","user":"005","page":"a"}`, http.StatusUnauthorized},
		{"another user's", origin, `{"session":"good","user":"006","page":"a"}`, http.StatusForbidden},
	} {
		if code := d.goodbye(tc.from, tc.body); code != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, code, tc.want)
		}
	}
	if len(left) != 0 {
		t.Error("somebody is missed")
	}
}
