package connect

import (
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// contact is a conversation, with whose turn it is.
type contact struct {
	Contact
	agent   *agent // nil while it waits, or is called before there is one
	rec     *Record
	calling bool   // somebody is called for the API, and has not answered
	flow    FlowID // that leads it on when who was called for the API answers
	timer   clock.Timer
	turn    uint64           // counts timers, so that one that fires late is known
	audio   bool             // the agent's is there
	gone    bool             // the customer has hung up
	offered map[AgentID]bool // who missed or rejected it
}

func (k *contact) live() bool { return k.State == Connecting || k.State == Connected }

func (k *contact) stopTimer() {
	k.turn++
	if k.timer != nil {
		k.timer.Stop()
		k.timer = nil
	}
}

func (c *Centre) set(k *contact, s ContactState, agentLeg, other LegState) {
	k.State, k.Since = s, c.cfg.Clock.Now()
	c.leg(&k.AgentLeg, agentLeg)
	c.leg(&k.OtherLeg, other)
}

func (c *Centre) leg(l *Connection, to LegState) {
	if l.State != to {
		l.State, l.Since = to, c.cfg.Clock.Now()
	}
}

// forget takes an agent's contacts that are over away; c.mu is held.
func (c *Centre) forget(a *agent, which func(*contact) bool) {
	a.contacts = slices.DeleteFunc(a.contacts, func(k *contact) bool {
		if k.live() || !which(k) {
			return false
		}
		k.stopTimer()
		if c.contacts[k.ID] == k {
			delete(c.contacts, k.ID)
			if !k.rec.WorkBegan.IsZero() {
				k.rec.WorkEnded = c.cfg.Clock.Now()
			}
		}
		return true
	})
}

// Accept takes a ringing contact. Accepting it again changes nothing. One that rings at a desk phone is taken there: that the service
// refuses this is a guess, as nothing but the handset can bring the agent's audio and no other answer is documented.
func (c *Centre) Accept(id AgentID, on ContactID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		switch {
		case k.State == Connected:
			return nil
		case k.State != Connecting || !k.Inbound || k.Desk != "":
			return ErrOutOfTurn
		}
		c.connect(a, k)
		return nil
	})
}

// connect begins a conversation; c.mu is held.
func (c *Centre) connect(a *agent, k *contact) {
	k.stopTimer()
	c.set(k, Connected, LegConnected, LegConnected)
	c.enter(a, "Busy", System)
	if k.Inbound && !k.audio {
		c.wake(k, audioWithin, c.neverHeard)
	}
	c.media.Connect(k.ID)
	k.rec.Agent, k.rec.Connected = a.user.ID, c.cfg.Clock.Now()
	c.tell("call connected", k, a)
}

// Reject sends a ringing contact to somebody else.
func (c *Centre) Reject(id AgentID, on ContactID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if k.State != Connecting || !k.Inbound {
			return ErrOutOfTurn
		}
		c.requeue(k, Missed, "MissedCallAgent") // a contact that is "rejected" would leave the softphone's session up
		return nil
	})
}

// requeue takes an inbound contact from its agent, who keeps a note of it, and lets it wait for another; c.mu is held.
func (c *Centre) requeue(k *contact, as ContactState, state string) {
	a := k.agent
	k.stopTimer()
	c.media.DropAgent(k.ID)
	k.rec.Missed++
	k.rec.Agent, k.rec.Connected = "", time.Time{}
	note := *k
	note.timer = nil
	c.set(&note, as, LegDisconnected, LegDisconnected)
	a.contacts[slices.Index(a.contacts, k)] = &note
	c.enter(a, state, ErrorState)
	c.tell("call "+string(as), k, a)
	k.agent, k.audio, k.State, k.Desk = nil, false, "", ""
	if k.offered == nil {
		k.offered = map[AgentID]bool{}
	}
	k.offered[a.user.ID] = true
	c.waiting = append([]ContactID{k.ID}, c.waiting...)
}

// Clear takes away a contact that is over; the agent goes on to the next state.
func (c *Centre) Clear(id AgentID, on ContactID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		if k.live() {
			return ErrOutOfTurn
		}
		c.clear(a, k)
		return nil
	})
}

func (c *Centre) clear(a *agent, k *contact) {
	c.forget(a, func(other *contact) bool { return other == k })
	if len(a.contacts) == 0 {
		c.goOn(a)
	}
}

// Destroy ends a connection: either one ends a conversation of two.
func (c *Centre) Destroy(id AgentID, on ContactID, connection ConnectionID) error {
	return c.with(id, on, func(a *agent, k *contact) error {
		if _, err := k.party(connection); err != nil {
			return err
		}
		switch {
		case !k.live():
			return ErrOutOfTurn
		case k.State == Connecting && k.Inbound:
			c.requeue(k, Missed, "MissedCallAgent")
			return nil
		}
		c.end(a, k)
		return nil
	})
}

// end ends a conversation from our side; c.mu is held.
func (c *Centre) end(a *agent, k *contact) {
	k.gone = true
	k.rec.close(c.cfg.Clock.Now(), byAgent)
	c.media.End(k.ID)
	c.finish(a, k)
}

// finish puts an agent into after-call work; c.mu is held.
func (c *Centre) finish(a *agent, k *contact) {
	c.over(a, k, Ended, AgentState{Name: "AfterCallWork", Type: System})
	if k.agent == a && a.user.AfterCallWork > 0 && c.contacts[k.ID] == k {
		c.wake(k, a.user.AfterCallWork, c.clear)
	}
}

// over ends a contact and puts its agent into a state, or lets go who has signed out meanwhile; c.mu is held.
func (c *Centre) over(a *agent, k *contact, as ContactState, state AgentState) {
	k.stopTimer()
	c.set(k, as, LegDisconnected, LegDisconnected)
	k.rec.close(c.cfg.Clock.Now(), byTrouble)
	if k.rec.Agent == a.user.ID {
		k.rec.WorkBegan = c.cfg.Clock.Now()
	}
	c.enter(a, state.Name, state.Type)
	c.tell("call ended", k, a)
	if a.leaving {
		a.leaving = false
		c.publish(a) // so that pages see the end before the contact goes
		c.forget(a, func(*contact) bool { return true })
		c.goOn(a)
	}
}

// party says whose a connection is; ErrNotTheirs if it is of another contact.
func (k *contact) party(id ConnectionID) (Party, error) {
	switch id {
	case k.AgentLeg.ID:
		return TheAgent, nil
	case k.OtherLeg.ID:
		return TheCustomer, nil
	}
	return "", ErrNotTheirs
}

func (k *contact) legOf(p Party) *Connection {
	if p == TheAgent {
		return &k.AgentLeg
	}
	return &k.OtherLeg
}

// Hold parks the party of a connection with music: the customer, or the agent himself.
func (c *Centre) Hold(id AgentID, on ContactID, connection ConnectionID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		who, err := k.party(connection)
		if err != nil {
			return err
		}
		if k.State != Connected || k.legOf(who).State != LegConnected {
			return ErrOutOfTurn
		}
		c.leg(k.legOf(who), LegHold)
		if who == TheCustomer {
			k.rec.holdBegan = c.cfg.Clock.Now()
		}
		c.media.Park(k.ID, who)
		return nil
	})
}

// Resume brings a parked party back; the two hear each other once neither is parked.
func (c *Centre) Resume(id AgentID, on ContactID, connection ConnectionID) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		who, err := k.party(connection)
		if err != nil {
			return err
		}
		if k.State != Connected || k.legOf(who).State != LegHold {
			return ErrOutOfTurn
		}
		c.leg(k.legOf(who), LegConnected)
		if who == TheCustomer {
			k.rec.unhold(c.cfg.Clock.Now())
		}
		c.media.Connect(k.ID)
		for _, other := range []Party{TheCustomer, TheAgent} {
			if k.legOf(other).State == LegHold {
				c.media.Park(k.ID, other)
			}
		}
		return nil
	})
}

const keys = "0123456789*#ABCD"

// Digits presses keys in a conversation, towards the customer.
func (c *Centre) Digits(id AgentID, on ContactID, connection ConnectionID, pressed string) error {
	return c.with(id, on, func(_ *agent, k *contact) error {
		if _, err := k.party(connection); err != nil {
			return err
		}
		if k.State != Connected || strings.Trim(pressed, keys) != "" || pressed == "" || len(pressed) > 50 {
			return ErrOutOfTurn
		}
		c.media.Digits(k.ID, pressed)
		return nil
	})
}
