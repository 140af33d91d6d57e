package socket

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
)

const origin = "http://pages.example"

// desk is a hub on a server, with the events it kept.
type desk struct {
	hub  *Hub
	url  string
	kept chan wire.Event
	fail atomic.Bool // keeping fails
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{kept: make(chan wire.Event, 100)}
	d.hub = NewHub(Config{
		Origins: []string{origin}, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Who: func(_ context.Context, session string) (User, error) {
			if session != "good" {
				return User{}, errors.New("no session")
			}
			return User{ID: "005", Name: "Amelia"}, nil
		},
		Settings: func(context.Context, string) (string, wire.Settings, error) {
			return "http://ccp", wire.Settings{Region: "us-east-1"}, nil
		},
		Keep: func(_ context.Context, _, _ string, e wire.Event) error {
			if d.fail.Load() {
				return errors.New("disk full")
			}
			d.kept <- e
			return nil
		},
	})
	server := httptest.NewServer(d.hub)
	d.url = strings.Replace(server.URL, "http", "ws", 1)
	t.Cleanup(func() { d.hub.Close(); server.Close() })
	return d
}

type client struct {
	t    *testing.T
	conn *websocket.Conn
}

func (d *desk) dial(t *testing.T, from string) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	return websocket.Dial(t.Context(), d.url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {from}}})
}

// open connects a page and reads its welcome.
func (d *desk) open(t *testing.T, page string) *client {
	t.Helper()
	conn, _, err := d.dial(t, origin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	c := &client{t, conn}
	c.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "good", Page: page}})
	if m := c.receive(); m.Welcome == nil || m.Welcome.Agent != "Amelia" {
		t.Fatalf("welcome: %+v", m)
	}
	return c
}

func (c *client) send(m wire.FromPage) {
	c.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.conn.Write(c.t.Context(), websocket.MessageText, body); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) receive() wire.ToPage {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	_, body, err := c.conn.Read(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	var m wire.ToPage
	if err := json.Unmarshal(body, &m); err != nil {
		c.t.Fatal(err)
	}
	return m
}

func TestEventsAreAcknowledgedOnceKept(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p1")
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Seq: 1, Key: "a"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Seq != 1 {
		t.Errorf("answer %+v, want an acknowledgement of 1", m)
	}
	if e := <-d.kept; e.Key != "a" {
		t.Errorf("kept %+v", e)
	}
	d.fail.Store(true)
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Seq: 2, Key: "b"}})
	if _, _, err := c.conn.Read(t.Context()); err == nil {
		t.Error("an event that could not be kept was answered")
	}
}

func TestACommandIsCarriedOutByWhoeverComesBack(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	first := d.open(t, "p1")
	done := make(chan string, 1)
	go func() {
		value, err := d.hub.Do(t.Context(), "005", "pop-1", wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{RecordID: "003"}})
		if err != nil {
			done <- err.Error()
			return
		}
		done <- string(value)
	}()
	if m := first.receive(); m.Command == nil || m.Command.ID != "pop-1" {
		t.Fatalf("first page got %+v", m)
	}
	_ = first.conn.CloseNow() // the page reloads before it answers
	second := d.open(t, "p2")
	if m := second.receive(); m.Command == nil || m.Command.ID != "pop-1" || m.Command.Body.ScreenPop.RecordID != "003" {
		t.Fatalf("second page got %+v", m)
	}
	second.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: "pop-1", OK: true, Value: json.RawMessage(`"done"`)}})
	if got := <-done; got != `"done"` {
		t.Errorf("result %s", got)
	}
}

func TestARefusalIsToldApartFromSilence(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := d.hub.Do(ctx, "005", "x", wire.CommandBody{Type: "dial"}); !errors.Is(err, ErrNoPage) {
		t.Errorf("with nobody there: %v, want ErrNoPage", err)
	}
	c := d.open(t, "p1")
	done := make(chan error, 1)
	go func() {
		_, err := d.hub.Do(t.Context(), "005", "y", wire.CommandBody{Type: "dial"})
		done <- err
	}()
	id := c.receive().Command.ID
	c.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: id, Error: "busy"}})
	if refused, ok := errors.AsType[*Refused](<-done); !ok || refused.Reason != "busy" {
		t.Errorf("refused = %v", refused)
	}
}

func TestStrangersAreRefused(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	t.Run("a foreign origin gets 403", func(t *testing.T) {
		_, resp, err := d.dial(t, "http://evil.example")
		if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
			t.Errorf("err %v, response %v", err, resp)
		}
	})
	for _, tc := range []struct {
		name, say string
		want      websocket.StatusCode
	}{
		{"a bad session has to sign in", `{"type":"hello","hello":{"session":"bad","page":"p"}}`, StatusSignIn},
		{"something else than hello ends the socket", `{"type":"event","event":{"seq":1}}`, websocket.StatusPolicyViolation},
		{"junk ends the socket", `{{{`, websocket.StatusPolicyViolation},
	} {
		t.Run(tc.name, func(t *testing.T) {
			conn, _, err := d.dial(t, origin)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.CloseNow()
			if err := conn.Write(t.Context(), websocket.MessageText, []byte(tc.say)); err != nil {
				t.Fatal(err)
			}
			if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != tc.want {
				t.Errorf("closed with %v, want %d", err, tc.want)
			}
		})
	}
	t.Run("a message beyond the bound ends the socket", func(t *testing.T) {
		c := d.open(t, "big")
		_ = c.conn.Write(t.Context(), websocket.MessageText, []byte(strings.Repeat("x", wire.MaxMessage+1)))
		if _, _, err := c.conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
			t.Errorf("closed with %v", err)
		}
	})
}
