package connect

import "strings"

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
		case a.busy() || a.state.Type == Offline || len(c.contacts) >= maxContacts:
			return ErrOutOfTurn
		}
		now := c.cfg.Clock.Now()
		k := &contact{agent: a, Contact: Contact{
			ID: ContactID(c.cfg.IDs()), Customer: number, System: c.state.Instance.Number, Queue: c.state.Queues[0].ID, Queued: now, Began: now, Attributes: map[string]string{},
		}}
		k.AgentLeg = Connection{ID: ConnectionID(c.cfg.IDs()), Agent: true}
		k.OtherLeg = Connection{ID: ConnectionID(c.cfg.IDs())}
		c.set(k, Connecting, LegConnecting, LegConnecting)
		working := a.working()
		c.forget(a, func(*contact) bool { return !working }) // missed and failed ones go with the next call; after-call work stays
		a.contacts = append(a.contacts, k)
		c.contacts[k.ID] = k
		c.enter(a, "CallingCustomer", System)
		c.wake(k, ringFor, c.noAgentAudio)
		made = k.ID
		c.tell("call out", k, a)
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

// noAgentAudio is an agent whose browser did not bring its audio for a call out; c.mu is held.
func (c *Centre) noAgentAudio(a *agent, k *contact) {
	k.gone = true
	c.media.End(k.ID)
	c.over(a, k, Errored, AgentState{Name: "FailedConnectAgent", Type: ErrorState})
}

// CustomerAnswered is a call out that was taken.
func (c *Centre) CustomerAnswered(id ContactID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || k.State != Connecting || k.Inbound {
		return
	}
	c.connect(k.agent, k)
	c.publish(k.agent)
}
