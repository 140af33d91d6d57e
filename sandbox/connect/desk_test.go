package connect

import (
	"errors"
	"slices"
	"testing"
	"time"
)

const handset = "+12065550150"

// sitAtDesk is a centre whose amelia has a desk phone; omar has a softphone.
func sitAtDesk(t *testing.T) *desk {
	t.Helper()
	return sit(t, func(s *State) {
		s.Users[0].Phone, s.Users[0].DeskNumber, s.Users[0].AutoAccept = DeskPhone, handset, true
	})
}

// leg is the agent's own of the latest contact.
func (d *desk) leg(who AgentID) ConnectionID {
	d.Helper()
	cs := d.now(who).Contacts
	return cs[len(cs)-1].AgentLeg.ID
}

func (d *desk) heard(want ...string) {
	d.Helper()
	if !slices.Equal(d.audio, want) {
		d.Errorf("asked of audio: %q, want %q", d.audio, want)
	}
}

func TestCallsToADeskPhone(t *testing.T) {
	const ring = "ring +12065550150 as +12065550100"
	for _, tc := range []struct {
		name string
		tell func(*desk)
	}{
		{"picking up takes the call", func(d *desk) {
			id := ringing(d)
			d.stands(amelia, "Available [connecting connecting/connected]")
			if k := d.now(amelia).Contacts[0]; k.Desk != handset || k.AutoAccept {
				d.Errorf("%+v", k)
			}
			d.DeskAnswered(id, d.leg(amelia))
			d.stands(amelia, "Busy [connected connected/connected]")
			d.clock.Advance(time.Hour)
			d.stands(amelia, "Busy [connected connected/connected]")
			d.heard(ring, "connect")
		}},
		{"the panel cannot take it", func(d *desk) {
			id := ringing(d)
			if err := d.Accept(amelia, id); !errors.Is(err, ErrOutOfTurn) {
				d.Errorf("accepted: %v", err)
			}
			d.stands(amelia, "Available [connecting connecting/connected]")
			d.DeskAnswered(id, d.leg(amelia))
			d.must(d.Accept(amelia, id))
			d.heard(ring, "connect")
		}},
		{"a softphone's audio does not take it", func(d *desk) {
			id := ringing(d)
			d.AgentAudio(id)
			d.stands(amelia, "Available [connecting connecting/connected]")
		}},
		{"one that is busy or declines misses the call, and another agent gets it", func(d *desk) {
			id := ringing(d)
			d.available(omar)
			d.DeskGone(id, d.leg(amelia))
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.stands(omar, "Available [connecting connecting/connected]")
			if k := d.now(omar).Contacts[0]; k.Desk != "" {
				d.Errorf("omar has a softphone: %+v", k)
			}
			d.heard(ring, "drop agent")
		}},
		{"one that rings out misses the call", func(d *desk) {
			ringing(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.heard(ring, "drop agent")
		}},
		{"a rejected call stops ringing", func(d *desk) {
			d.must(d.Reject(amelia, ringing(d)))
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.heard(ring, "drop agent")
		}},
		{"what becomes of an earlier ring counts no more", func(d *desk) {
			id := ringing(d)
			early := d.leg(amelia)
			d.must(d.Reject(amelia, id))
			d.available(amelia)
			d.DeskAnswered(id, early)
			d.DeskGone(id, early)
			d.stands(amelia, "Available [connecting connecting/connected]")
			d.heard(ring, "drop agent", ring)
		}},
		{"a customer who gives up stops the ringing", func(d *desk) {
			d.CustomerGone(ringing(d), Cleared)
			d.stands(amelia, "Available")
			d.heard(ring, "end")
		}},
		{"hanging up ends the conversation", func(d *desk) {
			id := ringing(d)
			d.DeskAnswered(id, d.leg(amelia))
			d.DeskGone(id, d.leg(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
			if r, err := d.Record(id); err != nil || r.Reason != byAgent {
				d.Errorf("%+v, %v", r, err)
			}
			d.heard(ring, "connect", "end")
		}},
		{"hanging up on hold does too", func(d *desk) {
			id := ringing(d)
			d.DeskAnswered(id, d.leg(amelia))
			d.must(d.Hold(amelia, id, d.leg(amelia)))
			d.DeskGone(id, d.leg(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
		}},
		{"a customer who hangs up leaves after-call work", func(d *desk) {
			id := ringing(d)
			d.DeskAnswered(id, d.leg(amelia))
			d.CustomerGone(id, Cleared)
			d.DeskGone(id, d.leg(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
			d.heard(ring, "connect", "end")
		}},
		{"who signs out while it rings misses the call", func(d *desk) {
			ringing(d)
			d.SignedOut(amelia)
			d.stands(amelia, "Offline")
			d.heard(ring, "drop agent")
		}},
		{"another phone counts from the next call", func(d *desk) {
			id := ringing(d)
			soft := true
			d.must(d.ChangeOwn(amelia, OwnChange{SoftPhone: &soft}))
			d.DeskAnswered(id, d.leg(amelia))
			d.stands(amelia, "Busy [connected connected/connected]")
			d.DeskGone(id, d.leg(amelia))
			d.must(d.Clear(amelia, id))
			d.call("")
			if k := d.now(amelia).Contacts[0]; k.Desk != "" || !k.AutoAccept {
				d.Errorf("%+v", k)
			}
		}},
		{"a call out rings at the desk first, then at the customer", func(d *desk) {
			id := dialled(d)
			d.stands(amelia, "CallingCustomer [connecting connecting/connecting]")
			d.heard(ring)
			d.AgentAudio(id)
			d.DeskAnswered(id, d.leg(amelia))
			d.stands(amelia, "CallingCustomer [connecting connected/connecting]")
			d.CustomerAnswered(id)
			d.stands(amelia, "Busy [connected connected/connected]")
			d.heard(ring, "dial +12065550177 as +12065550100", "connect")
		}},
		{"a call out fails when the desk phone is not taken", func(d *desk) {
			d.DeskGone(dialled(d), d.leg(amelia))
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.heard(ring, "end")
		}},
		{"or rings out", func(d *desk) {
			dialled(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.heard(ring, "end")
		}},
		{"hanging up gives up a call out", func(d *desk) {
			id := dialled(d)
			d.DeskAnswered(id, d.leg(amelia))
			d.DeskGone(id, d.leg(amelia))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
		}},
		{"a deleted agent's phone is let go", func(d *desk) {
			id := ringing(d)
			d.DeskAnswered(id, d.leg(amelia))
			leg := d.leg(amelia)
			d.must(d.DeleteUser(amelia))
			d.DeskGone(id, leg)
			d.heard(ring, "connect", "end")
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := sitAtDesk(t)
			tc.tell(d)
			check(t, d.Centre)
		})
	}
}
