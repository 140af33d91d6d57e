package socket

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// Elsewhere are the other nodes of an adapter that has some. A user's commands are given by one hub, the holder's; a page that is connected
// to another one takes part through it: the other says where the page stands and what it answers, and hands on what it is asked.
type Elsewhere interface {
	// Enter notes that a page of a user is connected here, and says which hub is the user's holder. fault.Unsigned if its session has ended.
	Enter(ctx context.Context, u User, page string, socket int64) (Holder, error)
	// Exit notes that a page is not connected here any more by a socket. It does not wait.
	Exit(u User, page string, socket int64)
	// Send tells hubs something, in the order of its calls. It does not wait. What is for the holder may come back to who sent it.
	Send(Letter)
}

// Holder is the node whose hub gives a user's commands.
type Holder struct {
	Node  string // "" is this one
	Fence int64  // of two that are told, the higher one counts
}

// Letter is what one hub tells another.
type Letter struct {
	Node string // for whom, or from whom; "" is the holder of its user
	All  bool   // it is for all that have pages of its user
	Kind string
	User string
	Body json.RawMessage
}

// Kinds of letters.
const (
	LetterStands  = "stands"  // a page is there, and how it stands
	LetterLeft    = "left"    // it is not there any more
	LetterResult  = "result"  // what it answered
	LetterGoodbye = "goodbye" // it is being closed
	LetterPage    = "page"    // a message for one page
	LetterPages   = "pages"   // a message for all pages of a user
	LetterSignOut = "signOut" // a session is over
)

// about is the body of letters.
type about struct {
	Page         string       `json:"page,omitempty"` // id
	Came         int64        `json:"came,omitempty"` // when it was connected: epoch milliseconds of the clock that all nodes go by
	Capabilities []string     `json:"capabilities,omitempty"`
	Front        wire.Front   `json:"front,omitzero"`
	Others       bool         `json:"others,omitempty"`    // it speaks for another agent of the contact centre
	Goodbye      bool         `json:"goodbye,omitempty"`   // it was closed, not cut off
	Dismissed    bool         `json:"dismissed,omitempty"` // it has to sign in again
	Result       *wire.Result `json:"result,omitempty"`
	Message      *wire.ToPage `json:"message,omitempty"`
	Session      string       `json:"session,omitempty"`
	Fence        int64        `json:"fence,omitempty"` // as of which whoever tells knows the holder
}

// send tells other hubs something, if there are any.
func (h *Hub) send(l Letter, body about) {
	if h.cfg.Elsewhere == nil {
		return
	}
	l.Body, _ = json.Marshal(body) // texts and numbers are always JSON
	h.cfg.Elsewhere.Send(l)
}

// enterHere has a page that has joined entered among the nodes, and finds out which hub gives its user's commands.
func (h *Hub) enterHere(ctx context.Context, pg *page) error {
	if h.cfg.Elsewhere == nil {
		return nil
	}
	holder, err := h.cfg.Elsewhere.Enter(ctx, pg.user, pg.id, pg.serial)
	if err != nil {
		return err
	}
	h.Moved(pg.user.ID, holder)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.report(pg)
	return nil
}

// report tells the holder how a page stands that is connected here; h.mu is held.
func (h *Hub) report(pg *page) {
	p := h.users[pg.user.ID]
	if h.cfg.Elsewhere == nil || pg.node != "" || p == nil || p.holder.Node == "" || !slices.Contains(p.pages, pg) {
		return
	}
	ago := h.cfg.Clock.Now().Sub(pg.touched).Milliseconds()
	h.send(Letter{Kind: LetterStands, User: pg.user.ID}, about{Page: pg.id, Came: pg.came.UnixMilli(), Capabilities: pg.capabilities,
		Others: pg.others, Fence: p.holder.Fence, Front: wire.Front{Visible: pg.visible, TouchedAgo: min(max(ago, 0), longestAgo)}})
}

// Moved takes in which hub gives a user's commands from now on.
func (h *Hub) Moved(userID string, holder Holder) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.users[userID]
	if p == nil || holder.Fence <= p.holder.Fence {
		return
	}
	p.holder = holder
	for _, pg := range slices.Clone(p.pages) {
		switch {
		case pg.node == "":
			h.report(pg)
		case holder.Node != "" || pg.fence < holder.Fence:
			h.drop(p, pg) // if it is there, the others will say to the holder how it stands
		}
	}
	h.tidy(userID, p)
}

// drop takes a page out, and has another one asked what it was asked; h.mu is held.
func (h *Hub) drop(p *presence, pg *page) {
	p.pages = slices.DeleteFunc(p.pages, func(other *page) bool { return other == pg })
	for _, waiting := range p.order {
		if waiting.page == pg {
			waiting.page = nil
			h.hand(p, waiting)
		}
	}
}

// Read takes in what another hub tells.
func (h *Hub) Read(l Letter) {
	var a about
	if json.Unmarshal(l.Body, &a) != nil {
		return
	}
	switch l.Kind {
	case LetterStands:
		h.stands(l, a)
	case LetterLeft:
		if pg := h.find(l.User, a.Page, l.Node); pg != nil {
			h.mu.Lock()
			pg.goodbye, pg.dismissed = pg.goodbye || a.Goodbye, a.Dismissed
			h.mu.Unlock()
			h.leave(pg)
		}
	case LetterResult:
		if pg := h.find(l.User, a.Page, l.Node); pg != nil && a.Result != nil {
			h.answered(pg, *a.Result)
		}
	case LetterGoodbye:
		if h.farewell(l.User, a.Page) && h.cfg.Left != nil {
			h.cfg.Left(l.User, true)
		}
	case LetterPage:
		if pg := h.find(l.User, a.Page, ""); pg != nil && a.Message != nil {
			pg.queue(*a.Message)
		}
	case LetterPages:
		if a.Message != nil {
			h.here(l.User, func(pg *page) { pg.queue(*a.Message) })
		}
	case LetterSignOut:
		h.signOut(l.User, a.Session)
	}
}

// stands notes how a page stands that is connected to another hub.
func (h *Hub) stands(l Letter, a about) {
	if pg := h.find(l.User, a.Page, l.Node); pg != nil {
		h.mu.Lock()
		pg.capabilities, pg.others, pg.fence = a.Capabilities, a.Others, max(pg.fence, a.Fence)
		h.mu.Unlock()
		h.stand(pg, a.Front)
		return
	}
	pg := &page{id: a.Page, user: User{ID: l.User}, capabilities: a.Capabilities, others: a.Others, came: time.UnixMilli(a.Came),
		node: l.Node, fence: a.Fence}
	pg.there = func(m wire.ToPage) {
		h.send(Letter{Kind: LetterPage, User: l.User, Node: l.Node}, about{Page: a.Page, Message: &m})
	}
	h.stand(pg, a.Front)
	h.mu.Lock()
	late := h.ended || h.isLate(pg)
	h.mu.Unlock()
	if late {
		return
	}
	if err := h.join(pg); err != nil {
		h.cfg.Log.Warn("a page at another node does not count", "agent", l.User, "err", err)
	}
}

// isLate says whether a page at another hub is connected elsewhere by now, or another hub gives its user's commands: if it was
// told as of a higher fence than this hub knows, this one is about to hear that it does so itself. h.mu is held.
func (h *Hub) isLate(pg *page) bool {
	p := h.users[pg.user.ID]
	return p != nil && (p.holder.Node != "" && pg.fence <= p.holder.Fence || slices.ContainsFunc(p.pages, func(other *page) bool {
		return other.id == pg.id && other.came.After(pg.came)
	}))
}

// find finds a page by its id and where it is connected; nil for none.
func (h *Hub) find(userID, id, node string) *page {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.users[userID]; p != nil {
		for _, pg := range p.pages {
			if pg.id == id && pg.node == node {
				return pg
			}
		}
	}
	return nil
}

// Gone forgets the pages that were connected to a node which is not there any more.
func (h *Hub) Gone(node string) {
	var gone []*page
	h.mu.Lock()
	for _, p := range h.users {
		for _, pg := range p.pages {
			if pg.node == node {
				gone = append(gone, pg)
			}
		}
	}
	h.mu.Unlock()
	for _, pg := range gone {
		h.leave(pg)
	}
}

// reenterAtOnce is how many pages enter anew at the same time.
const reenterAtOnce = 100

// Reenter has all pages that are connected here entered anew: this node is another one to the others than before.
func (h *Hub) Reenter(ctx context.Context) {
	forgotten := map[string]bool{}
	for part := range slices.Chunk(h.local(), reenterAtOnce) {
		h.forgetHolders(part, forgotten)
		var entering sync.WaitGroup
		for _, pg := range part {
			entering.Go(func() {
				if err := h.enterHere(ctx, pg); err != nil {
					h.pages.Go(func() { pg.close(int(websocket.StatusTryAgainLater), "try again later") })
				}
			})
		}
		entering.Wait()
	}
}

// forgetHolders forgets who gives the commands of the users of pages, of each user once: the first page that enters says it, for all.
func (h *Hub) forgetHolders(pages []*page, forgotten map[string]bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, pg := range pages {
		if p := h.users[pg.user.ID]; p != nil && !forgotten[pg.user.ID] {
			p.holder, forgotten[pg.user.ID] = Holder{}, true
		}
	}
}

// local are the pages that are connected here.
func (h *Hub) local() (all []*page) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.users {
		for _, pg := range p.pages {
			if pg.node == "" {
				all = append(all, pg)
			}
		}
	}
	return all
}

// Ending says that this hub is about to end: what becomes of its pages is seen when its node is gone, and not told page by page.
func (h *Hub) Ending() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ending = true
}

// SendAway has all pages that are connected here look for another node; at most so many at once, each after a pause, until ctx ends.
func (h *Hub) SendAway(ctx context.Context, atOnce int, pause func(context.Context) error) {
	for part := range slices.Chunk(h.local(), atOnce) {
		for _, pg := range part {
			h.pages.Go(func() { pg.close(int(websocket.StatusServiceRestart), "another node serves you") })
		}
		if pause(ctx) != nil {
			return
		}
	}
}
