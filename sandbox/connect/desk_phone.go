package connect

// dialDeskPhone calls the desk phone of a contact's agent, if that is what the agent speaks through; c.mu is held.
func (c *Centre) dialDeskPhone(k *contact) {
	if k.DeskPhone != "" {
		c.media.DialDeskPhone(k.ID, k.AgentConnection.ID, k.DeskPhone, k.System)
	}
}

// speaksBy says whether the agent's audio may come from a desk phone that was called for a connection; "" is a
// softphone.
func (k *contact) speaksBy(dialled ConnectionID) bool {
	if k.DeskPhone == "" {
		return dialled == ""
	}
	return dialled == k.AgentConnection.ID
}

// DeskPhoneAnswered is a desk phone that was picked up for a connection. That takes the contact: a customer who waits
// is connected, one who is to be called is called now.
func (c *Centre) DeskPhoneAnswered(id ContactID, connection ConnectionID) {
	c.agentAudioConnected(id, connection)
}

// DeskPhoneDisconnected is the end of a desk phone's call for a connection, from its side: before it was answered the
// contact is let go by, after that the agent has hung up. The service has words for a line that is engaged or an
// address that is bad; that a desk phone leads to them is not documented, so it counts as a call that was not taken.
func (c *Centre) DeskPhoneDisconnected(id ContactID, connection ConnectionID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || !k.live() || k.DeskPhone == "" || k.AgentConnection.ID != connection {
		return
	}
	a := k.agent
	switch {
	case k.AgentConnection.State != ConnectionConnecting:
		c.disconnectAgent(a, k)
	case k.Inbound:
		c.requeue(k, Missed, "MissedCallAgent")
	default:
		c.failOutbound(a, k)
	}
	c.publish(a)
	c.route()
}

// UsesDeskPhone says whether a contact's agent speaks through a desk phone.
func (c *Centre) UsesDeskPhone(id ContactID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	return ok && k.DeskPhone != ""
}
