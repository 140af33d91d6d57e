package socket

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/leak"
)

// A page takes no welcome whose list is null for one: it would never be welcome while its record cannot be read.
func TestAWelcomeHasItsListWhateverIsWrong(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	d.hub.cfg.Welcome = func(context.Context, string) (wire.Welcome, error) { return wire.Welcome{}, errors.New("no record") }
	c := d.open(t, "p")
	if m := c.receive(); m.Notice == nil || m.Notice.Text != "no record" {
		t.Errorf("got %+v, want the notice", m)
	}
	d.hub.Welcome("005", wire.Welcome{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, body, err := c.conn.Read(ctx)
	if err != nil || !strings.Contains(string(body), `"wants":[]`) {
		t.Errorf("welcome %s, %v", body, err)
	}
	body, err = json.Marshal(welcomeTo(User{Name: "Amelia"}, wire.Welcome{Wants: []string{"a.b"}}))
	if err != nil || !strings.Contains(string(body), `"wants":["a.b"]`) || !strings.Contains(string(body), "Amelia") {
		t.Errorf("welcome %s, %v", body, err)
	}
}

func TestAFactOfAnotherShapeIsRefusedAndStopsNothing(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p")
	say := func(text string) {
		t.Helper()
		if err := c.conn.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	say(`{"type":"event","event":{"key":"odd","contact":{"contactId":"c","attributes":{"tier":1}}}}`)
	if m := c.receive(); m.Refusal == nil || m.Refusal.Key != "odd" || m.Refusal.Reason != "malformed" || m.Refusal.RetryAfter != 0 {
		t.Fatalf("answer %+v, want a refusal for good", m)
	}
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "next"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Key != "next" {
		t.Errorf("answer %+v, want an acknowledgement of what is behind it", m)
	}
	say(`{"type":"front","front":{"visible":1}}`)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, body, err := c.conn.Read(ctx); err == nil {
		t.Errorf("got %s, want the end of the socket", body)
	}
}
