package connect

import "time"

// audioWithin is how long a call that an agent took waits for the agent's audio.
const audioWithin = 20 * time.Second

// AgentAudio says that the audio of an agent's softphone for a contact is there: a call out begins now, an automatic accept happens now.
func (c *Centre) AgentAudio(id ContactID) { c.agentAudioConnected(id, "") }

// agentAudioConnected is an agent's audio that is there: of the desk phone that was dialled for a connection, or of a
// softphone.
func (c *Centre) agentAudioConnected(id ContactID, dialled ConnectionID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || !k.live() || !k.speaksBy(dialled) {
		return
	}
	first := !k.audio
	k.audio = true
	switch {
	case !first:
		return
	case k.State == Connected:
		k.stopTimer()
		return
	case k.Inbound && (k.AutoAccept || k.DeskPhone != ""):
		c.connect(k.agent, k)
	case !k.Inbound && k.AgentConnection.State == ConnectionConnected: // back while the customer is being called
		k.stopTimer()
		return
	case !k.Inbound:
		k.stopTimer()
		c.setConnection(&k.AgentConnection, ConnectionConnected)
		c.media.Dial(id, k.Customer, k.System)
	default:
		return
	}
	c.publish(k.agent)
}

// AgentAudioLost says that an agent's audio for a contact went away, such as with a page that was loaded again. The contact goes on, as it
// does with the service: the agent still ends it.
func (c *Centre) AgentAudioLost(id ContactID) {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || !k.audio {
		return
	}
	k.audio = false
	c.logContact("agent's audio lost", k, k.agent)
}

// failInbound is an agent who took a call, but whose browser brought no audio: the caller waits for somebody else.
func (c *Centre) failInbound(_ *agent, k *contact) { c.requeue(k, Errored, "FailedConnectAgent") }

// AgentOf says which agent has a contact; false if nobody does, or it has ended.
func (c *Centre) AgentOf(id ContactID) (AgentID, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.contacts[id]
	if !ok || k.agent == nil || !k.live() {
		return "", false
	}
	return k.agent.user.ID, true
}
