package socket

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// page is one connected softphone page. An idle one costs a goroutine that reads, and nothing that writes.
type page struct {
	id     string
	user   User
	conn   *websocket.Conn
	ctx    context.Context // ends with the socket
	cut    context.CancelFunc
	hub    *sync.WaitGroup
	seq    uint64            // of the last command; guarded by the hub's lock
	latest map[string]uint64 // commands given over this socket; guarded by the hub's lock

	mu      sync.Mutex    // guards what follows
	waiting []wire.ToPage // to be written; bounded
	writing bool          // a goroutine writes what waits
	over    bool          // nothing is written any more
	ping    *time.Timer
}

// command queues a command once per socket; the hub's lock is held.
func (p *page) command(id string, body wire.CommandBody) {
	if _, given := p.latest[id]; given {
		return
	}
	p.seq++
	if p.latest == nil {
		p.latest = map[string]uint64{}
	}
	p.latest[id] = p.seq
	p.queue(wire.ToPage{Type: "command", Command: &wire.Command{Seq: p.seq, ID: id, Body: body}})
}

// queue never blocks: a page that has fallen too far behind is cut off and comes back.
func (p *page) queue(m wire.ToPage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over {
		return
	}
	if len(p.waiting) >= maxQueue {
		p.cut()
		return
	}
	p.waiting = append(p.waiting, m)
	if !p.writing {
		p.writing = true
		p.hub.Go(p.write)
	}
}

// ServeHTTP is GET /ws: a socket of one page, from hello to its end.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if !slices.Contains(h.cfg.Origins, origin) {
		h.cfg.Log.WarnContext(r.Context(), "socket from a foreign origin refused", "origin", origin[:min(len(origin), 200)])
		http.Error(w, "this origin may not connect", http.StatusForbidden)
		return
	}
	h.mu.Lock()
	if h.ended {
		h.mu.Unlock()
		http.Error(w, "shutting down", http.StatusServiceUnavailable)
		return
	}
	h.pages.Add(1)
	h.mu.Unlock()
	conn, err := websocket.Accept(&frugal{w}, r, &websocket.AcceptOptions{OriginPatterns: []string{host(origin)}})
	if err != nil {
		h.pages.Done()
		return // Accept has answered
	}
	conn.SetReadLimit(wire.MaxMessage)
	go h.run(conn) // apart from the request, whose buffers and headers would stay as long as it
}

// run is a socket's life. An idle one waits here, with as little on its stack as can be.
func (h *Hub) run(conn *websocket.Conn) {
	defer h.pages.Done()
	defer conn.CloseNow()
	defer h.survive()
	ctx, cut := context.WithCancel(h.ctx)
	defer cut()
	p, err := h.enter(ctx, cut, conn)
	if p != nil {
		defer h.leave(p)
	}
	for err == nil {
		var kind websocket.MessageType
		var body []byte
		if kind, body, err = conn.Read(ctx); err == nil {
			err = h.take(p, kind, body)
		}
	}
	if ctx.Err() == nil {
		h.cfg.Log.DebugContext(ctx, "socket ended", "err", err)
	}
}

// survive keeps one page's trouble from being everybody's, as the server does for a request.
func (h *Hub) survive() {
	if v := recover(); v != nil {
		h.cfg.Log.Error("socket panicked", "panic", v, "stack", string(debug.Stack()))
	}
}

func host(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return ""
	}
	return u.Host
}

// StatusSignIn closes a socket whose session is not good: the page has to sign in.
const StatusSignIn = websocket.StatusCode(4401)

// enter greets a page and lets it join; the socket of one that may not is closed.
func (h *Hub) enter(ctx context.Context, cut context.CancelFunc, conn *websocket.Conn) (*page, error) {
	p, welcome, err := h.greet(ctx, conn)
	if p == nil {
		return nil, err
	}
	p.cut = cut
	p.mu.Lock()
	p.ping = time.AfterFunc(pingEvery, p.ask)
	p.mu.Unlock()
	p.queue(wire.ToPage{Type: "welcome", Welcome: welcome})
	if err != nil {
		p.queue(wire.ToPage{Type: "notice", Notice: &wire.Notice{Level: "error", Text: err.Error()}})
	}
	if err := h.join(p); err != nil {
		p.end()
		return nil, errors.Join(err, conn.Close(websocket.StatusTryAgainLater, err.Error()))
	}
	return p, nil
}

// greet reads who it is, and what to welcome them with; an error beside a page is for the agent to read.
func (h *Hub) greet(ctx context.Context, conn *websocket.Conn) (*page, *wire.Welcome, error) {
	limited, cancel := context.WithTimeout(ctx, helloWithin)
	defer cancel()
	kind, body, err := conn.Read(limited)
	var hello wire.FromPage
	if err == nil {
		hello, err = parse(kind, body)
	}
	if err != nil || hello.Hello == nil || hello.Hello.Page == "" || len(hello.Hello.Page) > 100 {
		_ = conn.Close(websocket.StatusPolicyViolation, "say hello first")
		return nil, nil, errors.New("no hello")
	}
	user, err := h.cfg.Who(limited, hello.Hello.Session)
	if err != nil {
		_ = conn.Close(StatusSignIn, "sign in")
		return nil, nil, err
	}
	ccpURL, settings, err := h.cfg.Settings(limited, user.ID)
	return &page{id: hello.Hello.Page, user: user, conn: conn, ctx: ctx, hub: &h.pages},
		&wire.Welcome{Agent: user.Name, CCPURL: ccpURL, Settings: settings}, err
}

// end stops what writes and pings.
func (p *page) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	p.ping.Stop()
	p.cut()
}

// write sends what waits, until nothing does or the page does not take it.
func (p *page) write() {
	for {
		p.mu.Lock()
		batch := p.waiting
		p.waiting = nil
		if len(batch) == 0 || p.over {
			p.writing = false
			p.mu.Unlock()
			return
		}
		p.mu.Unlock()
		for _, m := range batch {
			if err := p.send(m); err != nil {
				p.cut()
				return // writing stays true: nothing more is written to this socket
			}
		}
	}
}

func (p *page) send(m wire.ToPage) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(p.ctx, sendWithin)
	defer cancel()
	return p.conn.Write(limited, websocket.MessageText, body)
}

// ask pings the page, and cuts off one that does not answer.
func (p *page) ask() {
	p.mu.Lock()
	if p.over {
		p.mu.Unlock()
		return
	}
	p.hub.Add(1)
	p.mu.Unlock()
	defer p.hub.Done()
	limited, cancel := context.WithTimeout(p.ctx, pingWithin)
	defer cancel()
	if err := p.conn.Ping(limited); err != nil {
		p.cut()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.ping.Reset(pingEvery)
	}
}

// take deals with a message.
func (h *Hub) take(p *page, kind websocket.MessageType, body []byte) error {
	m, err := parse(kind, body)
	switch {
	case err != nil:
		return err
	case m.Event != nil:
		if err := h.cfg.Keep(p.ctx, p.user.ID, p.id, *m.Event); err != nil {
			return err // not acknowledged, so the page sends it again
		}
		p.queue(wire.ToPage{Type: "ack", Ack: &wire.Ack{Seq: m.Event.Seq}})
	case m.Result != nil:
		h.settle(p.user.ID, *m.Result)
	}
	return nil
}

func parse(kind websocket.MessageType, body []byte) (m wire.FromPage, err error) {
	if kind != websocket.MessageText {
		return m, errors.New("a binary message")
	}
	return m, json.Unmarshal(body, &m)
}
