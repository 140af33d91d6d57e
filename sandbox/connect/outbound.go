package connect

import (
	"maps"
	"slices"
	"strings"
)

// outboundErrors are the agent's states when a call out fails. Source: what Amazon Connect Streams sends and takes.
var outboundErrors = map[Cause]string{
	IsBusy:   "LineEngagedCustomer",
	NoAnswer: "MissedCallCustomer",
	Invalid:  "BadAddressCustomer",
	Cleared:  "FailedConnectCustomer",
}

// CreateOutboundContact calls somebody for an agent, out of a queue; "" is the default outbound queue of the agent's
// routing profile.
func (c *Centre) CreateOutboundContact(id AgentID, number string, out QueueID) (ContactID, error) {
	number = dialable(number)
	var made ContactID
	err := c.withAgent(id, func(a *agent) error {
		switch {
		case number == "":
			return ErrBadEndpoint
		case a.busy() || a.state.Type == Offline || len(c.contacts) >= maxContacts:
			return ErrOutOfTurn
		}
		if out == "" {
			out = c.state.RoutingProfileOf(a.user).DefaultOutbound
		}
		q, err := known(c.state.Queues, string(out), "queue")
		if err != nil {
			return ErrNoQueue
		}
		now := c.cfg.Clock.Now()
		k := &contact{agent: a, Contact: Contact{
			ID: ContactID(c.cfg.IDs()), InitiationMethod: InitiatedOutbound, Customer: number, System: c.state.callerID(q),
			Queue: q.ID, Queued: now, Began: now, Attributes: map[string]string{},
			DeskPhone: a.user.deskPhone(),
		}}
		c.openRecord(k)
		k.AgentConnection = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true}
		k.CustomerConnection = Connection{ID: ConnectionID(c.cfg.IDs())}
		c.setContactState(k, Connecting, ConnectionConnecting, ConnectionConnecting)
		working := a.inAfterCallWork()
		c.removeContacts(a, func(*contact) bool { return !working }) // missed and failed ones go with the next call; after-call work stays
		a.contacts = append(a.contacts, k)
		c.contacts[k.ID] = k
		c.enterState(a, "CallingCustomer", System)
		c.startTimer(k, ringFor, c.failOutbound)
		c.dialDeskPhone(k)
		made = k.ID
		c.logContact("call out", k, a)
		return nil
	})
	return made, err
}

func dialable(number string) string {
	digits, plus := strings.CutPrefix(number, "+")
	if digits == "" || len(digits) < 3 || len(digits) > maxDigits || strings.Trim(digits, "0123456789") != "" || !plus {
		return ""
	}
	return number
}

// failOutbound is an agent whose browser did not bring its audio for a call out, or whose desk phone was not
// answered; c.mu is held.
func (c *Centre) failOutbound(a *agent, k *contact) {
	k.disconnected = true
	c.media.End(k.ID)
	c.endContact(a, k, Errored, AgentState{Name: "FailedConnectAgent", Type: ErrorState})
}

// OutboundRequest is a call that the API asks for, before there is an agent.
type OutboundRequest struct {
	Number     string
	Flow       FlowID // leads the call on when it is answered
	Queue      QueueID
	From       string // one of the instance's numbers; "" is the queue's
	Attributes map[string]string
	Name       string
}

// StartOutboundContact calls somebody; whoever answers is led on by a flow.
func (c *Centre) StartOutboundContact(in OutboundRequest) (ContactID, error) {
	c.mu.Lock()
	defer c.unlock()
	number := dialable(in.Number)
	s := &c.state
	from := in.From
	q, noQueue := known(s.Queues, string(in.Queue), "queue")
	switch {
	case number == "":
		return "", invalid("DestinationPhoneNumber", "The destination is not a number in E.164.")
	case in.Queue == "" && from == "":
		return "", invalid("QueueId", "A queue or a source phone number is needed.")
	case in.Queue != "" && noQueue != nil:
		return "", noQueue
	case in.Queue != "" && q.Disabled:
		return "", invalid("QueueId", "The queue is disabled.")
	case from == "":
		from = s.callerID(q)
	case !slices.ContainsFunc(s.Numbers, func(n Number) bool { return n.E164 == from }):
		return "", invalid("SourcePhoneNumber", "The source is none of the instance's numbers.")
	}
	if err := s.flowOf(in.Flow, ContactFlow); err != nil {
		return "", err
	}
	if len(c.contacts) >= maxContacts {
		return "", &Refusal{Why: ErrTooMany, Message: "There are as many contacts as there may be."}
	}
	now := c.cfg.Clock.Now()
	k := &contact{flow: in.Flow, calling: true, Contact: Contact{
		ID: ContactID(c.cfg.IDs()), Inbound: true, InitiationMethod: InitiatedByAPI, Customer: number, System: from,
		Queue: in.Queue, Began: now, Attributes: map[string]string{},
	}}
	maps.Copy(k.Attributes, in.Attributes)
	k.AgentConnection = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true, State: ConnectionDisconnected}
	k.CustomerConnection = Connection{ID: ConnectionID(c.cfg.IDs()), State: ConnectionConnecting, Since: now}
	c.openRecord(k)
	k.rec.Name = in.Name
	c.contacts[k.ID] = k
	c.media.Dial(k.ID, number, from)
	c.logContact("call out for the API", k, nil)
	return k.ID, nil
}

// CustomerAnswered is a call out that was taken.
func (c *Centre) CustomerAnswered(id ContactID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	switch {
	case ok && k.calling:
		k.calling = false
		c.setConnection(&k.CustomerConnection, ConnectionConnected)
		if c.enqueue(k, k.flow) {
			c.media.DropAgent(id)
			c.route()
			return
		}
		k.disconnected = true
		c.media.End(id)
		delete(c.contacts, id)
	case !ok || k.agent == nil || k.State != Connecting || k.Inbound:
		return
	default:
		c.connect(k.agent, k)
		c.publish(k.agent)
	}
}
