package connect

import (
	"errors"
	"slices"
	"time"
)

// agent is one agent's live state.
type agent struct {
	user       User
	state      AgentState
	chosen     Status // what the agent chose last, to go back to
	next       *Status
	history    []Snapshot
	changed    chan struct{} // closed and replaced with every snapshot
	contacts   []*contact    // in the order they came
	signingOut bool          // signed out during a conversation

	// returning is until when an agent whose status was kept over a restart gets no calls, unless the softphone is back before: a call
	// that is accepted without its signalling has no audio.
	returning time.Time
}

func (c *Centre) newAgent(u User) *agent {
	a := &agent{user: u, changed: make(chan struct{})}
	chosen := c.statusOf(Offline)
	for _, s := range c.state.Statuses {
		if s.ID == c.state.Chosen[u.ID] && !s.Disabled {
			chosen = s
		}
	}
	a.chosen, a.state = chosen, AgentState{chosen.ID, chosen.Name, chosen.Type, c.cfg.Clock.Now()}
	c.publish(a)
	return a
}

func (c *Centre) statusOf(t StatusType) Status {
	i := slices.IndexFunc(c.state.Statuses, func(s Status) bool { return s.Type == t })
	return c.state.Statuses[i]
}

// enterState puts an agent into a state that nobody chooses.
func (c *Centre) enterState(a *agent, name string, t StatusType) {
	a.state = AgentState{Name: name, Type: t, Since: c.cfg.Clock.Now()}
}

func (c *Centre) enterStatus(a *agent, s Status) {
	c.unkept = c.unkept || a.chosen.ID != s.ID
	a.chosen, a.next = s, nil
	a.state = AgentState{s.ID, s.Name, s.Type, c.cfg.Clock.Now()}
}

// enterNextStatus takes an agent without contacts to the next status, or back to the one that was chosen last.
func (c *Centre) enterNextStatus(a *agent) {
	if a.next != nil {
		c.enterStatus(a, *a.next)
		return
	}
	c.enterStatus(a, a.chosen)
}

// busy says whether an agent has a live contact.
func (a *agent) busy() bool {
	return slices.ContainsFunc(a.contacts, func(k *contact) bool { return k.live() })
}

// inAfterCallWork says whether an agent is in after-call work.
func (a *agent) inAfterCallWork() bool {
	return a.state.Type != ErrorState && slices.ContainsFunc(a.contacts, func(k *contact) bool { return k.State == Ended })
}

// SetState chooses a status. With a live contact or during after-call work it waits its turn if enqueue says so, else it is refused.
func (c *Centre) SetState(id AgentID, status StatusID, enqueue bool) error {
	return c.withAgent(id, func(a *agent) error {
		i := slices.IndexFunc(c.state.Statuses, func(s Status) bool { return s.ID == status && !s.Disabled })
		if i < 0 {
			return ErrNoStatus
		}
		s := c.state.Statuses[i]
		if a.busy() || a.inAfterCallWork() {
			if !enqueue {
				return ErrOutOfTurn
			}
			a.next = &s
			return nil
		}
		c.removeContacts(a, func(*contact) bool { return true }) // missed ones go with the next state
		c.enterStatus(a, s)
		return nil
	})
}

// SignedIn says that an agent is there.
func (c *Centre) SignedIn(id AgentID) {
	c.updateAgent(id, func(a *agent) bool {
		was := a.signingOut
		a.signingOut = false
		return was
	})
}

// updateAgent changes an agent, who may not be there any more. Unchanged, nobody who waits for a change is woken.
func (c *Centre) updateAgent(id AgentID, change func(*agent) bool) {
	_ = c.withAgent(id, func(a *agent) error {
		if !change(a) {
			return errUnchanged
		}
		return nil
	})
}

var errUnchanged = errors.New("nothing has changed")

// SoftphoneConnected says that an agent's softphone has its transport socket: contacts may be offered.
func (c *Centre) SoftphoneConnected(id AgentID) {
	c.updateAgent(id, func(a *agent) bool {
		was := !a.returning.IsZero()
		a.returning = time.Time{}
		return was
	})
}

// SignedOut takes an agent offline. Who leaves while a call rings misses it; a conversation goes on until it ends.
func (c *Centre) SignedOut(id AgentID) {
	_ = c.withAgent(id, func(a *agent) error {
		off := c.statusOf(Offline)
		for _, k := range slices.Clone(a.contacts) {
			if k.State == Connecting && k.Inbound {
				c.requeue(k, Missed, "MissedCallAgent")
			}
		}
		if a.busy() {
			a.next, a.signingOut = &off, true
			return nil
		}
		c.removeContacts(a, func(*contact) bool { return true })
		c.enterStatus(a, off)
		return nil
	})
}
