package socket

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
)

func TestResultsThatNobodyAskedForOrKnows(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p")
	for _, id := range []string{"never", "", strings.Repeat("x", 10_000)} {
		c.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: id, Outcome: wire.OutcomeDone}})
	}
	end := d.do(t, t.Context(), "1", "dial")
	c.answers("1", "perhaps")
	if got := <-end; got != wire.OutcomeUnknown {
		t.Errorf("a word that nobody knows counts as %s", got)
	}
	end = d.do(t, t.Context(), "2", "screenPop")
	m := c.receive()
	for range 3 {
		c.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeDone}})
	}
	c.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeUnable}})
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("told thrice: %s", got)
	}
	if d.hub.GiveUp("005", "2") {
		t.Error("it is not forgotten")
	}
}

// An event of a form that is not known is refused by its key: the socket stays, and what is behind it is told.
func TestAnEventThatCannotBeReadBlocksNothing(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p")
	for _, event := range []string{
		`{"key":"a","age":1.5}`, `{"key":"a","age":1e300}`, `{"key":"a","contact":[]}`, `{"key":"a","payload":1,"agent":7}`,
	} {
		if err := c.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":"event","event":`+event+`}`)); err != nil {
			t.Fatal(err)
		}
		if m := c.receive(); m.Refusal == nil || m.Refusal.Key != "a" || m.Refusal.Reason != "malformed" || m.Refusal.RetryAfter != 0 {
			t.Errorf("%s: %+v", event, m)
		}
	}
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "b"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Key != "b" {
		t.Errorf("behind it: %+v", m)
	}
}

// A user has so many pages; one that comes back is none more, and another user's may have the same id.
func TestAUserHasSoManyPages(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	who := d.hub.cfg.Who
	d.hub.cfg.Who = func(ctx context.Context, session, pageUser string) (User, error) {
		if session == "other" {
			return User{ID: "006", Name: "Amelia", Session: "o"}, nil
		}
		return who(ctx, session, pageUser)
	}
	for i := range maxPages {
		d.open(t, fmt.Sprint("p", i))
	}
	back := d.open(t, "p3")
	back.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "a"}})
	if m := back.receive(); m.Ack == nil {
		t.Errorf("it has come back: %+v", m)
	}
	more, _, err := d.dial(t, origin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = more.CloseNow() })
	c := &client{t: t, conn: more}
	c.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "good", User: "005", Page: "more"}})
	for err == nil {
		_, _, err = more.Read(t.Context())
	}
	if websocket.CloseStatus(err) != websocket.StatusTryAgainLater {
		t.Errorf("one page more: %v", err)
	}
	conn, _, err := d.dial(t, origin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	other := &client{t: t, conn: conn}
	other.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "other", User: "006", Page: "p3",
		Front: wire.Front{Visible: true}, Capabilities: []string{wire.Console, wire.Telephony}}})
	other.receive()
	end := d.do(t, t.Context(), "1", "dial")
	other.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: "1", Outcome: wire.OutcomeDone}})
	other.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "sync"}})
	if m := other.receive(); m.Ack == nil {
		t.Errorf("another user's page was asked: %+v", m)
	}
	select {
	case got := <-end:
		t.Errorf("another user's page ended it: %s", got)
	default:
	}
}

// A page that tells where it stands a thousand times a second, or lists without end, keeps no other one waiting.
func TestAPageThatTalksWithoutEndStarvesNobody(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	quiet := d.open(t, "quiet")
	var list []wire.Contact
	for i := range 1500 {
		list = append(list, wire.Contact{ContactID: fmt.Sprint(i)})
	}
	loud, stop := d.openAt(t, "loud", wire.Front{}), make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		front, _ := json.Marshal(wire.FromPage{Type: "front", Front: &wire.Front{TouchedAgo: 1 << 60}})
		sees, _ := json.Marshal(wire.FromPage{Type: "sees", Sees: &wire.Sees{Contacts: list[:400]}})
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			message := front
			if i%100 == 0 {
				message = sees
			}
			if loud.conn.Write(t.Context(), websocket.MessageText, message) != nil {
				return // it does not read what it is told, and was cut off
			}
		}
	})
	for i := range 200 {
		id := fmt.Sprint(i)
		began := time.Now()
		end := d.do(t, t.Context(), id, "screenPop")
		quiet.answers(id, wire.OutcomeDone)
		if got := <-end; got != wire.OutcomeDone {
			t.Fatalf("outcome %s", got)
		}
		if took := time.Since(began); took > time.Second {
			t.Fatalf("it took %v", took)
		}
	}
	close(stop)
	_ = loud.conn.CloseNow()
	work.Wait()
}

// A page that was asked and is away for longer than it may take is asked again when it is back; the caller bounds that.
func TestAPageThatIsAwayForLongIsAskedAgain(t *testing.T) {
	leak.Check(t)
	clk := clock.NewFake(time.Unix(0, 0))
	d := newDesk(t)
	d.hub.cfg.Clock = clk
	page := d.open(t, "p")
	end := d.do(t, t.Context(), "1", "screenPop")
	if m := page.receive(); m.Command == nil {
		t.Fatalf("got %+v", m)
	}
	_ = page.conn.CloseNow()
	for d.hub.Connected() > 0 {
		time.Sleep(time.Millisecond) // nothing else tells that it has gone
	}
	clk.Advance(40 * time.Second)
	page = d.open(t, "p")
	if c := page.answers("1", wire.OutcomeDone); !c.Again {
		t.Error("it is told as if for the first time")
	}
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("outcome %s", got)
	}
}

// Pages come and go, answer or not, while commands are asked and given up: each ends, none is begun twice, and nothing is left behind.
func TestPagesThatComeAndGo(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	begun := sync.Map{} // ids of dials that were given to a page as new
	ctx, stop := context.WithCancel(t.Context())
	var pages, commands sync.WaitGroup
	for i := range 6 {
		pages.Go(func() {
			for round := 0; ctx.Err() == nil; round++ {
				d.wander(ctx, t, fmt.Sprint("p", (i+round)%8), &begun)
			}
		})
	}
	for worker := range 8 {
		commands.Go(func() {
			for i := range 40 {
				kind := []string{"dial", "screenPop", "log"}[i%3]
				limited, cancel := context.WithTimeout(ctx, time.Duration(rand.IntN(60))*time.Millisecond)
				_, _ = d.hub.Do(limited, "005", wire.Command{ID: fmt.Sprint(worker, "-", i), Body: wire.CommandBody{Type: kind}})
				cancel()
			}
		})
	}
	commands.Wait()
	stop()
	pages.Wait()
	d.hub.Close()
	if len(d.hub.users) != 0 {
		t.Errorf("%d users are left", len(d.hub.users))
	}
}

// wander is a page that joins, deals with some commands and goes.
func (d *desk) wander(ctx context.Context, t *testing.T, id string, begun *sync.Map) {
	conn, _, err := d.dial(t, origin)
	if err != nil {
		return
	}
	defer conn.CloseNow()
	say := func(m wire.FromPage) {
		body, _ := json.Marshal(m)
		_ = conn.Write(ctx, websocket.MessageText, body)
	}
	say(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "good", User: "005", Page: id,
		Front: wire.Front{Visible: rand.IntN(2) == 0}, Capabilities: []string{wire.Console, wire.Telephony}}})
	limited, cancel := context.WithTimeout(ctx, time.Duration(rand.IntN(80))*time.Millisecond)
	defer cancel()
	for range rand.IntN(10) {
		_, body, err := conn.Read(limited)
		var m wire.ToPage
		if err != nil || json.Unmarshal(body, &m) != nil {
			return
		}
		if m.Command == nil {
			continue
		}
		outcome := []string{wire.OutcomeDone, wire.OutcomeRefused, ""}[rand.IntN(3)]
		if c := m.Command; c.Body.Type == "dial" && !c.Again {
			if _, twice := begun.LoadOrStore(c.ID, true); twice {
				t.Errorf("%s was begun twice", c.ID)
			}
		}
		if outcome != "" {
			say(wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: outcome}})
		}
	}
}
