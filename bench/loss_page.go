package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// told is a fact of a page, from its telling to its acknowledgement.
type told struct {
	event     wire.Event
	at, acked time.Time
	brief     bool // of one load alone, and soon of none: a click, which nobody expects to be acted upon later
	refused   bool // the adapter will never take it
}

// browser is one agent's: what outlives its pages, as the storage of a real one does, and the tab that is open, if one is.
type browser struct {
	node    *node
	org     *ledgerOrg
	user    string
	session string
	centre  *centre

	mu     sync.Mutex             // guards what follows
	outbox []*told                // not acknowledged, in the order of their telling
	facts  map[string]*told       // all that were ever told, by key
	done   map[string]wire.Result // results of commands, searches excepted
	begun  map[string]bool        // commands that must not be repeated, from before they are done
	pops   []popped               // what the console showed
	dials  map[string]int         // by number: how often the panel was asked to call it
	link   []edge                 // when a page was welcome, and when not
	tabs   []*tab                 // that are open, in the order of their opening
	real   *chromium              // has the tabs instead, if it is a real browser; nil if it is not
	lost   int                    // facts that the adapter refused for good
}

// popped is a record that the console showed, or offered among others.
type popped struct {
	record  string
	at      time.Time
	offered bool
}

// edge is a moment at which something began or ended.
type edge struct {
	at time.Time
	on bool
}

// tab is one load of the page.
type tab struct {
	id     string
	close  context.CancelFunc
	closed chan struct{}
	// What follows is guarded by the browser's lock.
	conn *websocket.Conn        // nil while it is not welcome
	sees bool                   // the contact centre's library has given its first snapshot
	here map[string]wire.Result // results that outlive no reload
	wire map[string]bool        // facts under way on this connection
	// heard is when something was last heard while facts were under way, or when the first of them was sent.
	heard time.Time
	// acknowledged says that a fact was, on this connection.
	acknowledged bool
}

func newBrowser(n *node, org *ledgerOrg, user, session string) *browser {
	return &browser{node: n, org: org, user: user, session: session, facts: map[string]*told{}, done: map[string]wire.Result{},
		begun: map[string]bool{}, dials: map[string]int{}}
}

// open opens a tab that is told of by the contact centre a moment later, and tells again what is on.
func (b *browser) open(ctx context.Context, random *rand.Rand) {
	if b.real != nil {
		b.real.open()
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	t := &tab{id: fmt.Sprintf("tab-%d", random.Uint64()), close: cancel, closed: make(chan struct{}), here: map[string]wire.Result{},
		wire: map[string]bool{}}
	within := time.Duration(100+random.IntN(600)) * time.Millisecond
	jitter := random.Float64()
	b.mu.Lock()
	b.tabs = append(b.tabs, t)
	b.mu.Unlock()
	var work sync.WaitGroup
	work.Go(func() {
		if wait(ctx, within) {
			b.centre.snapshot(ctx, func() {
				b.mu.Lock()
				t.sees = true
				b.mu.Unlock()
			})
			b.look(ctx, t)
		}
	})
	work.Go(func() {
		for failures := 0; ctx.Err() == nil; failures++ {
			was, soon := b.converse(ctx, t)
			longest := 30 * time.Second
			if soon {
				longest = 2 * time.Second
			}
			if was {
				failures = 0
			}
			most := min(longest, 500*time.Millisecond<<min(failures, 6))
			wait(ctx, most/2+time.Duration(jitter*float64(most/2)))
		}
	})
	go func() { work.Wait(); close(t.closed) }()
}

// shut closes tabs at once, whatever they have in hand: the nth, or all if n is below zero.
func (b *browser) shut(n int) {
	if b.real != nil {
		b.real.shut(n)
		return
	}
	b.mu.Lock()
	gone := b.tabs
	if n >= 0 && n < len(b.tabs) {
		gone = b.tabs[n : n+1]
	}
	gone = slices.Clone(gone)
	b.tabs = slices.DeleteFunc(b.tabs, func(t *tab) bool { return slices.Contains(gone, t) })
	b.outbox = slices.DeleteFunc(b.outbox, func(f *told) bool { return f.brief })
	b.mu.Unlock()
	for _, t := range gone {
		t.close()
		<-t.closed
	}
}

// count is how many tabs are open.
func (b *browser) count() int {
	if b.real != nil {
		return b.real.count()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.tabs)
}

// teller is the tab that tells what all see: the first that is welcome; nil for none. b.mu is held.
func (b *browser) teller() *tab {
	for _, t := range b.tabs {
		if t.conn != nil {
			return t
		}
	}
	return nil
}

// wait says whether a time has passed, rather than ctx ended.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// tell takes a fact into the outbox, once under its key, and sends it if it can be sent. A page that has not seen the contact centre yet
// tells nothing.
func (b *browser) tell(ctx context.Context, e wire.Event, brief bool) (heard bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	sees := slices.ContainsFunc(b.tabs, func(t *tab) bool { return t.sees })
	if !sees || brief && b.teller() == nil {
		return false
	}
	waiting := func(f *told) bool { return f.event.Key == e.Key }
	if !slices.ContainsFunc(b.outbox, waiting) {
		f := &told{event: e, at: time.Now(), brief: brief}
		if known := b.facts[e.Key]; known != nil {
			f.acked = known.acked // told again after a reload, and acknowledged before
			f.at = known.at
		}
		b.outbox = append(b.outbox, f)
		if b.facts[e.Key] == nil {
			b.facts[e.Key] = f
		}
	}
	b.pump(ctx)
	return true
}

// pump sends what is not under way; b.mu is held.
func (b *browser) pump(ctx context.Context) {
	t := b.teller()
	if t == nil {
		return
	}
	b.outbox = slices.DeleteFunc(b.outbox, func(f *told) bool { return f.brief && time.Since(f.at) > clickWithin })
	for _, f := range b.outbox {
		if t.wire[f.event.Key] {
			continue
		}
		e := f.event
		e.Age = time.Since(f.at).Milliseconds()
		if send(ctx, t.conn, wire.FromPage{Type: "event", Event: &e}) != nil {
			return
		}
		if !b.expects(t) {
			t.heard = time.Now()
		}
		t.wire[e.Key] = true
	}
}

// How long an adapter may say nothing while facts wait for it, before it has acknowledged one on a connection and then.
const (
	silentFor          = 15 * time.Second
	silentForOnceHeard = 5 * time.Second
)

// expects says whether facts are under way on a tab's connection; b.mu is held.
func (b *browser) expects(t *tab) bool {
	return slices.ContainsFunc(b.outbox, func(f *told) bool { return t.wire[f.event.Key] })
}

// listens ends a connection on which nothing is heard though something should be: another one may get through.
func (b *browser) listens(ctx context.Context, t *tab, conn *websocket.Conn) {
	for wait(ctx, silentForOnceHeard/10) {
		b.mu.Lock()
		limit := silentFor
		if t.acknowledged {
			limit = silentForOnceHeard
		}
		deaf := b.expects(t) && time.Since(t.heard) > limit
		b.mu.Unlock()
		if deaf {
			_ = conn.CloseNow()
			return
		}
	}
}

const clickWithin = 10 * time.Second

func send(ctx context.Context, conn *websocket.Conn, m wire.FromPage) error {
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return conn.Write(limited, websocket.MessageText, body)
}

// look tells what the tab sees at the contact centre, if it does and is welcome, after all facts that wait.
func (b *browser) look(ctx context.Context, t *tab) {
	b.centre.list(func(contacts []wire.Contact) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if t.conn != nil && t.sees {
			_ = send(ctx, t.conn, wire.FromPage{Type: "sees", Sees: &wire.Sees{Agent: b.centre.agent(), Contacts: contacts}})
		}
	})
}
