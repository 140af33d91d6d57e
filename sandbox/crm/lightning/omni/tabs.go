package omni

import (
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	// grace is how long presence outlives the last tab: a page that is loaded again is back in time. That the platform ends presence
	// with the last console tab, and keeps it when one is loaded again, is known; how long it waits is not documented, and assumed here.
	grace = 30 * time.Second

	mostTabs    = 50 // of a person
	mostUnsent  = 64 // messages of a tab; who does not take them is cut off, and reads all anew
	omniLoginIn = "omniChannelLoginSuccess"
)

// tabs are the consoles that are open. A person's presence belongs to the session that logged in, and all tabs of it share it; for
// another session, which is another device, the person is logged out. Source: the reason DuplicateLogin of lightning:omniChannelLogout.
type tabs struct {
	mu     sync.Mutex // guards what follows
	people map[schema.RecordID]*person
	ended  bool
}

// person is what tabs of a user are told.
type person struct {
	open    map[*tab]bool
	owner   string // the session that logged in; "" until one comes after a restart
	in      bool
	view    stateOut
	leaving clock.Timer // runs while the person is logged in without a tab
}

// tab is one console.
type tab struct {
	session string
	out     chan messageOut // closed when the tab is cut off
}

// person is a user's entry.
func (t *tabs) person(user schema.RecordID) *person {
	p := t.people[user]
	if p == nil {
		p = &person{open: map[*tab]bool{}}
		t.people[user] = p
	}
	return p
}

// watched are the users who have a tab.
func (t *tabs) watched() []schema.RecordID {
	t.mu.Lock()
	defer t.mu.Unlock()
	var users []schema.RecordID
	for user, p := range t.people {
		if len(p.open) > 0 {
			users = append(users, user)
		}
	}
	slices.Sort(users)
	return users
}

// enter adds a tab; false when there are too many, or the server has ended.
func (t *tabs) enter(user schema.RecordID, session string) (*tab, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.person(user)
	if t.ended || len(p.open) >= mostTabs {
		return nil, false
	}
	one := &tab{session, make(chan messageOut, mostUnsent)}
	p.open[one] = true
	return one, true
}

// greet tells a tab that has just come all that is true.
func (t *tabs) greet(user schema.RecordID, one *tab, clk clock.Clock, left func(schema.RecordID)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.person(user)
	p.claim()
	p.send(one, messageOut{[]eventOut{}, p.seen(one.session)})
	t.await(user, p, clk, left)
}

// claim gives the presence of before a restart to the session that is there first.
func (p *person) claim() {
	if !p.in || p.owner != "" {
		return
	}
	for one := range p.open {
		p.owner = one.session
	}
}

// leave takes a tab away.
func (t *tabs) leave(user schema.RecordID, one *tab, clk clock.Clock, left func(schema.RecordID)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.person(user)
	delete(p.open, one)
	t.await(user, p, clk, left)
}

// await begins, or ends, the wait for a tab of who is logged in without one.
func (t *tabs) await(user schema.RecordID, p *person, clk clock.Clock, left func(schema.RecordID)) {
	switch missing := p.in && !p.present(); {
	case missing && p.leaving == nil && !t.ended:
		p.leaving = clk.AfterFunc(grace, func() { left(user) })
	case !missing && p.leaving != nil:
		p.leaving.Stop()
		p.leaving = nil
	}
	if !p.in && len(p.open) == 0 {
		delete(t.people, user)
	}
}

// present says whether a tab of the session that logged in is open.
func (t *tabs) present(user schema.RecordID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.people[user]
	return p != nil && p.present()
}

func (p *person) present() bool {
	for one := range p.open {
		if one.session == p.owner {
			return true
		}
	}
	return false
}

// owns says whether a session may do something about a user's work.
func (t *tabs) owns(user schema.RecordID, session string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.people[user]
	return p == nil || p.owner == "" || p.owner == session
}

// seenBy is a user's Omni-Channel as a session has it.
func (t *tabs) seenBy(user schema.RecordID, session string) stateOut {
	t.mu.Lock()
	defer t.mu.Unlock()
	if p := t.people[user]; p != nil {
		return p.seen(session)
	}
	return stateOut{}
}

func (p *person) seen(session string) stateOut {
	if !p.in || p.owner == session {
		return p.view
	}
	return p.view.loggedOut()
}

func (p *person) send(one *tab, m messageOut) {
	select {
	case one.out <- m:
	default:
		delete(p.open, one)
		close(one.out)
	}
}

// tell keeps what is true now and tells it, with what happened, to each tab: what happened before a log-in to those of the session that
// was logged in till then, what happened after it to those of the one that asked.
func (t *tabs) tell(session string, w *omni.World, views map[schema.RecordID]stateOut, clk clock.Clock, left func(schema.RecordID)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for user, view := range views {
		p := t.person(user)
		heard := map[*tab][]eventOut{}
		for _, e := range w.Effects {
			told, ok := e.(omni.Told)
			if !ok || told.User != user {
				continue
			}
			if told.Name == omniLoginIn {
				p.owner = session
			}
			for one := range p.open {
				if one.session == p.owner || p.owner == "" {
					heard[one] = append(heard[one], eventOut{told.Name, told.Params})
				}
			}
		}
		p.in = w.Agents[user].Presence != ""
		p.claim()
		if view.Version = p.view.Version; len(heard) == 0 && reflect.DeepEqual(view, p.view) {
			t.await(user, p, clk, left)
			continue
		}
		view.Version = max(p.view.Version+1, w.Now.UnixMilli()) // grows over a restart too
		p.view = view
		for one := range p.open {
			events := heard[one]
			if events == nil {
				events = []eventOut{}
			}
			p.send(one, messageOut{events, p.seen(one.session)})
		}
		t.await(user, p, clk, left)
	}
}

// stop cuts all tabs off.
func (t *tabs) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	for _, p := range t.people {
		if p.leaving != nil {
			p.leaving.Stop()
		}
		for one := range p.open {
			delete(p.open, one)
			close(one.out)
		}
	}
}
