// Package socket is the conversation with softphone pages: facts in, commands out, each to the tab in front and carried out once.
//
// Read first: Hub, Hub.ServeHTTP, Hub.Do. It knows nothing of flows, of the store or of the CRM: what it needs of them is passed in.
package socket

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	helloWithin = 5 * time.Second
	pingEvery   = 20 * time.Second
	pingWithin  = 10 * time.Second
	sendWithin  = 10 * time.Second
	maxPending  = 400 // commands of one user that wait for a result
	maxPages    = 32  // of one user
	maxQueue    = 512 // messages that wait to be written to one page
)

// ErrOtherUser means that a page was made for another user than the one whose session it shows.
var ErrOtherUser = errors.New("the page was made for another user")

// User is who a session belongs to.
type User struct {
	ID      string // CRM user id, 18 characters
	Name    string
	Session string // which of the user's sessions it is; not what the page shows
}

// Config is what the hub needs of the other rooms.
type Config struct {
	// Origins are the pages' origins; a socket from elsewhere is refused.
	Origins []string
	// Who tells whose session it is that a page of some user shows. ErrOtherUser if it is not that user's; fault.Unsigned if the page has
	// to sign in. With any other error nobody knows: the page keeps its session and comes back.
	Who func(ctx context.Context, session, pageUser string) (User, error)
	// Welcome tells what to welcome a page with. An error is for the agent to read, beside the welcome.
	Welcome func(ctx context.Context, userID string) (wire.Welcome, error)
	// Keep makes a fact durable; only then is it acknowledged. *fact.Refused says why it was not.
	Keep func(ctx context.Context, userID, page string, e wire.Event) error
	// Speaks finds out whether a page speaks for its user's own agent, as far as that has to be asked: what the page tells does not wait for
	// it for long. An error is for the agent to read, ErrOtherAgent if it does not. nil asks nobody.
	Speaks func(ctx context.Context, userID string, agent wire.Agent) error
	// Sees takes in what a page sees at the contact centre. An error is for the agent to read.
	Sees func(ctx context.Context, userID, page string, s wire.Sees) error
	// Presence takes in how the agent stands in Omni-Channel as a page reads it; nil for nobody.
	Presence func(ctx context.Context, userID string, r wire.Presence) error
	// Came and Left hear of a user's first page and last page; goodbye says that the last one was closed, not cut off. nil for nobody.
	Came func(userID string)
	Left func(userID string, goodbye bool)
	// Elsewhere are the other nodes; nil for an adapter that is alone.
	Elsewhere Elsewhere
	Clock     clock.Clock
	Log       *slog.Logger
}

// Hub knows all connected pages. It is safe for concurrent use.
type Hub struct {
	cfg Config

	mu    sync.Mutex           // guards users and ended, and all that is in them
	users map[string]*presence // by user id; dropped when nothing is left of it
	ended bool
	// ending says that it will have ended in a moment.
	ending bool
	pages  sync.WaitGroup // sockets being served
	stop   context.CancelFunc
	ctx    context.Context // ends with the hub; sockets do not outlive it

	greetings greetings

	seldom rate.Sometimes // keeps pages that tell again and again from filling the log
}

// presence is what the hub holds of one user.
type presence struct {
	pages   []*page // in the order they came
	holder  Holder
	pending map[string]*pending
	order   []*pending // oldest first
}

// NewHub refuses nothing; Close ends it.
func NewHub(cfg Config) *Hub {
	ctx, stop := context.WithCancel(context.Background())
	return &Hub{cfg: cfg, users: map[string]*presence{}, ctx: ctx, stop: stop,
		seldom: rate.Sometimes{First: 5, Interval: time.Minute}}
}

// Close ends every socket and waits until they have ended.
func (h *Hub) Close() {
	h.mu.Lock()
	h.ended = true
	h.mu.Unlock()
	h.stop()
	h.pages.Wait()
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

// join adds a page and gives it what waits for one.
func (h *Hub) join(pg *page) error {
	first, err := h.add(pg)
	if first && h.cfg.Came != nil {
		h.cfg.Came(pg.user.ID)
	}
	return err
}

// add says whether the page is the user's first one.
func (h *Hub) add(pg *page) (first bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(pg.user.ID)
	others := 0
	var replaced []*page // that have no socket here which would end
	for _, other := range p.pages {
		switch {
		case other.id != pg.id:
			others++
		case other.node != "":
			replaced = append(replaced, other)
		default:
			other.cut() // the page has come back before we noticed that it had gone
		}
	}
	if h.ended || others >= maxPages || len(p.pages) >= 2*maxPages {
		h.tidy(pg.user.ID, p)
		return false, errors.New("too many pages")
	}
	if pg.node == "" && h.greetings.isOver(pg.user.Session) {
		h.tidy(pg.user.ID, p)
		return false, fault.New(fault.Unsigned, nil, "Sign in to use the softphone.")
	}
	p.pages = append(p.pages, pg)
	for _, other := range replaced {
		h.drop(p, other)
	}
	for _, waiting := range p.order {
		h.hand(p, waiting)
	}
	return len(p.pages) == 1, nil
}

// leave forgets a page; another one takes over what it was asked and may be repeated.
func (h *Hub) leave(pg *page) {
	pg.end()
	if h.cfg.Elsewhere != nil && pg.node == "" && !h.isEnding() {
		h.cfg.Elsewhere.Exit(pg.user, pg.id, pg.serial)
	}
	last, goodbye := h.remove(pg)
	if last && h.cfg.Left != nil {
		h.cfg.Left(pg.user.ID, goodbye)
	}
}

func (h *Hub) isEnding() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ending
}

// remove says whether the page was the user's last one, and whether it said goodbye. That the hub ends, or the session, is no reason to
// miss anybody: the page is there, and the agent at work.
func (h *Hub) remove(pg *page) (last, goodbye bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.presence(pg.user.ID)
	h.drop(p, pg)
	away := h.cfg.Elsewhere != nil && p.holder.Node != ""
	last = len(p.pages) == 0 && !h.ended && !pg.dismissed && !away
	if away && pg.node == "" && !h.ending {
		h.send(Letter{Kind: LetterLeft, User: pg.user.ID}, about{Page: pg.id, Goodbye: pg.goodbye, Dismissed: pg.dismissed})
	}
	h.tidy(pg.user.ID, p)
	return last, pg.goodbye
}

// Welcome tells the pages of a user that are connected here anew what they were welcomed with; each node does so for its own.
func (h *Hub) Welcome(userID string, w wire.Welcome) {
	h.here(userID, func(pg *page) {
		w := welcomeTo(pg.user, w)
		pg.queue(wire.ToPage{Type: "welcome", Welcome: &w})
	})
}

// Notify shows a notice on all pages of a user.
func (h *Hub) Notify(userID string, notice wire.Notice) {
	h.each(userID, wire.ToPage{Type: "notice", Notice: &notice})
}

// Over takes a notice back from all pages of a user.
func (h *Hub) Over(userID, code string) {
	h.each(userID, wire.ToPage{Type: "over", Over: &wire.Over{Code: code}})
}

// Caller tells all pages of a user what is known of a contact's other end.
func (h *Hub) Caller(userID string, c wire.Caller) {
	h.each(userID, wire.ToPage{Type: "caller", Caller: &c})
}

// SignOut ends the sockets of one of a user's sessions: their pages have to sign in again.
func (h *Hub) SignOut(userID, session string) {
	h.signOut(userID, session)
	h.send(Letter{Kind: LetterSignOut, User: userID, All: true}, about{Session: session})
}

func (h *Hub) signOut(userID, session string) {
	h.greetings.end(session)
	h.here(userID, func(pg *page) {
		if pg.user.Session == session {
			pg.dismissed = true
			h.pages.Go(func() { pg.close(wire.CloseSignIn, "sign in") })
		}
	})
}

// each sends a message to all pages of a user, wherever they are connected.
func (h *Hub) each(userID string, m wire.ToPage) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.users[userID]
	if p != nil && !h.ended {
		for _, pg := range p.pages {
			pg.queue(m)
		}
	}
	if p == nil || p.holder.Node != "" { // the holder knows all pages, and others their own
		h.send(Letter{Kind: LetterPages, User: userID, All: true}, about{Message: &m})
	}
}

// here does something with the pages of a user that are connected here.
func (h *Hub) here(userID string, do func(*page)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p, ok := h.users[userID]; ok && !h.ended {
		for _, pg := range p.pages {
			if pg.node == "" {
				do(pg)
			}
		}
	}
}
