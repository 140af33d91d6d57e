package connect

import (
	"slices"
	"time"
)

// ringFor is how long a contact is offered to an agent.
const ringFor = 20 * time.Second

// Arrived is a call from outside that was answered: it waits for an agent. It gives the contact's id; "" when the centre is full.
func (c *Centre) Arrived(customer string) ContactID {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.contacts) >= maxContacts {
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
	c.wake(k, ringFor, c.rangOut)
	c.tell("call offered", k, a)
	c.publish(a)
}

// rangOut is an offer that nobody took in time; c.mu is held.
func (c *Centre) rangOut(_ *agent, k *contact) { c.requeue(k, Missed, "MissedCallAgent") }

// CustomerGone is a customer who hung up, or could not be reached.
func (c *Centre) CustomerGone(id ContactID, why Reason) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.gone {
		return
	}
	k.gone = true
	c.media.End(id)
	a := k.agent
	switch {
	case a == nil:
		c.waiting = slices.DeleteFunc(c.waiting, func(other ContactID) bool { return other == id })
		delete(c.contacts, id)
		c.tell("caller gave up", k, nil)
		return
	case k.State == Connecting && k.Inbound: // while it rang: the contact is missed and goes, the agent stays available
		k.stopTimer()
		c.set(k, Missed, LegDisconnected, LegDisconnected)
		c.publish(a)
		c.forget(a, func(other *contact) bool { return other == k })
		c.tell("caller gave up", k, a)
	case k.State == Connecting: // outbound: whom we called
		c.over(a, k, Ended, AgentState{Name: failures[why], Type: ErrorState})
	case k.State == Connected:
		c.finish(a, k)
	}
	c.publish(a)
	c.route()
}
