package connect

import (
	"errors"
	"testing"
	"time"
)

func TestWhatAgentsGoThrough(t *testing.T) {
	for _, tc := range []struct {
		name string
		tell func(*floor)
	}{
		{"a missed call leaves the agent unavailable until another status is chosen, and the caller waits on", func(d *floor) {
			id := ringing(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.available(omar)
			d.stands(omar, "Available [connecting connecting/connected]")
			if who, ok := d.AgentOf(id); !ok || who != omar {
				d.Errorf("held by %q", who)
			}
			d.available(amelia)
			d.stands(amelia, "Available")
		}},
		{"a rejected call goes to whoever else is free, not back", func(d *floor) {
			id := ringing(d)
			d.clock.Advance(time.Second)
			d.available(omar)
			d.must(d.RejectContact(amelia, id))
			d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
			d.stands(omar, "Available [connecting connecting/connected]")
		}},
		{"a caller who gives up in the queue is offered to nobody", func(d *floor) {
			d.CustomerDisconnected(d.call(""), Cleared)
			d.available(amelia)
			d.stands(amelia, "Available")
		}},
		{"a caller who gives up while it rings is missed, then gone, and the agent stays available", func(d *floor) {
			id := ringing(d)
			d.CustomerDisconnected(id, Cleared)
			h := d.agents[amelia].history
			if last := h[len(h)-2]; len(last.Contacts) != 1 || last.Contacts[0].State != Missed {
				d.Errorf("the one before last shows %+v", last.Contacts)
			}
			d.stands(amelia, "Available")
			d.clock.Advance(time.Hour)
			d.stands(amelia, "Available")
		}},
		{"whoever has been available longest is asked first", func(d *floor) {
			d.available(omar)
			d.clock.Advance(time.Second)
			d.available(amelia)
			d.call("")
			d.stands(omar, "Available [connecting connecting/connected]")
			d.stands(amelia, "Available")
		}},
		{"a page that comes and changes nothing wakes nobody who waits for a change", func(d *floor) {
			d.available(amelia)
			before, err := d.Snapshot(amelia)
			d.must(err)
			d.SignedIn(amelia)
			d.SoftphoneConnected(amelia)
			after, err := d.Snapshot(amelia)
			d.must(err)
			if after.Version != before.Version {
				d.Errorf("version %d after %d", after.Version, before.Version)
			}
		}},
		{"a status chosen during a call comes after its after-call work", func(d *floor) {
			id := talking(d)
			d.must(d.SetState(amelia, d.status("Lunch"), true))
			d.CustomerDisconnected(id, Cleared)
			d.stands(amelia, "AfterCallWork>Lunch [ended disconnected/disconnected]")
			d.must(d.ClearContact(amelia, id))
			d.stands(amelia, "Lunch")
		}},
		{"who signs out during a call is offline when it ends", func(d *floor) {
			id := talking(d)
			d.SignedOut(amelia)
			d.stands(amelia, "Busy>Offline [connected connected/connected]")
			d.CustomerDisconnected(id, Cleared)
			d.stands(amelia, "Offline")
		}},
		{"who comes back before the call ends does the after-call work", func(d *floor) {
			id := talking(d)
			d.SignedOut(amelia)
			d.SignedIn(amelia)
			d.CustomerDisconnected(id, Cleared)
			d.stands(amelia, "AfterCallWork>Offline [ended disconnected/disconnected]")
		}},
		{"who signs out while it rings misses the call", func(d *floor) {
			id := ringing(d)
			d.SignedOut(amelia)
			d.stands(amelia, "Offline")
			if _, held := d.AgentOf(id); held {
				d.Error("still held")
			}
		}},
		{"a call that is taken without audio goes back to the queue when none comes", func(d *floor) {
			id := ringing(d)
			d.must(d.AcceptContact(amelia, id))
			d.clock.Advance(audioWithin)
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.available(omar)
			d.stands(omar, "Available [connecting connecting/connected]")
		}},
		{"a call goes on without the audio that it lost", func(d *floor) {
			id := talking(d)
			d.AgentAudioLost(id)
			d.clock.Advance(time.Hour)
			d.stands(amelia, "Busy [connected connected/connected]")
		}},
		{"audio that is lost while it rings out dials nobody again when it comes back", func(d *floor) {
			id := dialled(d)
			d.AgentAudio(id)
			d.AgentAudioLost(id)
			d.AgentAudio(id)
			if len(d.audio) != 1 {
				d.Errorf("dialled again: %v", d.audio)
			}
		}},
		{"a call out that nobody brings audio for fails", func(d *floor) {
			dialled(d)
			d.clock.Advance(ringFor)
			d.stands(amelia, "FailedConnectAgent [error disconnected/disconnected]")
			d.available(amelia)
			if len(d.contacts) != 0 {
				d.Errorf("%d contacts are left", len(d.contacts))
			}
		}},
		{"a call out takes after-call work with it", func(d *floor) {
			id := talking(d)
			d.CustomerDisconnected(id, Cleared)
			next, err := d.CreateOutboundContact(amelia, "+12065550188", "")
			d.must(err)
			d.AgentAudio(next)
			d.CustomerAnswered(next)
			d.CustomerDisconnected(next, Cleared)
			d.must(d.ClearContact(amelia, id))
			d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
			d.must(d.ClearContact(amelia, next))
			d.stands(amelia, "Available")
		}},
		{"an agent cannot touch another's contact", func(d *floor) {
			id := talking(d)
			k := d.now(amelia).Contacts[0]
			for _, err := range []error{
				d.AcceptContact(omar, id), d.RejectContact(omar, id), d.ClearContact(omar, id), d.DestroyConnection(omar, id, k.AgentConnection.ID),
				d.HoldConnection(omar, id, k.CustomerConnection.ID), d.ResumeConnection(omar, id, k.CustomerConnection.ID),
				d.SendDigits(omar, id, k.CustomerConnection.ID, "1"),
			} {
				if !errors.Is(err, ErrNoContact) {
					d.Errorf("err = %v", err)
				}
			}
			d.stands(amelia, "Busy [connected connected/connected]")
		}},
		{"a connection of another contact is refused", func(d *floor) {
			id := talking(d)
			for _, err := range []error{
				d.DestroyConnection(amelia, id, "x"), d.HoldConnection(amelia, id, ""),
				d.ResumeConnection(amelia, id, "x"), d.SendDigits(amelia, id, "x", "1"),
			} {
				if !errors.Is(err, ErrNotTheirs) {
					d.Errorf("err = %v", err)
				}
			}
			d.stands(amelia, "Busy [connected connected/connected]")
		}},
		{"with both on hold, one who comes back leaves the other on hold", func(d *floor) {
			id := talking(d)
			k := d.now(amelia).Contacts[0]
			d.must(d.HoldConnection(amelia, id, k.CustomerConnection.ID))
			d.must(d.HoldConnection(amelia, id, k.AgentConnection.ID))
			d.audio = nil
			d.must(d.ResumeConnection(amelia, id, k.AgentConnection.ID))
			if len(d.audio) != 2 || d.audio[1] != "hold customer" {
				d.Errorf("asked of audio: %v", d.audio)
			}
		}},
		{"a status that is switched off, or unknown, cannot be chosen", func(d *floor) {
			if err := d.SetState(amelia, "none", false); !errors.Is(err, ErrNoStatus) {
				d.Errorf("err = %v", err)
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newFloor(t)
			tc.tell(d)
			check(t, d.Centre)
		})
	}
}

func TestCallsOutFailAsTheTelephoneSays(t *testing.T) {
	for why, want := range outboundErrors {
		d := newFloor(t)
		id := dialled(d)
		d.AgentAudio(id)
		d.CustomerDisconnected(id, why)
		d.stands(amelia, want+" [ended disconnected/disconnected]")
		d.clock.Advance(time.Hour)
		d.stands(amelia, want+" [ended disconnected/disconnected]")
		d.must(d.ClearContact(amelia, id))
		d.stands(amelia, "Available")
	}
	d := newFloor(t)
	d.available(amelia)
	for _, number := range []string{"", "+", "12065550177", "+12", "+1234567890123456", "+1206555o177", "anonymous", "sip:bob@host"} {
		if _, err := d.CreateOutboundContact(amelia, number, ""); !errors.Is(err, ErrBadEndpoint) {
			t.Errorf("dialled %q: %v", number, err)
		}
	}
	d.stands(amelia, "Available")
}

func TestAfterCallWorkMayHaveAnEnd(t *testing.T) {
	d := newFloor(t, func(s *State) { s.Users[0].AfterCallWork = time.Minute })
	id := talking(d)
	d.CustomerDisconnected(id, Cleared)
	d.clock.Advance(59 * time.Second)
	d.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
	d.clock.Advance(time.Second)
	d.stands(amelia, "Available")
	id = talking(d)
	d.CustomerDisconnected(id, Cleared)
	d.must(d.ClearContact(amelia, id))
	second := d.call("")
	d.clock.Advance(30 * time.Second) // past the ring, and past what would have been the end of the work
	d.stands(amelia, "MissedCallAgent [missed disconnected/disconnected]")
	d.CustomerDisconnected(second, Cleared)
	check(t, d.Centre)
}

func TestAutomaticAcceptWaitsForAudio(t *testing.T) {
	d := newFloor(t, func(s *State) { s.Users[0].AutoAccept = true })
	id := ringing(d)
	d.stands(amelia, "Available [connecting connecting/connected]")
	d.AgentAudio(id)
	d.stands(amelia, "Busy [connected connected/connected]")
	d.AgentAudio(id)
	if len(d.audio) != 1 {
		t.Errorf("asked of audio: %v", d.audio)
	}
}

func TestARestartedCentreHasItsAgentsWhereTheyWere(t *testing.T) {
	d := newFloor(t)
	d.must(d.SetState(amelia, d.status("Break"), false))
	talk := d.status("Break")
	if n := len(d.kept); n != 1 || d.kept[0].Chosen[amelia] != talk {
		t.Fatalf("%d changes kept", n)
	}
	again := newFloor(t, func(s *State) { *s = d.kept[0] })
	again.stands(amelia, "Break")
	again.stands(omar, "Offline")
	if err := again.SetState(amelia, again.status("Break"), false); err != nil || len(again.kept) != 0 {
		t.Errorf("choosing the same again is kept %d times, %v", len(again.kept), err)
	}
	if again.now(amelia).Version <= d.now(amelia).Version-10 {
		t.Error("versions went back")
	}
}

func TestAfterARestartCallsWaitForTheSoftphone(t *testing.T) {
	before := newFloor(t)
	before.available(amelia)
	restarted := func() *floor {
		d := newFloor(t, func(s *State) { *s = before.kept[len(before.kept)-1] })
		d.call("+12065550142")
		d.Ready()
		d.stands(amelia, "Available")
		return d
	}
	t.Run("which comes back", func(t *testing.T) {
		d := restarted()
		d.SoftphoneConnected(amelia)
		d.stands(amelia, "Available [connecting connecting/connected]")
	})
	t.Run("or does not", func(t *testing.T) {
		d := restarted()
		d.clock.Advance(returnWithin)
		d.stands(amelia, "Available [connecting connecting/connected]")
	})
}
