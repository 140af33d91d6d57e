package connect

import (
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect/contactflow"
)

// ringFor is how long a contact is offered to an agent.
const ringFor = 20 * time.Second

// Arrived is a call from outside that was answered on one of the instance's numbers. The number's flow leads it to a queue, where it waits
// for an agent. It gives the contact's id; "" when the flow ends the call, or the centre is full.
func (c *Centre) Arrived(customer, number string) ContactID {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.state.Numbers, func(n Number) bool { return n.E164 == number })
	if len(c.contacts) >= maxContacts || i < 0 {
		return ""
	}
	now := c.cfg.Clock.Now()
	k := &contact{Contact: Contact{
		ID: ContactID(c.cfg.IDs()), Inbound: true, InitiationMethod: InitiatedInbound, Customer: customer, System: number,
		Began: now, Attributes: map[string]string{},
	}}
	k.AgentConnection = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true, State: ConnectionDisconnected}
	k.CustomerConnection = Connection{ID: ConnectionID(c.cfg.IDs()), Inbound: true, State: ConnectionConnected, Since: now}
	c.openRecord(k)
	if !c.enqueue(k, c.state.Numbers[i].Flow) {
		return ""
	}
	return k.ID
}

// enqueue follows a flow and lets the contact wait where it leads; false if it ends the contact. c.mu is held.
func (c *Centre) enqueue(k *contact, flow FlowID) bool {
	content := ""
	if i := at(c.state.Flows, string(flow)); i >= 0 && c.state.Flows[i].Published && !c.state.Flows[i].Archived {
		content = c.state.Flows[i].Content
	}
	to := contactflow.Execute(content, flowResources{c})
	for name, value := range to.Attributes {
		k.Attributes[name] = value
	}
	now := c.cfg.Clock.Now()
	if to.Queue == "" {
		k.rec.close(now, byFlow)
		c.logContact("call ended by its flow", k, nil)
		return false
	}
	k.Queue, k.Queued = QueueID(last(to.Queue)), now
	k.rec.Queue, k.rec.Queued = k.Queue, now
	c.contacts[k.ID] = k
	c.waiting = append(c.waiting, k.ID)
	c.logContact("call queued", k, nil)
	return true
}

// flowResources is what flows ask; c.mu is held.
type flowResources struct{ c *Centre }

var _ contactflow.Resources = flowResources{}

// HoursOpen says whether hours, or a queue's hours, are open.
func (h flowResources) HoursOpen(hours, queue string) bool {
	s := &h.c.state
	if hours == "" {
		if i := at(s.Queues, last(queue)); i >= 0 {
			hours = string(s.Queues[i].Hours)
		}
	}
	i := at(s.Hours, last(hours))
	return i >= 0 && s.Hours[i].Open(h.c.cfg.Clock.Now())
}

// QueueCapacity says whether a queue takes contacts, and one more of them.
func (h flowResources) QueueCapacity(queue string) (enabled, spare bool) {
	i := at(h.c.state.Queues, last(queue))
	if i < 0 || h.c.state.Queues[i].Disabled {
		return false, false
	}
	q, n := h.c.state.Queues[i], 0
	for _, id := range h.c.waiting {
		if h.c.contacts[id].Queue == q.ID {
			n++
		}
	}
	return true, q.MaxContacts == 0 || n < q.MaxContacts
}

// Ready says that the customer's audio is there; a contact that waits is offered to whoever is available.
func (c *Centre) Ready() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.route()
}

// route offers contacts that wait to available agents. Who has been available longest chooses first, among the
// contacts of the queues of their routing profile: by the queue's priority, then by who has waited longest. c.mu is
// held.
func (c *Centre) route() {
	for {
		a, k := c.match()
		if a == nil {
			c.wakeForDelays()
			return
		}
		c.waiting = slices.DeleteFunc(c.waiting, func(id ContactID) bool { return id == k.ID })
		c.offer(k, a)
	}
}

func (c *Centre) match() (*agent, *contact) {
	for _, a := range c.availableAgents() {
		if k := c.nextContact(a); k != nil {
			return a, k
		}
	}
	return nil, nil
}

// availableAgents are the agents who could take a call, who has been available longest first.
func (c *Centre) availableAgents() []*agent {
	var all []*agent
	now := c.cfg.Clock.Now()
	for _, a := range c.agents {
		if a.state.Type == Routable && !a.busy() && !now.Before(a.returning) && c.state.RoutingProfileOf(a.user).voiceConcurrency() > 0 {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(x, y *agent) int {
		if n := x.state.Since.Compare(y.state.Since); n != 0 {
			return n
		}
		return compare(x.user.ID, y.user.ID)
	})
	return all
}

func compare(x, y AgentID) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// nextContact is the contact that an agent is to be offered; nil if there is none. Who has let a contact go by gets
// it again only if nobody else can.
func (c *Centre) nextContact(a *agent) *contact {
	profile, now := c.state.RoutingProfileOf(a.user), c.cfg.Clock.Now()
	var best *contact
	priority := 0
	for _, id := range c.waiting {
		k := c.contacts[id]
		e, takes := profile.takes(k.Queue)
		if !takes || now.Sub(k.Queued) < e.Delay || k.missedBy[a.user.ID] && c.othersAvailable(a, k) {
			continue
		}
		if best == nil || e.Priority < priority || e.Priority == priority && k.Queued.Before(best.Queued) {
			best, priority = k, e.Priority
		}
	}
	return best
}

// othersAvailable says whether somebody else is available for a contact too, so that it need not come back to who let
// it go.
func (c *Centre) othersAvailable(me *agent, k *contact) bool {
	return slices.ContainsFunc(c.availableAgents(), func(a *agent) bool {
		_, takes := c.state.RoutingProfileOf(a.user).takes(k.Queue)
		return a != me && takes
	})
}

// wakeForDelays routes again when the first contact has waited long enough for an available agent; c.mu is held.
func (c *Centre) wakeForDelays() {
	if c.delay != nil {
		c.delay.Stop()
		c.delay = nil
	}
	var soonest time.Duration
	now := c.cfg.Clock.Now()
	for _, a := range c.availableAgents() {
		profile := c.state.RoutingProfileOf(a.user)
		for _, id := range c.waiting {
			k := c.contacts[id]
			e, takes := profile.takes(k.Queue)
			if wait := e.Delay - now.Sub(k.Queued); takes && wait > 0 && (soonest == 0 || wait < soonest) {
				soonest = wait
			}
		}
	}
	if soonest > 0 {
		c.delay = c.cfg.Clock.AfterFunc(soonest, c.Ready)
	}
}

func (c *Centre) offer(k *contact, a *agent) {
	k.agent = a
	k.AgentConnection.ID = ConnectionID(c.cfg.IDs())
	c.setContactState(k, Connecting, ConnectionConnecting, ConnectionConnected)
	a.contacts = append(a.contacts, k)
	k.DeskPhone = a.user.deskPhone()
	k.AutoAccept = a.user.AutoAccept && k.DeskPhone == ""
	c.startTimer(k, ringFor, c.offerMissed)
	c.dialDeskPhone(k)
	c.logContact("call offered", k, a)
	c.publish(a)
}

// offerMissed is an offer that nobody took in time; c.mu is held.
func (c *Centre) offerMissed(_ *agent, k *contact) { c.requeue(k, Missed, "MissedCallAgent") }

// CustomerDisconnected is a customer who hung up, or could not be reached.
func (c *Centre) CustomerDisconnected(id ContactID, why Cause) {
	c.mu.Lock()
	defer c.unlock()
	if k, ok := c.contacts[id]; ok && !k.disconnected {
		reason := byCustomer
		if why != Cleared {
			reason = byTelecomProblem
		}
		k.rec.close(c.cfg.Clock.Now(), reason)
		c.endByCustomer(k, why)
	}
}

// endByCustomer ends a contact whose customer has disconnected; c.mu is held.
func (c *Centre) endByCustomer(k *contact, why Cause) {
	k.disconnected = true
	c.media.End(k.ID)
	a := k.agent
	switch {
	case a == nil:
		c.waiting = slices.DeleteFunc(c.waiting, func(other ContactID) bool { return other == k.ID })
		delete(c.contacts, k.ID)
		c.logContact("caller gave up", k, nil)
		return
	case k.State == Connecting && k.Inbound: // while it rang: the contact is missed and goes, the agent stays available
		k.stopTimer()
		c.setContactState(k, Missed, ConnectionDisconnected, ConnectionDisconnected)
		c.publish(a)
		c.removeContacts(a, func(other *contact) bool { return other == k })
		c.logContact("caller gave up", k, a)
	case k.State == Connecting: // outbound: whom we called
		c.endContact(a, k, Ended, AgentState{Name: outboundErrors[why], Type: ErrorState})
	case k.State == Connected:
		c.startAfterCallWork(a, k)
	}
	c.publish(a)
	c.route()
}
