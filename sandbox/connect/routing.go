package connect

import (
	"slices"
	"strings"
)

// Arrived is a call from outside that was answered: it waits for an agent. It gives the contact's id; "" when the centre is full.
func (c *Centre) Arrived(customer string) ContactID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.contacts) >= maxQueued {
		return ""
	}
	now := c.cfg.Clock.Now()
	k := &contact{Contact: Contact{
		ID: ContactID(c.cfg.IDs()), Inbound: true, Customer: customer, System: c.state.Instance.Number, Queue: c.state.Queues[0].ID, Queued: now, Began: now,
		Attributes: map[string]string{},
	}}
	k.AgentLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true, State: LegDisconnected}
	k.OtherLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Inbound: true, State: LegConnected, Since: now}
	c.contacts[k.ID] = k
	c.waiting = append(c.waiting, k.ID)
	c.tell("call queued", k, nil)
	return k.ID
}

// Ready says that the customer's audio is there; a contact that waits is offered to whoever is free.
func (c *Centre) Ready() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.route()
}

// route offers waiting contacts to free agents, who have been available longest first; c.mu is held.
func (c *Centre) route() {
	for _, id := range slices.Clone(c.waiting) {
		k := c.contacts[id]
		a := c.free(k)
		if a == nil {
			continue
		}
		c.waiting = slices.DeleteFunc(c.waiting, func(other ContactID) bool { return other == id })
		c.offer(k, a)
	}
}

// free is the agent who has been available longest, of those who have not let this contact go by.
func (c *Centre) free(k *contact) *agent {
	var best *agent
	for _, a := range c.agents {
		if a.state.Type != Routable || a.busy() || k.offered[a.user.ID] && c.others(a) {
			continue
		}
		if best == nil || a.state.Since.Before(best.state.Since) || a.state.Since.Equal(best.state.Since) && a.user.ID < best.user.ID {
			best = a
		}
	}
	return best
}

// others says whether somebody else is routable too, so that a contact need not come back to who let it go.
func (c *Centre) others(me *agent) bool {
	for _, a := range c.agents {
		if a != me && a.state.Type == Routable && !a.busy() {
			return true
		}
	}
	return false
}

func (c *Centre) offer(k *contact, a *agent) {
	k.agent = a
	k.AgentLeg.ID = ConnectionID(c.cfg.IDs())
	c.set(k, Connecting, LegConnecting, LegConnected)
	a.contacts = append(a.contacts, k)
	k.AutoAccept = a.user.AutoAccept
	k.timer = c.cfg.Clock.AfterFunc(ringFor, func() { c.rangOut(k) })
	c.tell("call offered", k, a)
	c.publish(a)
}

// rangOut is an offer that nobody took in time.
func (c *Centre) rangOut(k *contact) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k.agent == nil || k.State != Connecting || !k.Inbound || k.timer == nil {
		return
	}
	a := k.agent
	c.requeue(k, Missed)
	c.publish(a)
	c.route()
}

// CustomerGone is a customer who hung up, or could not be reached.
func (c *Centre) CustomerGone(id ContactID, why Reason) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	if !ok || k.gone {
		return
	}
	k.gone = true
	c.media.End(id)
	c.waiting = slices.DeleteFunc(c.waiting, func(other ContactID) bool { return other == id })
	a := k.agent
	switch {
	case a == nil:
		delete(c.contacts, id)
		c.tell("caller gave up", k, nil)
		return
	case k.State == Connecting && k.Inbound: // while it rang: the contact is missed and goes, the agent stays available
		k.stopTimer()
		c.set(k, Missed, LegDisconnected, LegDisconnected)
		c.publish(a)
		a.contacts = slices.DeleteFunc(a.contacts, func(other *contact) bool { return other == k })
		delete(c.contacts, id)
		c.tell("caller gave up", k, a)
	case k.State == Connecting: // outbound: whom we called
		c.finish(a, k)
		c.enter(a, failures[why], ErrorState)
	case k.State == Connected:
		c.finish(a, k)
	}
	c.publish(a)
	c.route()
}

// failures are the agent's states when a call out fails. Source: connect-agent-protocol.md §4.2.
var failures = map[Reason]string{IsBusy: "LineEngagedCustomer", NoAnswer: "MissedCallCustomer", Invalid: "BadAddressCustomer", Cleared: "FailedConnectCustomer"}

// Dial calls somebody for an agent.
func (c *Centre) Dial(id AgentID, number string) (ContactID, error) {
	number = dialable(number)
	var made ContactID
	err := c.act(id, func(a *agent) error {
		switch {
		case number == "":
			return ErrBadEndpoint
		case a.busy() || a.state.Type == Offline || len(c.contacts) >= maxQueued:
			return ErrOutOfTurn
		}
		now := c.cfg.Clock.Now()
		k := &contact{agent: a, Contact: Contact{
			ID: ContactID(c.cfg.IDs()), Customer: number, System: c.state.Instance.Number, Queue: c.state.Queues[0].ID, Queued: now, Began: now, Attributes: map[string]string{},
		}}
		k.AgentLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true}
		k.OtherLeg = Connection{ID: ConnectionID(c.cfg.IDs())}
		c.set(k, Connecting, LegConnecting, LegConnecting)
		a.contacts = append(slices.DeleteFunc(a.contacts, func(old *contact) bool { return old.State != Ended }), k)
		c.contacts[k.ID] = k
		c.enter(a, "CallingCustomer", System)
		k.timer = c.cfg.Clock.AfterFunc(ringFor, func() { c.noAgentAudio(k) })
		made = k.ID
		c.tell("call out", k, a)
		return nil
	})
	return made, err
}

func dialable(number string) string {
	digits, plus := strings.CutPrefix(number, "+")
	if digits == "" || len(digits) < 3 || len(digits) > maxNumbers || strings.Trim(digits, "0123456789") != "" || !plus {
		return ""
	}
	return number
}

// noAgentAudio is an agent whose browser did not bring its audio for a call out.
func (c *Centre) noAgentAudio(k *contact) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k.State != Connecting || k.timer == nil {
		return
	}
	c.media.End(k.ID)
	c.finish(k.agent, k)
	c.set(k, Errored, LegDisconnected, LegDisconnected)
	c.enter(k.agent, "FailedConnectAgent", ErrorState)
	c.publish(k.agent)
}

// AgentAudio says that an agent's audio for a contact is there: a call out begins now, an automatic accept happens now.
func (c *Centre) AgentAudio(id ContactID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || k.State != Connecting {
		return
	}
	switch {
	case !k.Inbound && k.timer != nil:
		k.stopTimer()
		k.AgentLeg.State, k.AgentLeg.Since = LegConnected, c.cfg.Clock.Now()
		c.publish(k.agent)
		c.media.Dial(id, k.Customer, k.System)
	case k.Inbound && k.AutoAccept:
		k.stopTimer()
		c.set(k, Connected, LegConnected, LegConnected)
		c.enter(k.agent, "Busy", System)
		c.media.Connect(id)
		c.publish(k.agent)
	}
}

// CustomerAnswered is a call out that was taken.
func (c *Centre) CustomerAnswered(id ContactID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || k.State != Connecting || k.Inbound {
		return
	}
	c.set(k, Connected, LegConnected, LegConnected)
	c.enter(k.agent, "Busy", System)
	c.media.Connect(id)
	c.publish(k.agent)
	c.tell("call answered", k, k.agent)
}

// Holder says which agent has a contact; false if nobody does, or it is over.
func (c *Centre) Holder(id ContactID) (AgentID, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || k.State != Connecting && k.State != Connected {
		return "", false
	}
	return k.agent.user.ID, true
}
