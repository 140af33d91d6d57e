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

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
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
		Who: func(_ context.Context, session, pageUser string) (User, error) {
			switch {
			case session == "unread":
				return User{}, errors.New("the store does not answer")
			case session != "good":
				return User{}, fault.New(fault.Unsigned, nil, "no session")
			case pageUser != "005":
				return User{}, ErrOtherUser
			}
			return User{ID: "005", Name: "Amelia", Session: "s"}, nil
		},
		Welcome: func(context.Context, string) (wire.Welcome, error) {
			return wire.Welcome{CCPURL: "http://ccp", Settings: wire.Settings{Region: "us-east-1"}}, nil
		},
		Keep: func(_ context.Context, _, _ string, e wire.Event) error {
			if e.Key == joined {
				return nil
			}
			if d.fail.Load() {
				return &fact.Refused{Reason: "full", After: time.Second}
			}
			d.kept <- e
			return nil
		},
		Sees: func(context.Context, string, string, wire.Sees) error {
			return &Noticed{wire.Notice{Level: "error", Text: "somebody else is bound"}, ErrOtherAgent}
		},
	})
	server := httptest.NewServer(d.hub)
	d.url = strings.Replace(server.URL, "http", "ws", 1)
	t.Cleanup(func() { d.hub.Close(); server.Close() })
	return d
}

type client struct {
	t     *testing.T
	conn  *websocket.Conn
	early []wire.ToPage // that it got while it joined
}

func (d *desk) dial(t *testing.T, from string) (*websocket.Conn, *http.Response, error) {
	t.Helper()
	return websocket.Dial(t.Context(), d.url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {from}}})
}

// open connects a page that is in front and reads its welcome.
func (d *desk) open(t *testing.T, page string) *client {
	return d.openAt(t, page, wire.Front{Visible: true})
}

func (d *desk) openAt(t *testing.T, page string, front wire.Front) *client {
	t.Helper()
	return d.openAs(t, "005", page, front)
}

func (d *desk) openAs(t *testing.T, user, page string, front wire.Front) *client {
	t.Helper()
	conn, _, err := d.dial(t, origin)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	c := &client{t: t, conn: conn}
	c.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "good", User: user, Page: page, Front: front,
		Capabilities: []string{wire.Console, wire.Telephony}}})
	if m := c.receive(); m.Welcome == nil || m.Welcome.Agent != "Amelia" {
		t.Fatalf("welcome: %+v", m)
	}
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: joined}})
	var early []wire.ToPage
	for m := c.receive(); m.Ack == nil || m.Ack.Key != joined; m = c.receive() {
		early = append(early, m)
	}
	c.early = early
	return c
}

// joined is the key of an event by which a page knows that it has joined: it is welcomed a moment before.
const joined = "joined"

// answers reads a command, which must be of an id, and answers it.
func (c *client) answers(id, outcome string) wire.Command {
	c.t.Helper()
	m := c.receive()
	if m.Command == nil || m.Command.ID != id {
		c.t.Fatalf("got %+v, want the command %s", m, id)
	}
	c.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: id, Outcome: outcome, Error: "because"}})
	return *m.Command
}

// do has a command carried out, and gives its outcome in the end.
func (d *desk) do(t *testing.T, ctx context.Context, id, kind string) <-chan string {
	t.Helper()
	end := make(chan string, 1)
	go func() {
		a, err := d.hub.Do(ctx, "005", wire.Command{ID: id, Body: wire.CommandBody{Type: kind}})
		if err != nil {
			a.Outcome = err.Error()
		}
		end <- a.Outcome
	}()
	return end
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
	if len(c.early) > 0 {
		m := c.early[0]
		c.early = c.early[1:]
		return m
	}
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

func TestFactsAreAcknowledgedOnceKept(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p1")
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "a"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Key != "a" {
		t.Errorf("answer %+v, want an acknowledgement of a", m)
	}
	if e := <-d.kept; e.Key != "a" {
		t.Errorf("kept %+v", e)
	}
	d.fail.Store(true)
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "b"}})
	if m := c.receive(); m.Refusal == nil || m.Refusal.Key != "b" || m.Refusal.Reason != "full" || m.Refusal.RetryAfter != 1000 {
		t.Errorf("answer %+v, want a refusal of b", m)
	}
	c.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{}})
	if m := c.receive(); m.Notice == nil || m.Notice.Text != "somebody else is bound" {
		t.Errorf("answer %+v, want the notice", m)
	}
}

func TestACommandGoesToTheTabInFront(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	hidden := d.openAt(t, "hidden", wire.Front{TouchedAgo: 0})
	visible := d.openAt(t, "visible", wire.Front{Visible: true, TouchedAgo: 60_000})
	end := d.do(t, t.Context(), "1", "screenPop")
	visible.answers("1", wire.OutcomeDone)
	<-end
	hidden.send(wire.FromPage{Type: "front", Front: &wire.Front{Visible: true, TouchedAgo: 10}})
	hidden.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "sync"}})
	hidden.receive() // so that the front is known
	end = d.do(t, t.Context(), "2", "screenPop")
	hidden.answers("2", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("outcome %s", got)
	}
}

func TestWhatMayBeRepeatedGoesToTheNextPage(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	other := d.openAt(t, "other", wire.Front{})
	front := d.open(t, "front")
	end := d.do(t, t.Context(), "1", "screenPop")
	if m := front.receive(); m.Command == nil || m.Command.Again {
		t.Fatalf("the page in front got %+v", m)
	}
	_ = front.conn.CloseNow() // it goes before it answers
	if c := other.answers("1", wire.OutcomeDone); !c.Again {
		t.Error("the next page does not know that it is not the first")
	}
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("outcome %s", got)
	}
}

// A page goes away with a command that nobody wants any more: the next one only says what became of it, and does not begin it.
func TestWhatIsGivenUpIsBegunByNobodyElse(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	other := d.openAt(t, "other", wire.Front{})
	front := d.open(t, "front")
	end := d.do(t, t.Context(), "1", "screenPop")
	if m := front.receive(); m.Command == nil || m.Command.IfRemembered {
		t.Fatalf("the page in front got %+v", m)
	}
	if !d.hub.GiveUp("005", "1") {
		t.Error("the page in front has it in hand")
	}
	_ = front.conn.CloseNow()
	if c := other.answers("1", wire.OutcomeUnable); !c.IfRemembered || !c.Again {
		t.Errorf("the other page is asked %+v", c)
	}
	if got := <-end; got != wire.OutcomeRefused {
		t.Errorf("outcome %s", got)
	}
}

func TestWhatMustNotBeRepeatedWaitsForItsPage(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	other := d.openAt(t, "other", wire.Front{})
	front := d.open(t, "front")
	end := d.do(t, t.Context(), "1", "dial")
	if m := front.receive(); m.Command == nil || m.Command.Again {
		t.Fatalf("the page in front got %+v", m)
	}
	_ = front.conn.CloseNow()
	back := d.open(t, "front") // the same page, by a new socket
	if c := back.answers("1", wire.OutcomeUnknown); !c.Again {
		t.Error("it is told as if for the first time")
	}
	if got := <-end; got != wire.OutcomeUnknown {
		t.Errorf("outcome %s", got)
	}
	other.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "sync"}})
	if m := other.receive(); m.Ack == nil {
		t.Errorf("the other page was asked: %+v", m)
	}
}

func TestAPageThatIsNotAbleLeavesItToAnother(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	other := d.openAt(t, "other", wire.Front{})
	front := d.open(t, "front")
	end := d.do(t, t.Context(), "1", "dial")
	front.answers("1", wire.OutcomeUnable)
	if c := other.answers("1", wire.OutcomeDone); c.Again {
		t.Error("nobody has begun it")
	}
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("outcome %s", got)
	}
	end = d.do(t, t.Context(), "2", "dial")
	front.answers("2", wire.OutcomeUnable)
	other.answers("2", wire.OutcomeUnable)
	if got := <-end; got != wire.OutcomeRefused {
		t.Errorf("when nobody is able: %s", got)
	}
}

// What a CRM user's rules and flows ask of the contact centre must not be done to whoever else is signed in there.
func TestAPageThatSpeaksForAnotherAgentIsAskedForNothingAtTheContactCentre(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	front := d.open(t, "front")
	front.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{}})
	front.receive()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got := <-d.do(t, ctx, "1", "setStatus"); got != ErrNoPage.Error() {
		t.Errorf("it was asked: %s", got)
	}
	end := d.do(t, t.Context(), "2", "omni")
	front.answers("2", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("the console was not asked: %s", got)
	}
}

// Whoever asked says in words of their own what the pages lack.
func TestWhyNoPageIsAbleIsToldWithItsCode(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	front := d.open(t, "front")
	end := make(chan Answer, 1)
	go func() {
		answer, _ := d.hub.Do(t.Context(), "005", wire.Command{ID: "1", Body: wire.CommandBody{Type: "dial"}})
		end <- answer
	}()
	front.receive()
	front.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: "1", Outcome: wire.OutcomeUnable, Error: "because", Code: "c"}})
	if got := <-end; got.Outcome != wire.OutcomeRefused || got.Code != "c" || got.Error != "because" {
		t.Errorf("%+v", got)
	}
}

func TestAResultCountsOnlyFromWhoWasAsked(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	other := d.openAt(t, "other", wire.Front{})
	front := d.open(t, "front")
	end := d.do(t, t.Context(), "1", "dial")
	if m := front.receive(); m.Command == nil {
		t.Fatalf("got %+v", m)
	}
	other.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: "1", Outcome: wire.OutcomeDone}})
	other.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "sync"}})
	other.receive()
	front.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: "1", Outcome: wire.OutcomeRefused}})
	if got := <-end; got != wire.OutcomeRefused {
		t.Errorf("outcome %s", got)
	}
}

func TestAPageThatDoesNotAnswer(t *testing.T) {
	for kind, want := range map[string]string{"dial": wire.OutcomeUnknown, "screenPop": wire.OutcomeRefused} {
		t.Run(kind, func(t *testing.T) {
			leak.Check(t)
			clk := clock.NewFake(time.Unix(0, 0))
			d := newDesk(t)
			d.hub.cfg.Clock = clk
			c := d.open(t, "p")
			end := d.do(t, t.Context(), "1", kind)
			if m := c.receive(); m.Command == nil {
				t.Fatalf("got %+v", m)
			}
			clk.Advance(time.Minute)
			if got := <-end; got != want {
				t.Errorf("outcome %s, want %s", got, want)
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	end := d.do(t, ctx, "1", "screenPop")
	cancel()
	if got := <-end; got != ErrNoPage.Error() {
		t.Errorf("outcome %s", got)
	}
}

func TestASessionThatEndsTakesItsSocketsWithIt(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	c := d.open(t, "p")
	d.hub.SignOut("005", "another")
	d.hub.SignOut("005", "s")
	if _, _, err := c.conn.Read(t.Context()); websocket.CloseStatus(err) != wire.CloseSignIn {
		t.Errorf("closed with %v", err)
	}
}

// That it takes a while to find out for whom a page speaks delays nothing that it tells, and is told and minded when it is found out.
func TestAPageThatSpeaksForAnotherAgentIsFoundOutLate(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	found := make(chan struct{})
	d.hub.cfg.Sees = func(context.Context, string, string, wire.Sees) error { return nil }
	d.hub.cfg.Speaks = func(ctx context.Context, _ string, agent wire.Agent) error {
		select {
		case <-found:
			return &Noticed{wire.Notice{Level: "error", Text: agent.Username + " is somebody else"}, ErrOtherAgent}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c := d.open(t, "p")
	c.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: wire.Agent{Username: "bob"}}})
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "k"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Key != "k" {
		t.Fatalf("%+v", m)
	}
	close(found)
	if m := c.receive(); m.Notice == nil || m.Notice.Text != "bob is somebody else" {
		t.Fatalf("%+v", m)
	}
	limited, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if got := <-d.do(t, limited, "1", "dial"); got != ErrNoPage.Error() {
		t.Errorf("it was asked to dial: %s", got)
	}
}

// What is found out late is of the agent for whom the page spoke then: by now it may speak for its own.
func TestAFindingThatIsOvertakenSaysNothing(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	found, told := make(chan struct{}), make(chan struct{})
	d.hub.cfg.Sees = func(context.Context, string, string, wire.Sees) error { return nil }
	d.hub.cfg.Speaks = func(ctx context.Context, _ string, agent wire.Agent) error {
		if agent.Username == "amelia" {
			return nil
		}
		defer close(told)
		select {
		case <-found:
		case <-ctx.Done():
		}
		return &Noticed{wire.Notice{Level: "error", Text: agent.Username + " is somebody else"}, ErrOtherAgent}
	}
	c := d.open(t, "p")
	for _, agent := range []string{"bob", "amelia"} {
		c.send(wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: wire.Agent{Username: agent}}})
	}
	c.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: "k"}})
	if m := c.receive(); m.Ack == nil || m.Ack.Key != "k" {
		t.Fatalf("%+v", m)
	}
	close(found)
	<-told
	limited, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, body, err := c.conn.Read(limited); err == nil {
		t.Errorf("the page hears %s", body)
	}
	d.hub.mu.Lock()
	defer d.hub.mu.Unlock()
	if p := d.hub.users["005"]; p != nil && p.pages[0].others {
		t.Error("it is asked for nothing, though it speaks for its own agent")
	}
}

// Who ends a session tells the pages that are there. One that is just being greeted is not, and would stay, of nobody.
func TestASessionThatEndsWhileAPageIsGreeted(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	welcome := d.hub.cfg.Welcome
	d.hub.cfg.Welcome = func(ctx context.Context, userID string) (wire.Welcome, error) {
		d.hub.SignOut("005", "another")
		d.hub.SignOut("005", "s")
		return welcome(ctx, userID)
	}
	conn, _, err := d.dial(t, origin)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	c := &client{t: t, conn: conn}
	c.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: "good", User: "005", Page: "p"}})
	limited, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	for err == nil { // it may be welcomed before
		_, _, err = conn.Read(limited)
	}
	if websocket.CloseStatus(err) != wire.CloseSignIn {
		t.Errorf("closed with %v", err)
	}
	d.hub.Close() // waits for the greeting
	if g := &d.hub.greetings; len(g.over) != 0 || g.n != 0 {
		t.Errorf("%d sessions are remembered, %d pages greeted", len(g.over), g.n)
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
		{"a bad session has to sign in", `{"type":"hello","hello":{"version":4,"session":"bad","user":"005","page":"p"}}`, wire.CloseSignIn},
		{"a session that cannot be looked up is kept",
			`{"type":"hello","hello":{"version":4,"session":"unread","user":"005","page":"p"}}`, websocket.StatusTryAgainLater},
		{"another user's page", `{"type":"hello","hello":{"version":4,"session":"good","user":"006","page":"p"}}`, wire.CloseOtherUser},
		{"a page of another version", `{"type":"hello","hello":{"version":1,"session":"good","page":"p"}}`, wire.CloseVersion},
		{"a page of a later version", `{"type":"hello","hello":{"version":5,"session":"good","page":"p"}}`, wire.CloseVersion},
		{"something else than hello ends the socket", `{"type":"event","event":{"key":"k"}}`, websocket.StatusPolicyViolation},
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
