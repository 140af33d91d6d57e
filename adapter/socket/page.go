package socket

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/fault"
)

// page is one connected softphone page. An idle one costs a goroutine that reads, and nothing that writes.
type page struct {
	id           string
	user         User
	capabilities []string
	conn         *websocket.Conn
	ctx          context.Context // ends with the socket
	cut          context.CancelFunc
	hub          *sync.WaitGroup
	serial       int64             // of its socket
	node         string            // at which it is connected; "" is this one
	fence        int64             // of one at another: as of which that knows the holder; guarded by the hub's lock
	there        func(wire.ToPage) // sends to a page that is connected to another node; nil for one that is connected here
	visible      bool              // guarded by the hub's lock
	touched      time.Time         // of the latest sign of a person; guarded by the hub's lock
	came         time.Time
	goodbye      bool   // the page is being closed; guarded by the hub's lock
	agent        string // of the contact centre, for whom it speaks; guarded by the hub's lock
	others       bool   // it speaks for another agent of the contact centre; guarded by the hub's lock
	dismissed    bool   // it has to sign in again, and is there all the same; guarded by the hub's lock

	mu      sync.Mutex    // guards what follows
	waiting []wire.ToPage // to be written; bounded
	writing bool          // a goroutine writes what waits
	over    bool          // nothing is written any more
	ping    *time.Timer
}

// can says whether the page has a capability, and for its own agent; "" is none. The hub's lock is held.
func (p *page) can(capability string) bool {
	if p.others && capability == wire.Telephony {
		return false
	}
	return capability == "" || slices.Contains(p.capabilities, capability)
}

// before says whether a page is nearer to its agent than another: a visible one, then the one with the latest sign of a person, then the
// newest. The hub's lock is held.
func (p *page) before(other *page) bool {
	switch {
	case p.visible != other.visible:
		return p.visible
	case !p.touched.Equal(other.touched):
		return p.touched.After(other.touched)
	}
	return p.came.After(other.came)
}

// stand notes where a page stands among its user's.
func (h *Hub) stand(p *page, f wire.Front) {
	h.mu.Lock()
	defer h.mu.Unlock()
	defer h.report(p)
	p.visible = f.Visible
	p.touched = h.cfg.Clock.Now().Add(-time.Duration(min(max(f.TouchedAgo, 0), longestAgo)) * time.Millisecond)
}

// longestAgo is the longest that a sign of a person may be ago, in milliseconds: beyond it no page is nearer than another.
const longestAgo = 24 * 60 * 60 * 1000

// queue never blocks: a page that has fallen too far behind is cut off and comes back.
func (p *page) queue(m wire.ToPage) {
	if p.there != nil {
		p.there(m)
		return
	}
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
	p, err := h.apart(ctx, cut, conn)
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

// apart lets a page enter on a stack of its own: greeting takes much of one, which the socket would keep while it is idle.
func (h *Hub) apart(ctx context.Context, cut context.CancelFunc, conn *websocket.Conn) (p *page, err error) {
	err = errors.New("greeting failed")
	greeted := make(chan struct{})
	go func() {
		defer close(greeted)
		defer h.survive()
		p, err = h.enter(ctx, cut, conn)
	}()
	<-greeted
	return p, err
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

// enter greets a page and lets it join; the socket of one that may not is closed.
func (h *Hub) enter(ctx context.Context, cut context.CancelFunc, conn *websocket.Conn) (*page, error) {
	defer h.greetings.begin()()
	p, welcome, err := h.greet(ctx, conn)
	if p == nil {
		return nil, err
	}
	p.cut = cut
	p.mu.Lock()
	p.ping = time.AfterFunc(pingEvery, p.ask)
	p.mu.Unlock()
	p.queue(wire.ToPage{Type: "welcome", Welcome: &welcome})
	if err != nil {
		p.queue(wire.ToPage{Type: "notice", Notice: noticeOf(err)})
	}
	if err := h.join(p); err != nil {
		p.end()
		return nil, errors.Join(err, refuse(conn, err))
	}
	if err := h.enterHere(ctx, p); err != nil {
		return p, errors.Join(err, refuse(conn, err))
	}
	return p, nil
}

// maxText bounds the page's words about itself, in bytes.
const maxText = 100

// greet reads who it is, and what to welcome them with; an error beside a page is for the agent to read.
func (h *Hub) greet(ctx context.Context, conn *websocket.Conn) (*page, wire.Welcome, error) {
	limited, cancel := context.WithTimeout(ctx, helloWithin)
	defer cancel()
	kind, body, err := conn.Read(limited)
	var m wire.FromPage
	if err == nil {
		m, err = parse(kind, body)
	}
	hello := m.Hello
	if err != nil || hello == nil || hello.Page == "" || len(hello.Page) > maxText {
		_ = conn.Close(websocket.StatusPolicyViolation, "say hello first")
		return nil, wire.Welcome{}, errors.New("no hello")
	}
	if hello.Version != wire.Version {
		_ = conn.Close(wire.CloseVersion, strconv.Itoa(wire.Version))
		return nil, wire.Welcome{}, fmt.Errorf("a page of version %d, build %q", hello.Version, hello.Build[:min(len(hello.Build), maxText)])
	}
	user, err := h.cfg.Who(limited, hello.Session, hello.User)
	if errors.Is(err, ErrOtherUser) {
		_ = conn.Close(wire.CloseOtherUser, "another user's session")
		return nil, wire.Welcome{}, err
	}
	if err != nil {
		return nil, wire.Welcome{}, errors.Join(err, refuse(conn, err))
	}
	welcome, err := h.cfg.Welcome(limited, user.ID)
	welcome = welcomeTo(user, welcome)
	p := &page{id: hello.Page, user: user, conn: conn, ctx: ctx, hub: &h.pages, came: h.cfg.Clock.Now(), serial: rand.Int64()}
	p.capabilities = hello.Capabilities[:min(len(hello.Capabilities), maxCapabilities)]
	h.stand(p, hello.Front)
	return p, welcome, err
}

const maxCapabilities = 8

// refuse ends the socket of a page that may not be there. While nobody knows that its session is not good, the page keeps it.
func refuse(conn *websocket.Conn, why error) error {
	if fault.Of(why).Kind == fault.Unsigned {
		return conn.Close(wire.CloseSignIn, "sign in")
	}
	return conn.Close(websocket.StatusTryAgainLater, "try again later")
}

// welcomeTo is a welcome as a page understands it: a list that is missing is no list to it.
func welcomeTo(user User, w wire.Welcome) wire.Welcome {
	w.Agent = user.Name
	if w.Wants == nil {
		w.Wants = []string{}
	}
	return w
}

// close ends the socket with a code that the page understands.
func (p *page) close(code int, reason string) {
	_ = p.conn.Close(websocket.StatusCode(code), reason)
	p.cut()
}

// end stops what writes and pings.
func (p *page) end() {
	if p.there != nil {
		return
	}
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
