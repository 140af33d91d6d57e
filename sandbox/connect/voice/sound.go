package voice

import (
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// stage is how far a contact has come.
type stage int

const (
	queued       stage = iota // the customer hears music
	dialling                  // the agent hears it ring
	conversation              // they hear each other, unless one is on hold
)

// call is the audio of one contact.
type call struct {
	id                          connect.ContactID
	customer                    *telephony.Call      // nil before a call out was dialled
	agent                       telephony.BrowserLeg // nil until the agent's browser brought it
	deskPhoneFor                connect.ConnectionID // the agent's connection that a desk phone is called for; "" for a softphone
	deskPhone                   *telephony.Call      // to that desk phone; nil before it was dialled
	peer                        string               // names the agent's audio among those that were there for this contact
	stage                       stage
	customerOnHold, agentOnHold bool
	met                         bool // they have heard each other

	now   sound
	quiet []func() // end what is played now
}

// tune is what one party hears.
type tune int

const (
	silence tune = iota
	music
	ringback
)

var sources = map[tune]telephony.Source{music: telephony.HoldMusic, ringback: telephony.Ringback}

// sound is what both parties hear, and where.
type sound struct {
	customer, agent       tune
	joined                bool
	customerLeg, agentLeg telephony.Leg
}

func (k *call) customerLeg() telephony.Leg {
	if k.customer == nil {
		return nil
	}
	return k.customer.Leg()
}

// agentLeg is the agent's audio, of the browser or of the desk phone; nil if it is not there.
func (k *call) agentLeg() telephony.Leg {
	switch {
	case k.agent != nil:
		return k.agent
	case k.deskPhone != nil:
		return k.deskPhone.Leg()
	}
	return nil
}

// render plays what the stage asks for; v.mu is held.
func (k *call) render() {
	s := sound{customerLeg: k.customerLeg(), agentLeg: k.agentLeg()}
	switch {
	case k.stage == queued:
		s.customer = music
	case k.stage == dialling:
		s.agent = ringback
	case k.customerOnHold || k.agentOnHold:
		if k.customerOnHold {
			s.customer = music
		}
		if k.agentOnHold {
			s.agent = music
		}
	case s.customerLeg != nil && s.agentLeg != nil:
		s.joined, k.met = true, true
	case !k.met: // accepted before the agent's audio is there
		s.customer = music
	}
	k.play(s)
}

// play changes what is heard, if it changes.
func (k *call) play(s sound) {
	if s.customer != silence && s.agent == silence && !s.joined {
		s.agentLeg = nil // a tune goes on whoever comes to the other end
	}
	if s == k.now {
		return
	}
	for _, stop := range k.quiet {
		stop()
	}
	k.now, k.quiet = s, nil
	if s.joined {
		k.quiet = append(k.quiet, telephony.Join(s.customerLeg, s.agentLeg))
		return
	}
	for _, end := range []struct {
		leg  telephony.Leg
		tune tune
	}{{s.customerLeg, s.customer}, {s.agentLeg, s.agent}} {
		if source := sources[end.tune]; source != nil && end.leg != nil {
			k.quiet = append(k.quiet, telephony.Play(end.leg, source))
		}
	}
}

// dropAgent lets the agent's audio go.
func (k *call) dropAgent() {
	old := k.agent
	k.agent, k.peer = nil, ""
	k.render()
	if old != nil {
		old.Close()
	}
}
