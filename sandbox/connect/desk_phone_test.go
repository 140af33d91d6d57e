package connect

import (
	"errors"
	"slices"
	"testing"
	"time"
)

const handset = "+12065550150"

// newDeskPhoneFloor is a centre whose amelia has a desk phone; omar has a softphone.
func newDeskPhoneFloor(t *testing.T) *floor {
	t.Helper()
	return newFloor(t, func(s *State) {
		s.Users[0].Phone, s.Users[0].DeskNumber, s.Users[0].AutoAccept = DeskPhone, handset, true
	})
}

// connection is the agent's own of the latest contact.
func (d *floor) connection(who AgentID) ConnectionID {
	d.Helper()
	cs := d.now(who).Contacts
	return cs[len(cs)-1].AgentConnection.ID
}

func (d *floor) askedOfMedia(want ...string) {
	d.Helper()
	if !slices.Equal(d.audio, want) {
		d.Errorf("asked of audio: %q, want %q", d.audio, want)
	}
}

func TestCallsToADeskPhone(t *testing.T) {
	const ring = "ring +12065550150 as +12065550100"
	for _, tc := range []struct {
		name string
		tell func(*floor)
	}{
		{"picking up takes the call", func(d *floor) {
			id := ringing(d)
			d.stands(amelia, "Available [connecting connecting/connected]")
			if k := d.now(amelia).Contacts[0]; k.DeskPhone != handset || k.AutoAccept {
				d.Errorf("%+v", k)
			}
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.stands(amelia, "Busy [connected connected/connected]")
			d.clock.Advance(time.Hour)
			d.stands(amelia, "Busy [connected connected/connected]")
			d.askedOfMedia(ring, "connect")
		}},
		{"the panel cannot take it", func(d *floor) {
			id := ringing(d)
			if err := d.AcceptContact(amelia, id); !errors.Is(err, ErrOutOfTurn) {
				d.Errorf("accepted: %v", err)
			}
			d.stands(amelia, "Available [connecting connecting/connected]")
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.must(d.AcceptContact(amelia, id))
			d.askedOfMedia(ring, "connect")
		}},
		{"a softphone's audio does not take it", func(d *floor) {
			id := ringing(d)
			d.AgentAudio(id)
			d.stands(amelia, "Available [connecting connecting/connected]")
		}},
		{"one that is busy or declines misses the call, and another agent gets it", func(d *floor) {
			id := ringing(d)
			d.available(omar)
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.stands(omar, "Available [connecting connecting/connected]")
			if k := d.now(omar).Contacts[0]; k.DeskPhone != "" {
				d.Errorf("omar has a softphone: %+v", k)
			}
			d.askedOfMedia(ring, "drop agent")
		}},
		{"one that rings out misses the call", func(d *floor) {
			ringing(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.askedOfMedia(ring, "drop agent")
		}},
		{"a rejected call stops ringing", func(d *floor) {
			d.must(d.RejectContact(amelia, ringing(d)))
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.askedOfMedia(ring, "drop agent")
		}},
		{"what becomes of an earlier ring counts no more", func(d *floor) {
			id := ringing(d)
			early := d.connection(amelia)
			d.must(d.RejectContact(amelia, id))
			d.available(amelia)
			d.DeskPhoneAnswered(id, early)
			d.DeskPhoneDisconnected(id, early)
			d.stands(amelia, "Available [connecting connecting/connected]")
			d.askedOfMedia(ring, "drop agent", ring)
		}},
		{"a customer who gives up stops the ringing", func(d *floor) {
			d.CustomerDisconnected(ringing(d), Cleared)
			d.stands(amelia, "Available")
			d.askedOfMedia(ring, "end")
		}},
		{"hanging up ends the conversation", func(d *floor) {
			id := ringing(d)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
			if r, err := d.Record(id); err != nil || r.Reason != byAgent {
				d.Errorf("%+v, %v", r, err)
			}
			d.askedOfMedia(ring, "connect", "end")
		}},
		{"hanging up on hold does too", func(d *floor) {
			id := ringing(d)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.must(d.HoldConnection(amelia, id, d.connection(amelia)))
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
		}},
		{"a customer who hangs up leaves after-call work", func(d *floor) {
			id := ringing(d)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.CustomerDisconnected(id, Cleared)
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
			d.askedOfMedia(ring, "connect", "end")
		}},
		{"who signs out while it rings misses the call", func(d *floor) {
			ringing(d)
			d.SignedOut(amelia)
			d.stands(amelia, "Offline")
			d.askedOfMedia(ring, "drop agent")
		}},
		{"another phone counts from the next call", func(d *floor) {
			id := ringing(d)
			soft := true
			d.must(d.UpdateAgentConfiguration(amelia, AgentConfiguration{SoftPhone: &soft}))
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.stands(amelia, "Busy [connected connected/connected]")
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.must(d.ClearContact(amelia, id))
			d.call("")
			if k := d.now(amelia).Contacts[0]; k.DeskPhone != "" || !k.AutoAccept {
				d.Errorf("%+v", k)
			}
		}},
		{"a call out rings at the desk first, then at the customer", func(d *floor) {
			id := dialled(d)
			d.stands(amelia, "CallingCustomer [connecting connecting/connecting]")
			d.askedOfMedia(ring)
			d.AgentAudio(id)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.stands(amelia, "CallingCustomer [connecting connected/connecting]")
			d.CustomerAnswered(id)
			d.stands(amelia, "Busy [connected connected/connected]")
			d.askedOfMedia(ring, "dial +12065550177 as +12065550100", "connect")
		}},
		{"a call out fails when the desk phone is not taken", func(d *floor) {
			d.DeskPhoneDisconnected(dialled(d), d.connection(amelia))
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.askedOfMedia(ring, "end")
		}},
		{"or rings out", func(d *floor) {
			dialled(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.askedOfMedia(ring, "end")
		}},
		{"hanging up gives up a call out", func(d *floor) {
			id := dialled(d)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			d.DeskPhoneDisconnected(id, d.connection(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
		}},
		{"a deleted agent's phone is let go", func(d *floor) {
			id := ringing(d)
			d.DeskPhoneAnswered(id, d.connection(amelia))
			connection := d.connection(amelia)
			d.must(d.DeleteUser(amelia))
			d.DeskPhoneDisconnected(id, connection)
			d.askedOfMedia(ring, "connect", "end")
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDeskPhoneFloor(t)
			tc.tell(d)
			check(t, d.Centre)
		})
	}
}
