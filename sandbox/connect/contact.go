package connect

import (
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// contact is a contact, with its agent and its timer.
type contact struct {
	Contact
	agent         *agent // nil while it waits, or is called before there is one
	rec           *Record
	calling       bool   // somebody is called for the API, and has not answered
	flow          FlowID // that leads it on when who was called for the API answers
	timer         clock.Timer
	timersStarted uint64           // counts them, so that one that fires late is known
	audio         bool             // the agent's is there
	disconnected  bool             // the customer has hung up
	missedBy      map[AgentID]bool // who missed or rejected it
}

func (k *contact) live() bool { return k.State == Connecting || k.State == Connected }

func (k *contact) stopTimer() {
	k.timersStarted++
	if k.timer != nil {
		k.timer.Stop()
		k.timer = nil
	}
}

func (c *Centre) setContactState(k *contact, s ContactState, agent, customer ConnectionState) {
	k.State, k.Since = s, c.cfg.Clock.Now()
	c.setConnection(&k.AgentConnection, agent)
	c.setConnection(&k.CustomerConnection, customer)
}

func (c *Centre) setConnection(l *Connection, to ConnectionState) {
	if l.State != to {
		l.State, l.Since = to, c.cfg.Clock.Now()
	}
}

// removeContacts takes away those of an agent's contacts that are not live and that which accepts; c.mu is held.
func (c *Centre) removeContacts(a *agent, which func(*contact) bool) {
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

// AcceptContact takes a ringing contact. Accepting it again changes nothing. One that rings at a desk phone is taken
// there: that the service refuses this is a guess, as nothing but the handset can bring the agent's audio and no
// other answer is documented.
func (c *Centre) AcceptContact(id AgentID, on ContactID) error {
	return c.withContact(id, on, func(a *agent, k *contact) error {
		switch {
		case k.State == Connected:
			return nil
		case k.State != Connecting || !k.Inbound || k.DeskPhone != "":
			return ErrOutOfTurn
		}
		c.connect(a, k)
		return nil
	})
}

// connect begins a conversation; c.mu is held.
func (c *Centre) connect(a *agent, k *contact) {
	k.stopTimer()
	c.setContactState(k, Connected, ConnectionConnected, ConnectionConnected)
	c.enterState(a, "Busy", System)
	if k.Inbound && !k.audio {
		c.startTimer(k, audioWithin, c.failInbound)
	}
	c.media.Connect(k.ID)
	k.rec.Agent, k.rec.Connected = a.user.ID, c.cfg.Clock.Now()
	c.logContact("call connected", k, a)
}

// RejectContact sends a ringing contact to somebody else.
func (c *Centre) RejectContact(id AgentID, on ContactID) error {
	return c.withContact(id, on, func(_ *agent, k *contact) error {
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
	c.setContactState(&note, as, ConnectionDisconnected, ConnectionDisconnected)
	a.contacts[slices.Index(a.contacts, k)] = &note
	c.enterState(a, state, ErrorState)
	c.logContact("call "+string(as), k, a)
	k.agent, k.audio, k.State, k.DeskPhone = nil, false, "", ""
	if k.missedBy == nil {
		k.missedBy = map[AgentID]bool{}
	}
	k.missedBy[a.user.ID] = true
	c.waiting = append([]ContactID{k.ID}, c.waiting...)
}

// ClearContact takes away a contact that has ended or was missed; the agent enters the next status.
func (c *Centre) ClearContact(id AgentID, on ContactID) error {
	return c.withContact(id, on, func(a *agent, k *contact) error {
		if k.live() {
			return ErrOutOfTurn
		}
		c.clear(a, k)
		return nil
	})
}

func (c *Centre) clear(a *agent, k *contact) {
	c.removeContacts(a, func(other *contact) bool { return other == k })
	if len(a.contacts) == 0 {
		c.enterNextStatus(a)
	}
}

// DestroyConnection ends a connection: either one ends a conversation of two.
func (c *Centre) DestroyConnection(id AgentID, on ContactID, connection ConnectionID) error {
	return c.withContact(id, on, func(a *agent, k *contact) error {
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
		c.disconnectAgent(a, k)
		return nil
	})
}

// disconnectAgent ends a conversation from the agent's side; c.mu is held.
func (c *Centre) disconnectAgent(a *agent, k *contact) {
	k.disconnected = true
	k.rec.close(c.cfg.Clock.Now(), byAgent)
	c.media.End(k.ID)
	c.startAfterCallWork(a, k)
}

// startAfterCallWork ends a conversation and puts its agent into after-call work; c.mu is held.
func (c *Centre) startAfterCallWork(a *agent, k *contact) {
	c.endContact(a, k, Ended, AgentState{Name: "AfterCallWork", Type: System})
	if k.agent == a && a.user.AfterCallWork > 0 && c.contacts[k.ID] == k {
		c.startTimer(k, a.user.AfterCallWork, c.clear)
	}
}

// endContact ends a contact and puts its agent into a state, or lets go who has signed out meanwhile; c.mu is held.
func (c *Centre) endContact(a *agent, k *contact, as ContactState, state AgentState) {
	k.stopTimer()
	c.setContactState(k, as, ConnectionDisconnected, ConnectionDisconnected)
	k.rec.close(c.cfg.Clock.Now(), byTelecomProblem)
	if k.rec.Agent == a.user.ID {
		k.rec.WorkBegan = c.cfg.Clock.Now()
	}
	c.enterState(a, state.Name, state.Type)
	c.logContact("call ended", k, a)
	if a.signingOut {
		a.signingOut = false
		c.publish(a) // so that pages see the end before the contact goes
		c.removeContacts(a, func(*contact) bool { return true })
		c.enterNextStatus(a)
	}
}

// party says whose a connection is; ErrNotTheirs if it is of another contact.
func (k *contact) party(id ConnectionID) (Party, error) {
	switch id {
	case k.AgentConnection.ID:
		return TheAgent, nil
	case k.CustomerConnection.ID:
		return TheCustomer, nil
	}
	return "", ErrNotTheirs
}

func (k *contact) connectionOf(p Party) *Connection {
	if p == TheAgent {
		return &k.AgentConnection
	}
	return &k.CustomerConnection
}

// HoldConnection puts the party of a connection on hold, with music: the customer, or the agent himself.
func (c *Centre) HoldConnection(id AgentID, on ContactID, connection ConnectionID) error {
	return c.withContact(id, on, func(_ *agent, k *contact) error {
		who, err := k.party(connection)
		if err != nil {
			return err
		}
		if k.State != Connected || k.connectionOf(who).State != ConnectionConnected {
			return ErrOutOfTurn
		}
		c.setConnection(k.connectionOf(who), ConnectionHold)
		if who == TheCustomer {
			k.rec.holdBegan = c.cfg.Clock.Now()
		}
		c.media.Hold(k.ID, who)
		return nil
	})
}

// ResumeConnection takes a party off hold; the two hear each other once neither is on hold.
func (c *Centre) ResumeConnection(id AgentID, on ContactID, connection ConnectionID) error {
	return c.withContact(id, on, func(_ *agent, k *contact) error {
		who, err := k.party(connection)
		if err != nil {
			return err
		}
		if k.State != Connected || k.connectionOf(who).State != ConnectionHold {
			return ErrOutOfTurn
		}
		c.setConnection(k.connectionOf(who), ConnectionConnected)
		if who == TheCustomer {
			k.rec.unhold(c.cfg.Clock.Now())
		}
		c.media.Connect(k.ID)
		for _, other := range []Party{TheCustomer, TheAgent} {
			if k.connectionOf(other).State == ConnectionHold {
				c.media.Hold(k.ID, other)
			}
		}
		return nil
	})
}

const keys = "0123456789*#ABCD"

// SendDigits presses keys in a conversation, towards the customer.
func (c *Centre) SendDigits(id AgentID, on ContactID, connection ConnectionID, pressed string) error {
	return c.withContact(id, on, func(_ *agent, k *contact) error {
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
