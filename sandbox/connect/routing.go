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
		ID: ContactID(c.cfg.IDs()), Inbound: true, Method: ByCustomer, Customer: customer, System: number, Began: now, Attributes: map[string]string{},
	}}
	k.AgentLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true, State: LegDisconnected}
	k.OtherLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Inbound: true, State: LegConnected, Since: now}
	c.begin(k)
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
	way := contactflow.Route(content, house{c})
	for name, value := range way.Attributes {
		k.Attributes[name] = value
	}
	now := c.cfg.Clock.Now()
	if way.Queue == "" {
		k.rec.close(now, byFlow)
		c.tell("call ended by its flow", k, nil)
		return false
	}
	k.Queue, k.Queued = QueueID(last(way.Queue)), now
	k.rec.Queue, k.rec.Queued = k.Queue, now
	c.contacts[k.ID] = k
	c.waiting = append(c.waiting, k.ID)
	c.tell("call queued", k, nil)
	return true
}

// house is what flows ask; c.mu is held.
type house struct{ c *Centre }

var _ contactflow.House = house{}

// Open says whether hours, or a queue's hours, are open.
func (h house) Open(hours, queue string) bool {
	s := &h.c.state
	if hours == "" {
		if i := at(s.Queues, last(queue)); i >= 0 {
			hours = string(s.Queues[i].Hours)
		}
	}
	i := at(s.Hours, last(hours))
	return i >= 0 && s.Hours[i].Open(h.c.cfg.Clock.Now())
}

// Room says whether a queue takes contacts, and one more of them.
func (h house) Room(queue string) (enabled, room bool) {
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

// Ready says that the customer's audio is there; a contact that waits is offered to whoever is free.
func (c *Centre) Ready() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.route()
}

// route offers contacts that wait to free agents. Who has been available longest chooses first, among the contacts of the queues of their
// routing profile: by the queue's priority, then by who has waited longest. c.mu is held.
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
	for _, a := range c.free() {
		if k := c.best(a); k != nil {
			return a, k
		}
	}
	return nil, nil
}

// free are the agents who could take a call, who has been available longest first.
func (c *Centre) free() []*agent {
	var all []*agent
	now := c.cfg.Clock.Now()
	for _, a := range c.agents {
		if a.state.Type == Routable && !a.busy() && !now.Before(a.returning) && c.state.ProfileOf(a.user).voices() > 0 {
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

// best is the contact that an agent is to be offered; nil if there is none. Who has let a contact go by gets it again only if nobody else can.
func (c *Centre) best(a *agent) *contact {
	profile, now := c.state.ProfileOf(a.user), c.cfg.Clock.Now()
	var best *contact
	priority := 0
	for _, id := range c.waiting {
		k := c.contacts[id]
		e, takes := profile.takes(k.Queue)
		if !takes || now.Sub(k.Queued) < e.Delay || k.offered[a.user.ID] && c.others(a, k) {
			continue
		}
		if best == nil || e.Priority < priority || e.Priority == priority && k.Queued.Before(best.Queued) {
			best, priority = k, e.Priority
		}
	}
	return best
}

// others says whether somebody else is free for a contact too, so that it need not come back to who let it go.
func (c *Centre) others(me *agent, k *contact) bool {
	return slices.ContainsFunc(c.free(), func(a *agent) bool {
		_, takes := c.state.ProfileOf(a.user).takes(k.Queue)
		return a != me && takes
	})
}

// wakeForDelays routes again when the first contact has waited long enough for a free agent; c.mu is held.
func (c *Centre) wakeForDelays() {
	if c.delay != nil {
		c.delay.Stop()
		c.delay = nil
	}
	var soonest time.Duration
	now := c.cfg.Clock.Now()
	for _, a := range c.free() {
		profile := c.state.ProfileOf(a.user)
		for _, id := range c.waiting {
			k := c.contacts[id]
			e, takes := profile.takes(k.Queue)
			if left := e.Delay - now.Sub(k.Queued); takes && left > 0 && (soonest == 0 || left < soonest) {
				soonest = left
			}
		}
	}
	if soonest > 0 {
		c.delay = c.cfg.Clock.AfterFunc(soonest, c.Ready)
	}
}

func (c *Centre) offer(k *contact, a *agent) {
	k.agent = a
	k.AgentLeg.ID = ConnectionID(c.cfg.IDs())
	c.set(k, Connecting, LegConnecting, LegConnected)
	a.contacts = append(a.contacts, k)
	k.Desk = a.user.desk()
	k.AutoAccept = a.user.AutoAccept && k.Desk == ""
	c.wake(k, ringFor, c.rangOut)
	c.ring(k)
	c.tell("call offered", k, a)
	c.publish(a)
}

// rangOut is an offer that nobody took in time; c.mu is held.
func (c *Centre) rangOut(_ *agent, k *contact) { c.requeue(k, Missed, "MissedCallAgent") }

// CustomerGone is a customer who hung up, or could not be reached.
func (c *Centre) CustomerGone(id ContactID, why Reason) {
	c.mu.Lock()
	defer c.unlock()
	if k, ok := c.contacts[id]; ok && !k.gone {
		reason := byCustomer
		if why != Cleared {
			reason = byTrouble
		}
		k.rec.close(c.cfg.Clock.Now(), reason)
		c.left(k, why)
	}
}

// left is a contact whose customer is gone; c.mu is held.
func (c *Centre) left(k *contact, why Reason) {
	k.gone = true
	c.media.End(k.ID)
	a := k.agent
	switch {
	case a == nil:
		c.waiting = slices.DeleteFunc(c.waiting, func(other ContactID) bool { return other == k.ID })
		delete(c.contacts, k.ID)
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
