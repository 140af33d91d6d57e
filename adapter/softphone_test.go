package adapter

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

const agentID = "005000000000001AAA"

// softphone is a page at the other end of the socket.
type softphone struct {
	t    testing.TB
	conn *websocket.Conn
}

func open(t testing.TB, server *httptest.Server, session string) *softphone {
	return openAs(t, server, session, agentID, "p")
}

func openAs(t testing.TB, server *httptest.Server, session, user, page string) *softphone {
	t.Helper()
	conn, _, err := websocket.Dial(context.Background(), strings.Replace(server.URL, "http", "ws", 1)+"/ws",
		&websocket.DialOptions{HTTPHeader: http.Header{"Origin": {pageOrigin}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	p := &softphone{t: t, conn: conn}
	p.send(wire.FromPage{Type: "hello", Hello: &wire.Hello{Version: wire.Version, Session: session, User: user, Page: page,
		Front: wire.Front{Visible: true}, Capabilities: []string{wire.Console, wire.Telephony}}})
	if m := p.until(func(m wire.ToPage) bool { return m.Welcome != nil }); m.Welcome.CCPURL == "" || !m.Welcome.Settings.ClickToDial {
		t.Fatalf("welcome %+v", m.Welcome)
	}
	return p
}

func (p *softphone) send(m wire.FromPage) {
	p.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.conn.Write(context.Background(), websocket.MessageText, body); err != nil {
		p.t.Fatal(err)
	}
}

func (p *softphone) tell(e wire.Event) { p.send(wire.FromPage{Type: "event", Event: &e}) }

func (p *softphone) until(fits func(wire.ToPage) bool) wire.ToPage {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		m, err := p.read(ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		if fits(m) {
			return m
		}
	}
}

func (p *softphone) read(ctx context.Context) (m wire.ToPage, err error) {
	_, body, err := p.conn.Read(ctx)
	if err == nil {
		err = json.Unmarshal(body, &m)
	}
	return m, err
}

// command reads until a command of a type.
func (p *softphone) command(kind string) wire.Command {
	p.t.Helper()
	return *p.until(func(m wire.ToPage) bool { return m.Command != nil && m.Command.Body.Type == kind }).Command
}

func (p *softphone) does(c wire.Command, value string) {
	p.t.Helper()
	p.send(wire.FromPage{Type: "result", Result: &wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: json.RawMessage(value)}})
}

const (
	maya     = "003000000000001AAA"
	mayaOnly = `{"003000000000001AAA":{"Id":"003000000000001AAA","Name":"Maya","RecordType":"Contact"},` +
		`"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":"003000000000001AAA"}}}`
)

// answer is what a page that finds Maya gives for a command.
func popsMaya(c wire.Command) string {
	if c.Body.Type == "search" {
		return mayaOnly
	}
	if c.Body.Type == "screenPop" {
		return string(c.Body.ScreenPop.Params) // of a record: its id
	}
	return `{}`
}

const callerNumber = "+12065550142"

func call(id string) *wire.Contact {
	return &wire.Contact{ContactID: id, InitialContactID: id, Type: "voice", State: "connecting", Inbound: true, PhoneNumber: callerNumber,
		Since: 1000}
}

// told are the events of one contact.
func connecting(id string) wire.Event {
	return wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: id + ":onConnecting:1000", Contact: call(id)}
}

func connected(id string) wire.Event {
	c := call(id)
	c.State, c.Since, c.ConnectedAt = "connected", 2000, 2000
	return wire.Event{Source: "connectVoiceContact", Event: "onConnected", Key: id + ":onConnected:2000", Contact: c}
}

func ended(id string) wire.Event {
	c := call(id)
	c.State, c.Since, c.ConnectedAt, c.Duration = "ended", 63_400, 2000, 61_400
	return wire.Event{Source: "connectVoiceContact", Event: "onEnded", Key: id + ":onEnded:63400", Contact: c}
}

func missed(id string) []wire.Event {
	c := call(id)
	c.State, c.Since = "missed", 3000
	return []wire.Event{
		{Source: "connectVoiceContact", Event: "onMissed", Key: id + ":onMissed:3000", Contact: c},
		{Source: "connectVoiceContact", Event: "onEnded", Key: id + ":onEnded:3000", Contact: c},
	}
}
