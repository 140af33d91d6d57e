package socket

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/leak"
)

// town are hubs that tell each other letters at once, in their order.
type town struct {
	mu     sync.Mutex // guards what follows
	hubs   map[string]*Hub
	holder Holder
	pages  map[string]string // where each is
	post   chan func()
}

// house is what a hub knows of its town.
type house struct {
	*town
	name string
}

func newTown(t *testing.T) (town *town, a, b *desk) {
	t.Helper()
	town = newPost(t)
	for name, d := range map[string]**desk{"a": &a, "b": &b} {
		*d = newDesk(t)
		(*d).hub.cfg.Elsewhere = &house{town, name}
		town.hubs[name] = (*d).hub
	}
	return town, a, b
}

func newPost(t *testing.T) *town {
	w := &town{hubs: map[string]*Hub{}, pages: map[string]string{}, post: make(chan func(), 1000)}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case deliver := <-w.post:
				deliver()
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-ended })
	return w
}

// seenBy is a holder as a hub names it.
func (h *house) seenBy() Holder {
	if h.holder.Node == h.name {
		return Holder{Fence: h.holder.Fence}
	}
	return h.holder
}

func (h *house) Enter(_ context.Context, _ User, page string, _ int64) (Holder, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pages[page] = h.name
	if h.holder.Node == "" {
		h.holder = Holder{Node: h.name, Fence: h.holder.Fence + 1}
	}
	return h.seenBy(), nil
}

func (h *house) Exit(_ User, page string, _ int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pages[page] == h.name {
		delete(h.pages, page)
	}
}

func (h *house) Send(l Letter) {
	h.post <- func() {
		h.mu.Lock()
		to := map[string]*Hub{}
		switch {
		case l.All:
			for _, at := range h.pages {
				if at != h.name {
					to[at] = h.hubs[at]
				}
			}
		case l.Node != "":
			to[l.Node] = h.hubs[l.Node]
		default:
			to[h.holder.Node] = h.hubs[h.holder.Node]
		}
		h.mu.Unlock()
		for _, hub := range to {
			if hub != nil {
				hub.Read(Letter{Node: h.name, Kind: l.Kind, User: l.User, Body: l.Body})
			}
		}
	}
}

// settled returns once all letters were read that were sent before.
func (w *town) settled() {
	done := make(chan struct{})
	w.post <- func() { w.post <- func() { close(done) } }
	<-done
}

func TestACommandGoesToThePageInFrontWhereverItIs(t *testing.T) {
	leak.Check(t)
	town, a, b := newTown(t)
	here := a.openAt(t, "here", wire.Front{})
	there := b.openAt(t, "there", wire.Front{Visible: true})
	town.settled()
	end := a.do(t, t.Context(), "one", "screenPop")
	there.answers("one", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("the page at the other node: %s", got)
	}
	there.send(wire.FromPage{Type: "front", Front: &wire.Front{}})
	here.send(wire.FromPage{Type: "front", Front: &wire.Front{Visible: true}})
	there.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: joined}})
	here.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: joined}})
	_, _ = there.receive(), here.receive() // and what was sent before was read
	town.settled()
	end = a.do(t, t.Context(), "two", "screenPop")
	here.answers("two", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("the page here: %s", got)
	}
	a.hub.Notify("005", wire.Notice{Text: "to all"})
	if m := there.receive(); m.Notice == nil || m.Notice.Text != "to all" {
		t.Errorf("the other page got %+v", m)
	}
	if m := here.receive(); m.Notice == nil {
		t.Errorf("the page here got %+v", m)
	}
	b.hub.Notify("005", wire.Notice{Text: "from there"})
	if m := here.receive(); m.Notice == nil || m.Notice.Text != "from there" {
		t.Errorf("the page here got %+v", m)
	}
	if m := there.receive(); m.Notice == nil {
		t.Errorf("the other page got %+v", m)
	}
}

// A page at another node goes away with its command: what may be repeated is asked of the next one.
func TestAPageThatLeavesAnotherNodeIsNotWaitedFor(t *testing.T) {
	town, a, b := newTown(t)
	here := a.openAt(t, "here", wire.Front{})
	for name, goes := range map[string]func(*client){
		"its socket ends": func(c *client) { _ = c.conn.CloseNow() },
		"its node dies":   func(*client) { a.hub.Gone("b") },
	} {
		there := b.openAt(t, "there "+name, wire.Front{Visible: true})
		town.settled()
		end := a.do(t, t.Context(), name, "screenPop")
		if m := there.receive(); m.Command == nil || m.Command.ID != name {
			t.Fatalf("%s: the page at the other node got %+v", name, m)
		}
		goes(there)
		if c := here.answers(name, wire.OutcomeDone); !c.Again {
			t.Errorf("%s: asked as if it were the first time", name)
		}
		if got := <-end; got != wire.OutcomeDone {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// A page comes to the holder before anybody has noticed that its node is dead: it is one page, and is asked again what it was asked there.
func TestAPageComesFromANodeThatIsNotKnownToBeDead(t *testing.T) {
	town, a, b := newTown(t)
	a.openAt(t, "here", wire.Front{})
	there := b.openAt(t, "there", wire.Front{Visible: true})
	town.settled()
	end := a.do(t, t.Context(), "one", "screenPop")
	if m := there.receive(); m.Command == nil {
		t.Fatalf("the page at the other node got %+v", m)
	}
	back := a.openAt(t, "there", wire.Front{Visible: true})
	if got := a.hub.Pages("005"); got != 2 {
		t.Errorf("the holder knows %d pages", got)
	}
	back.answers("one", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("the page that came back: %s", got)
	}
}

// The work moves to the other node while a command is out: the hub there knows all pages, the one here none of the others.
func TestTheHolderMoves(t *testing.T) {
	town, a, b := newTown(t)
	here := a.openAt(t, "here", wire.Front{})
	there := b.openAt(t, "there", wire.Front{Visible: true})
	town.settled()
	ctx, cancel := context.WithCancel(t.Context())
	end := a.do(t, ctx, "one", "screenPop")
	if m := there.receive(); m.Command == nil {
		t.Fatalf("got %+v", m)
	}
	town.mu.Lock()
	town.holder = Holder{Node: "b", Fence: 2}
	town.mu.Unlock()
	cancel() // as an engine lets go of its runs
	<-end
	b.hub.Moved("005", Holder{Fence: 2})
	a.hub.Moved("005", Holder{Node: "b", Fence: 2})
	a.hub.Moved("005", Holder{Fence: 1}) // a letter that was long under way
	town.settled()
	if got := b.hub.Pages("005"); got != 2 {
		t.Errorf("the new holder knows %d pages", got)
	}
	if got := a.hub.Pages("005"); got != 1 {
		t.Errorf("the old one knows %d pages", got)
	}
	there.send(wire.FromPage{Type: "front", Front: &wire.Front{}})
	here.send(wire.FromPage{Type: "front", Front: &wire.Front{Visible: true}})
	there.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: joined}})
	here.send(wire.FromPage{Type: "event", Event: &wire.Event{Key: joined}})
	_, _ = there.receive(), here.receive()
	town.settled()
	end = b.do(t, t.Context(), "two", "screenPop")
	here.answers("two", wire.OutcomeDone)
	if got := <-end; got != wire.OutcomeDone {
		t.Errorf("the page at the old holder: %s", got)
	}
}

// The last page counts wherever it was: a goodbye that another node hears, too.
func TestTheLastPageIsMissedByTheHolder(t *testing.T) {
	town, a, b := newTown(t)
	left := make(chan bool, 10)
	a.hub.cfg.Left = func(_ string, goodbye bool) { left <- goodbye }
	b.hub.cfg.Left = func(string, bool) { t.Error("a node misses somebody whose work it has not in hand") }
	here := a.openAt(t, "here", wire.Front{})
	there := b.openAt(t, "there", wire.Front{})
	town.settled()
	_ = here.conn.CloseNow()
	for a.hub.Pages("005") > 1 {
		runtime.Gosched()
	}
	if len(left) > 0 {
		t.Fatal("somebody is missed who has a page at another node")
	}
	b.hub.send(Letter{Kind: LetterGoodbye, User: "005"}, about{Page: "there"})
	town.settled()
	_ = there.conn.CloseNow()
	select {
	case goodbye := <-left:
		if !goodbye {
			t.Error("its goodbye was not heard")
		}
	case <-time.After(10 * time.Second):
		t.Error("nobody is missed")
	}
}

func TestPagesAreSentAway(t *testing.T) {
	leak.Check(t)
	_, a, _ := newTown(t)
	one, two := a.open(t, "one"), a.open(t, "two")
	pauses := 0
	a.hub.SendAway(t.Context(), 1, func(context.Context) error { pauses++; return nil })
	for _, c := range []*client{one, two} {
		if _, _, err := c.conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusServiceRestart {
			t.Errorf("a page hears %v", err)
		}
	}
	if pauses != 2 {
		t.Errorf("%d pauses", pauses)
	}
}

// What the node tells that a page has just left comes after the page itself: it stays where it is.
func TestAPageThatHasComeBackIsNotCutOffByALateLetter(t *testing.T) {
	_, a, _ := newTown(t)
	before := time.Now().Add(-time.Second)
	here := a.open(t, "page")
	body, err := json.Marshal(about{Page: "page", Came: before.UnixMilli(), Front: wire.Front{Visible: true}})
	if err != nil {
		t.Fatal(err)
	}
	a.hub.Read(Letter{Node: "b", Kind: LetterStands, User: "005", Body: body})
	if n := a.hub.Pages("005"); n != 1 {
		t.Errorf("%d pages", n)
	}
	end := a.do(t, t.Context(), "one", "screenPop")
	here.answers("one", wire.OutcomeDone)
	<-end
}

// standsAt tells a hub that a page of the user is at another node, which knows the holder as of a fence.
func standsAt(t *testing.T, h *Hub, page, node string, fence int64) {
	t.Helper()
	body, err := json.Marshal(about{Page: page, Came: time.Now().UnixMilli(), Fence: fence})
	if err != nil {
		t.Fatal(err)
	}
	h.Read(Letter{Node: node, Kind: LetterStands, User: "005", Body: body})
}

// Another node hears sooner who is the holder than the holder itself, and says how its page stands: nobody would say so again.
func TestAPageCountsOfWhichTheNextHolderHearsEarly(t *testing.T) {
	town, _, b := newTown(t)
	town.holder = Holder{Node: "a", Fence: 1}
	b.open(t, "here")
	standsAt(t, b.hub, "late", "c", 1)
	standsAt(t, b.hub, "early", "c", 2)
	b.hub.Moved("005", Holder{Fence: 2})
	if n := b.hub.Pages("005"); n != 2 {
		t.Errorf("the holder knows %d pages, want the one here and the one that was told early", n)
	}
}

// A letter that was long under way tells a node of a page when it is not the holder any more. By the time it is one again, nobody knows
// whether the page is there.
func TestAPageDoesNotCountOfWhichAnEarlierHolderHearsLate(t *testing.T) {
	town, a, _ := newTown(t)
	town.holder.Fence = 6
	standsAt(t, a.hub, "there", "c", 5)
	a.open(t, "here")
	if n := a.hub.Pages("005"); n != 1 {
		t.Errorf("the holder knows %d pages", n)
	}
}

// brief is a town of which this hub hears who the holder is; pages beyond the first so many do not get in again.
type brief struct {
	mu   sync.Mutex // guards what follows
	room int
	in   map[string]bool // users of whom a page got in
}

func (b *brief) Enter(_ context.Context, u User, _ string, _ int64) (Holder, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.room--; b.room < 0 {
		return Holder{}, errors.New("the store does not answer")
	}
	b.in[u.ID] = true
	return Holder{Node: "a", Fence: 1}, nil
}

func (b *brief) Exit(User, string, int64) {}

func (b *brief) Send(Letter) {}

// A page that does not get in again takes nothing from the user's others: they know who gives their commands.
func TestAPageThatCannotReenterTakesNothingAlong(t *testing.T) {
	leak.Check(t)
	d := newDesk(t)
	d.hub.cfg.Who = func(_ context.Context, _, user string) (User, error) {
		return User{ID: user, Name: "Amelia", Session: user}, nil
	}
	const each = 3 // which does not divide those who enter together
	town := &brief{room: 4 * reenterAtOnce, in: map[string]bool{}}
	d.hub.cfg.Elsewhere = town
	for n := range each * (reenterAtOnce/each + 5) {
		d.openAs(t, fmt.Sprint("user ", n/each), fmt.Sprint("page ", n), wire.Front{})
	}
	town.mu.Lock()
	town.room, town.in = reenterAtOnce, map[string]bool{}
	town.mu.Unlock()
	d.hub.Reenter(t.Context())
	d.hub.mu.Lock()
	defer d.hub.mu.Unlock()
	if len(town.in) != reenterAtOnce/each+1 {
		t.Fatalf("%d users got in", len(town.in))
	}
	for user := range town.in {
		if p := d.hub.users[user]; p == nil || p.holder != (Holder{Node: "a", Fence: 1}) {
			t.Errorf("%s got in, and has %+v", user, p)
		}
	}
}
