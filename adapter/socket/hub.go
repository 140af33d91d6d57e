// Package socket is the conversation with softphone pages: numbered events in, commands out, each carried out once.
//
// Read first: Hub, Hub.ServeHTTP, Hub.Do. It knows nothing of flows, of the journal or of the CRM: what it needs of them is passed in.
package socket

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	helloWithin = 5 * time.Second
	pingEvery   = 20 * time.Second
	pingWithin  = 10 * time.Second
	sendWithin  = 10 * time.Second
	maxPending  = 100 // commands of one user that wait for a result
	maxPages    = 16  // of one user
	maxQueue    = 64  // messages that wait to be written to one page
)

// ErrNoPage means that no page of the user is there, or none answered in time.
var ErrNoPage = errors.New("no softphone page is connected")

// User is who a session belongs to.
type User struct {
	ID      string // CRM user id
	Name    string
	Session string // which of the user's sessions it is; not what the page shows
}

// Config is what the hub needs of the other rooms.
type Config struct {
	// Origins are the pages' origins; a socket from elsewhere is refused.
	Origins []string
	// Who tells whose session it is; an error means that the page has to sign in.
	Who func(ctx context.Context, session string) (User, error)
	// Settings tells what to welcome a page with.
	Settings func(ctx context.Context, userID string) (ccpURL string, settings wire.Settings, err error)
	// Keep makes an event durable; only then is it acknowledged.
	Keep  func(ctx context.Context, userID, page string, e wire.Event) error
	Clock clock.Clock
	Log   *slog.Logger
}

// Hub knows all connected pages. It is safe for concurrent use.
type Hub struct {
	cfg Config

	mu    sync.Mutex           // guards users and ended
	users map[string]*presence // by user id; dropped when nothing is left of it
	ended bool
	pages sync.WaitGroup // sockets being served
	stop  context.CancelFunc
	ctx   context.Context // ends with the hub; sockets do not outlive it
}

// presence is what the hub holds of one user.
type presence struct {
	pages   []*page // in the order they came; the last one is asked first
	pending map[string]*pending
	order   []string // ids of pending, oldest first
}

// pending is a command without a result yet.
type pending struct {
	body   wire.CommandBody
	result chan wire.Result // holds one
}

// NewHub refuses nothing; Close ends it.
func NewHub(cfg Config) *Hub {
	ctx, stop := context.WithCancel(context.Background())
	return &Hub{cfg: cfg, users: map[string]*presence{}, ctx: ctx, stop: stop}
}

// Close ends every socket and waits until they have ended.
func (h *Hub) Close() {
	h.mu.Lock()
	h.ended = true
	h.mu.Unlock()
	h.stop()
	h.pages.Wait()
}

// Connected counts the pages.
func (h *Hub) Connected() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, p := range h.users {
		n += len(p.pages)
	}
	return n
}

// Do has a page of the user carry out a command and waits for its result. The id makes it happen once: a page that comes back after a
// reload gets it again and answers with what it did. ErrNoPage if ctx ends before anybody answered.
func (h *Hub) Do(ctx context.Context, userID, id string, body wire.CommandBody) (json.RawMessage, error) {
	waiting, err := h.begin(userID, id, body)
	if err != nil {
		return nil, err
	}
	defer h.finish(userID, id)
	select {
	case result := <-waiting.result:
		if !result.OK {
			return nil, &Refused{Reason: result.Error}
		}
		return result.Value, nil
	case <-ctx.Done():
		return nil, ErrNoPage
	}
}

// Refused is a page's no: the platform did not do what was asked.
type Refused struct{ Reason string }

// Error is the reason.
func (e *Refused) Error() string { return e.Reason }

func (h *Hub) begin(userID, id string, body wire.CommandBody) (*pending, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(userID)
	if len(p.pending) >= maxPending {
		return nil, errors.New("too many commands wait for this agent's page")
	}
	waiting := &pending{body: body, result: make(chan wire.Result, 1)}
	p.pending[id] = waiting
	p.order = append(p.order, id)
	if n := len(p.pages); n > 0 {
		p.pages[n-1].command(id, body)
	}
	return waiting, nil
}

func (h *Hub) finish(userID, id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(userID)
	delete(p.pending, id)
	for i, other := range p.order {
		if other == id {
			p.order = append(p.order[:i], p.order[i+1:]...)
			break
		}
	}
	h.tidy(userID, p)
}

// presence finds or makes a user's; h.mu is held.
func (h *Hub) presence(userID string) *presence {
	p, ok := h.users[userID]
	if !ok {
		p = &presence{pending: map[string]*pending{}}
		h.users[userID] = p
	}
	return p
}

// tidy forgets a user of whom nothing is left; h.mu is held.
func (h *Hub) tidy(userID string, p *presence) {
	if len(p.pages) == 0 && len(p.pending) == 0 {
		delete(h.users, userID)
	}
}

// join adds a page and gives it what still waits for a result.
func (h *Hub) join(pg *page) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(pg.user.ID)
	if h.ended || len(p.pages) >= maxPages {
		return errors.New("too many pages")
	}
	p.pages = append(p.pages, pg)
	for _, id := range p.order {
		pg.command(id, p.pending[id].body)
	}
	return nil
}

func (h *Hub) leave(pg *page) {
	pg.end()
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(pg.user.ID)
	for i, other := range p.pages {
		if other == pg {
			p.pages = append(p.pages[:i], p.pages[i+1:]...)
			break
		}
	}
	if n := len(p.pages); n > 0 { // another tab takes over what this one left undone
		for _, id := range p.order {
			p.pages[n-1].command(id, p.pending[id].body)
		}
	}
	h.tidy(pg.user.ID, p)
}

// settle hands a page's result to whoever waits for it; a second one is dropped.
func (h *Hub) settle(userID string, r wire.Result) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if waiting, ok := h.presence(userID).pending[r.ID]; ok {
		select {
		case waiting.result <- r:
		default:
		}
	}
}

// Notify shows a notice on all pages of a user.
func (h *Hub) Notify(userID string, notice wire.Notice) {
	h.each(userID, wire.ToPage{Type: "notice", Notice: &notice}, func(*page) bool { return true })
}

// SignOut tells the pages of one of a user's sessions that they have to sign in again.
func (h *Hub) SignOut(userID, session string) {
	h.each(userID, wire.ToPage{Type: "signedOut"}, func(pg *page) bool { return pg.user.Session == session })
}

// each tells the pages of a user that are meant.
func (h *Hub) each(userID string, m wire.ToPage, meant func(*page) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p, ok := h.users[userID]; ok {
		for _, pg := range p.pages {
			if meant(pg) {
				pg.queue(m)
			}
		}
	}
}
