package connect

// ring calls the desk phone of a contact's agent, if that is what the agent speaks through; c.mu is held.
func (c *Centre) ring(k *contact) {
	if k.Desk != "" {
		c.media.Ring(k.ID, k.AgentLeg.ID, k.Desk, k.System)
	}
}

// speaksBy says whether the agent's audio may come from a desk phone that was called for a leg; "" is a softphone.
func (k *contact) speaksBy(desk ConnectionID) bool {
	if k.Desk == "" {
		return desk == ""
	}
	return desk == k.AgentLeg.ID
}

// DeskAnswered is a desk phone that was picked up for a leg. That takes the contact: a customer who waits is connected, one who is to be
// called is called now.
func (c *Centre) DeskAnswered(id ContactID, leg ConnectionID) { c.heard(id, leg) }

// DeskGone is the end of a desk phone's call for a leg, from its side: before it was answered the contact is let go by, after that the
// agent has hung up. The service has words for a line that is engaged or an address that is bad; that a desk phone leads to them is not
// documented, so it counts as a call that was not taken.
func (c *Centre) DeskGone(id ContactID, leg ConnectionID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || !k.live() || k.Desk == "" || k.AgentLeg.ID != leg {
		return
	}
	a := k.agent
	switch {
	case k.AgentLeg.State != LegConnecting:
		c.end(a, k)
	case k.Inbound:
		c.requeue(k, Missed, "MissedCallAgent")
	default:
		c.noAgentAudio(a, k)
	}
	c.publish(a)
	c.route()
}

// AtDesk says whether a contact's agent speaks through a desk phone.
func (c *Centre) AtDesk(id ContactID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	return ok && k.Desk != ""
}
