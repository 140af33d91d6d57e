package connect

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	ringFor    = 20 * time.Second
	history    = 64   // snapshots of an agent that a slow reader can still get one by one
	maxQueued  = 1000 // contacts at once
	maxNumbers = 15
)

// Config is what a centre needs.
type Config struct {
	Clock clock.Clock
	IDs   func() string // fresh UUIDs
	Log   *slog.Logger
	State State // as delivered, or as it was kept
	// Keep hears of every change of configuration and keeps it; nil keeps nothing.
	Keep func(State) error
}

// Centre owns all agents and contacts. It is safe for concurrent use.
type Centre struct {
	cfg   Config
	media Media

	mu       sync.Mutex // guards what follows; media is called with it held, and returns at once
	state    State
	agents   map[AgentID]*agent
	contacts map[ContactID]*contact
	waiting  []ContactID // in the queue, longest first
}

// agent is one agent's live state.
type agent struct {
	user     User
	state    AgentState
	chosen   Status // what the agent chose last, to go back to
	next     *Status
	history  []Snapshot
	changed  chan struct{} // closed and replaced with every snapshot
	contacts []*contact    // in the order they came
	signedIn bool
}

// contact is a conversation, with whose turn it is.
type contact struct {
	Contact
	agent   *agent // nil while it waits
	timer   clock.Timer
	gone    bool             // the customer has hung up
	offered map[AgentID]bool // who missed or rejected it
}

// New makes a centre; SetMedia must follow before calls come.
func New(cfg Config) *Centre {
	c := &Centre{cfg: cfg, state: cfg.State, agents: map[AgentID]*agent{}, contacts: map[ContactID]*contact{}}
	for _, u := range cfg.State.Users {
		c.agents[u.ID] = c.newAgent(u)
	}
	return c
}

func (c *Centre) newAgent(u User) *agent {
	a := &agent{user: u, changed: make(chan struct{})}
	off := c.statusOf(Offline)
	a.chosen, a.state = off, AgentState{off.ID, off.Name, off.Type, c.cfg.Clock.Now()}
	c.publish(a)
	return a
}

// SetMedia says who carries audio.
func (c *Centre) SetMedia(m Media) { c.media = m }

func (c *Centre) statusOf(t StatusType) Status {
	i := slices.IndexFunc(c.state.Statuses, func(s Status) bool { return s.Type == t })
	return c.state.Statuses[i]
}

// publish adds a snapshot of an agent; c.mu is held.
func (c *Centre) publish(a *agent) {
	s := Snapshot{At: c.cfg.Clock.Now(), State: a.state}
	if n := len(a.history); n > 0 {
		s.Version = a.history[n-1].Version
	} else {
		s.Version = uint64(c.cfg.Clock.Now().UnixMilli()) // a restarted centre does not repeat the numbers of the one before
	}
	s.Version++
	if a.next != nil {
		s.Next = &AgentState{a.next.ID, a.next.Name, a.next.Type, s.At}
	}
	for _, k := range a.contacts {
		s.Contacts = append(s.Contacts, k.Contact)
	}
	if a.history = append(a.history, s); len(a.history) > history {
		a.history = a.history[1:]
	}
	close(a.changed)
	a.changed = make(chan struct{})
}

// enter puts an agent into a state that nobody chooses.
func (c *Centre) enter(a *agent, name string, t StatusType) {
	a.state = AgentState{Name: name, Type: t, Since: c.cfg.Clock.Now()}
}

func (c *Centre) take(a *agent, s Status) {
	a.chosen, a.next = s, nil
	a.state = AgentState{s.ID, s.Name, s.Type, c.cfg.Clock.Now()}
}

// Snapshot is an agent's latest.
func (c *Centre) Snapshot(id AgentID) (Snapshot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.agents[id]
	if !ok {
		return Snapshot{}, ErrNoAgent
	}
	return a.history[len(a.history)-1], nil
}

// Wait gives the snapshot that follows a version, one by one as long as they are kept. At the end of ctx, or for a version that is not
// of this centre, it gives the latest.
func (c *Centre) Wait(ctx context.Context, id AgentID, after uint64) (Snapshot, error) {
	for {
		c.mu.Lock()
		a, ok := c.agents[id]
		if !ok {
			c.mu.Unlock()
			return Snapshot{}, ErrNoAgent
		}
		last := a.history[len(a.history)-1]
		for _, s := range a.history {
			if s.Version == after+1 {
				c.mu.Unlock()
				return s, nil
			}
		}
		changed := a.changed
		c.mu.Unlock()
		if last.Version != after {
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return last, nil
		}
	}
}

// act runs f with an agent; c.mu is held. What f changes in the agent is published once.
func (c *Centre) act(id AgentID, f func(*agent) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.agents[id]
	if !ok {
		return ErrNoAgent
	}
	if err := f(a); err != nil {
		return err
	}
	c.publish(a)
	c.route()
	return nil
}

// busy says whether an agent has a contact that is not over.
func (a *agent) busy() bool {
	return slices.ContainsFunc(a.contacts, func(k *contact) bool { return k.State == Connecting || k.State == Connected })
}

// SetState chooses a status. With a live contact it waits its turn if enqueue says so, else a routable one is refused.
func (c *Centre) SetState(id AgentID, status StatusID, enqueue bool) error {
	return c.act(id, func(a *agent) error {
		i := slices.IndexFunc(c.state.Statuses, func(s Status) bool { return s.ID == status && !s.Disabled })
		if i < 0 {
			return ErrNoStatus
		}
		s := c.state.Statuses[i]
		working := a.state.Type != ErrorState && slices.ContainsFunc(a.contacts, func(k *contact) bool { return k.State == Ended })
		if a.busy() || working {
			if !enqueue {
				return ErrOutOfTurn
			}
			a.next = &s
			return nil
		}
		c.drop(a) // missed ones go with the next state
		c.take(a, s)
		return nil
	})
}

// SignedIn and SignedOut are the ends of an agent's session; who leaves while a call rings misses it.
func (c *Centre) SignedIn(id AgentID) {
	_ = c.act(id, func(a *agent) error { a.signedIn = true; return nil })
}

// SignedOut takes an agent offline; a conversation goes on until it ends.
func (c *Centre) SignedOut(id AgentID) {
	_ = c.act(id, func(a *agent) error {
		a.signedIn = false
		off := c.statusOf(Offline)
		for _, k := range slices.Clone(a.contacts) {
			if k.State == Connecting && k.Inbound {
				c.requeue(k, Missed)
			}
		}
		if a.busy() {
			a.next = &off
			return nil
		}
		c.drop(a)
		c.take(a, off)
		return nil
	})
}

// drop forgets an agent's contacts, all of them over; c.mu is held.
func (c *Centre) drop(a *agent) {
	for _, k := range a.contacts {
		if c.contacts[k.ID] == k {
			delete(c.contacts, k.ID)
		}
	}
	a.contacts = nil
}

// contactOf finds an agent's contact; c.mu is held.
func (a *agent) contactOf(id ContactID) (*contact, error) {
	for _, k := range a.contacts {
		if k.ID == id {
			return k, nil
		}
	}
	return nil, ErrNoContact
}

func (c *Centre) with(id AgentID, on ContactID, f func(*agent, *contact) error) error {
	return c.act(id, func(a *agent) error {
		k, err := a.contactOf(on)
		if err != nil {
			return err
		}
		return f(a, k)
	})
}

func (c *Centre) set(k *contact, s ContactState, agentLeg, other LegState) {
	now := c.cfg.Clock.Now()
	k.State, k.Since = s, now
	for _, change := range []struct {
		leg *Connection
		to  LegState
	}{{&k.AgentLeg, agentLeg}, {&k.OtherLeg, other}} {
		if change.leg.State != change.to {
			change.leg.State, change.leg.Since = change.to, now
		}
	}
}

func (k *contact) stopTimer() {
	if k.timer != nil {
		k.timer.Stop()
		k.timer = nil
	}
}

// Accept takes a ringing contact. Accepting it again changes nothing.
func (c *Centre) Accept(id AgentID, on ContactID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		switch {
		case k.State == Connected:
			return nil
		case k.State != Connecting || !k.Inbound:
			return ErrOutOfTurn
		}
		k.stopTimer()
		c.set(k, Connected, LegConnected, LegConnected)
		c.enter(a, "Busy", System)
		c.media.Connect(k.ID)
		c.tell("call accepted", k, a)
		return nil
	})
}

// Reject sends a ringing contact to somebody else.
func (c *Centre) Reject(id AgentID, on ContactID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if k.State != Connecting || !k.Inbound {
			return ErrOutOfTurn
		}
		c.requeue(k, Missed) // "rejected" would leave the softphone's session up
		return nil
	})
}

// requeue takes a ringing contact from its agent, who keeps a note of it, and lets it wait for another; c.mu is held.
func (c *Centre) requeue(k *contact, as ContactState) {
	a := k.agent
	k.stopTimer()
	c.media.DropAgent(k.ID)
	note := *k
	c.set(&note, as, LegDisconnected, LegDisconnected)
	for i, other := range a.contacts {
		if other == k {
			a.contacts[i] = &note
		}
	}
	c.enter(a, "MissedCallAgent", ErrorState)
	c.tell("call "+string(as), k, a)
	k.agent = nil
	if k.offered == nil {
		k.offered = map[AgentID]bool{}
	}
	k.offered[a.user.ID] = true
	if k.gone {
		delete(c.contacts, k.ID)
		return
	}
	c.waiting = append([]ContactID{k.ID}, c.waiting...)
}

// Clear takes away a contact that is over; the agent goes on to the next state.
func (c *Centre) Clear(id AgentID, on ContactID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		if k.State == Connecting || k.State == Connected {
			return ErrOutOfTurn
		}
		a.contacts = slices.DeleteFunc(a.contacts, func(other *contact) bool { return other == k })
		if c.contacts[k.ID] == k {
			delete(c.contacts, k.ID)
		}
		if len(a.contacts) > 0 {
			return nil
		}
		if a.next != nil {
			c.take(a, *a.next)
		} else {
			c.take(a, a.chosen)
		}
		return nil
	})
}

// Destroy ends a connection: the agent's own ends the contact, the customer's too.
func (c *Centre) Destroy(id AgentID, on ContactID, connection ConnectionID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		if connection != k.AgentLeg.ID && connection != k.OtherLeg.ID {
			return ErrNoContact
		}
		switch {
		case k.State == Connecting && k.Inbound:
			c.requeue(k, Missed) // "rejected" would leave the softphone's session up
			return nil
		case k.State != Connecting && k.State != Connected:
			return ErrOutOfTurn
		}
		c.media.End(k.ID)
		c.finish(a, k)
		return nil
	})
}

// finish puts an agent into after-call work; c.mu is held.
func (c *Centre) finish(a *agent, k *contact) {
	k.stopTimer()
	k.gone = true
	c.set(k, Ended, LegDisconnected, LegDisconnected)
	c.enter(a, "AfterCallWork", System)
	c.tell("call ended", k, a)
}

// Hold and Resume park the customer with music, and bring him back.
func (c *Centre) Hold(id AgentID, on ContactID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if k.State != Connected || k.OtherLeg.State != LegConnected {
			return ErrOutOfTurn
		}
		k.OtherLeg.State, k.OtherLeg.Since = LegHold, c.cfg.Clock.Now()
		c.media.Park(k.ID)
		return nil
	})
}

// Resume brings the customer back.
func (c *Centre) Resume(id AgentID, on ContactID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if k.State != Connected || k.OtherLeg.State != LegHold {
			return ErrOutOfTurn
		}
		k.OtherLeg.State, k.OtherLeg.Since = LegConnected, c.cfg.Clock.Now()
		c.media.Connect(k.ID)
		return nil
	})
}

// Digits presses keys in a conversation.
func (c *Centre) Digits(id AgentID, on ContactID, keys string) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if k.State != Connected || strings.Trim(keys, "0123456789*#ABCD") != "" || keys == "" || len(keys) > 50 {
			return ErrOutOfTurn
		}
		c.media.Digits(k.ID, keys)
		return nil
	})
}

func (c *Centre) tell(what string, k *contact, a *agent) {
	name := ""
	if a != nil {
		name = a.user.Username
	}
	c.cfg.Log.Info(what, "contact", string(k.ID), "agent", name)
}
