package socket

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// page is one connected softphone page.
type page struct {
	id     string
	user   User
	out    chan wire.ToPage // bounded; a page that does not read is cut off
	cut    context.CancelFunc
	seq    uint64            // of the last command; guarded by the hub's lock
	latest map[string]uint64 // commands given over this socket; guarded by the hub's lock
}

// command queues a command once per socket; the hub's lock is held.
func (p *page) command(id string, body wire.CommandBody) {
	if _, given := p.latest[id]; given {
		return
	}
	p.seq++
	p.latest[id] = p.seq
	p.queue(wire.ToPage{Type: "command", Command: &wire.Command{Seq: p.seq, ID: id, Body: body}})
}

// queue never blocks: a page that has fallen too far behind is cut off and comes back.
func (p *page) queue(m wire.ToPage) {
	select {
	case p.out <- m:
	default:
		p.cut()
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
	defer h.pages.Done()
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{host(origin)}})
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(wire.MaxMessage)
	ctx, cut := context.WithCancel(h.ctx)
	defer cut()
	if err := h.serve(ctx, cut, conn); err != nil && ctx.Err() == nil {
		h.cfg.Log.DebugContext(ctx, "socket ended", "err", err)
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

func (h *Hub) serve(ctx context.Context, cut context.CancelFunc, conn *websocket.Conn) error {
	first, cancel := context.WithTimeout(ctx, helloWithin)
	defer cancel()
	hello, err := read(first, conn)
	if err != nil || hello.Hello == nil || hello.Hello.Page == "" || len(hello.Hello.Page) > 100 {
		_ = conn.Close(websocket.StatusPolicyViolation, "say hello first")
		return errors.New("no hello")
	}
	user, err := h.cfg.Who(first, hello.Hello.Session)
	if err != nil {
		_ = conn.Close(StatusSignIn, "sign in")
		return err
	}
	ccpURL, settings, err := h.cfg.Settings(first, user.ID)
	p := &page{id: hello.Hello.Page, user: user, out: make(chan wire.ToPage, maxQueue), cut: cut, latest: map[string]uint64{}}
	p.queue(wire.ToPage{Type: "welcome", Welcome: &wire.Welcome{Agent: user.Name, CCPURL: ccpURL, Settings: settings}})
	if err != nil {
		p.queue(wire.ToPage{Type: "notice", Notice: &wire.Notice{Level: "error", Text: err.Error()}})
	}
	if err := h.join(p); err != nil {
		return conn.Close(websocket.StatusTryAgainLater, err.Error())
	}
	defer h.leave(p)
	writing := make(chan struct{})
	go func() {
		defer close(writing)
		defer cut()
		p.write(ctx, conn)
	}()
	err = h.listen(ctx, conn, p)
	cut()
	<-writing
	return err
}

// write sends what is queued, and pings, until ctx ends or the page does not take it.
func (p *page) write(ctx context.Context, conn *websocket.Conn) {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case m := <-p.out:
			body, err := json.Marshal(m)
			if err != nil {
				return
			}
			limited, cancel := context.WithTimeout(ctx, sendWithin)
			err = conn.Write(limited, websocket.MessageText, body)
			cancel()
			if err != nil {
				return
			}
		case <-ping.C:
			limited, cancel := context.WithTimeout(ctx, pingWithin)
			err := conn.Ping(limited)
			cancel()
			if err != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// listen takes messages until the socket ends.
func (h *Hub) listen(ctx context.Context, conn *websocket.Conn, p *page) error {
	for {
		m, err := read(ctx, conn)
		if err != nil {
			return err
		}
		switch {
		case m.Event != nil:
			if err := h.cfg.Keep(ctx, p.user.ID, p.id, *m.Event); err != nil {
				return err // not acknowledged, so the page sends it again
			}
			p.queue(wire.ToPage{Type: "ack", Ack: &wire.Ack{Seq: m.Event.Seq}})
		case m.Result != nil:
			h.settle(p.user.ID, *m.Result)
		}
	}
}

func read(ctx context.Context, conn *websocket.Conn) (wire.FromPage, error) {
	kind, body, err := conn.Read(ctx)
	if err != nil {
		return wire.FromPage{}, err
	}
	if kind != websocket.MessageText {
		return wire.FromPage{}, errors.New("a binary message")
	}
	var m wire.FromPage
	err = json.Unmarshal(body, &m)
	return m, err
}
