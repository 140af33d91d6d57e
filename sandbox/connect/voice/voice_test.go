package voice

import (
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// note is the first one of what waiting callers hear; it comes round every eight seconds.
const note = 262

func (d *floor) accept(id connect.ContactID) {
	d.Helper()
	if err := d.centre.AcceptContact(d.agent, id); err != nil {
		d.Fatal(err)
	}
}

func TestACallerAndAnAgentHearEachOther(t *testing.T) {
	leak.Check(t)
	d := newFloor(t)
	out, id := d.call("+12065550142")
	defer telephony.Play(out.Leg(), telephony.Tone(660))()
	caller := listen(out)
	tab := d.open(id, 1000)
	d.accept(id)
	caller.hears(t, "the caller", 1000)
	tab.heard.hears(t, "the agent", 660)
	k := d.until("connected", is(connect.Connected)).Contacts[0]
	if err := d.centre.HoldConnection(d.agent, id, k.AgentConnection.ID); err != nil {
		t.Fatal(err)
	}
	tab.heard.hears(t, "the agent on hold", note)
	if err := d.centre.ResumeConnection(d.agent, id, k.AgentConnection.ID); err != nil {
		t.Fatal(err)
	}
	tab.heard.hears(t, "the agent again", 660)
	if err := d.centre.HoldConnection(d.agent, id, k.CustomerConnection.ID); err != nil {
		t.Fatal(err)
	}
	caller.hears(t, "the caller on hold", note)
	if err := d.centre.DestroyConnection(d.agent, id, k.AgentConnection.ID); err != nil {
		t.Fatal(err)
	}
	within(t, "the end", out.Ended())
}

func TestASecondTabTakesTheAudioOver(t *testing.T) {
	leak.Check(t)
	d := newFloor(t)
	out, id := d.call("+12065550142")
	caller := listen(out)
	first := d.open(id, 1000)
	d.accept(id)
	caller.hears(t, "the caller", 1000)
	second := d.open(id, 1400)
	caller.hears(t, "the caller", 1400)
	d.voice.Bye(d.agent, id, first.peer)
	_ = first.pc.Close()
	d.voice.Bye("another", id, second.peer)
	d.clock.Advance(time.Hour)
	if s, err := d.centre.Snapshot(d.agent); err != nil || !is(connect.Connected)(s) {
		t.Fatalf("the loser's goodbye ended the call: %+v, %v", s, err)
	}
	caller.hears(t, "the caller", 1400)
	d.voice.Bye(d.agent, id, "")
	third := d.open(id, 1800)
	caller.hears(t, "the caller", 1800)
	if third.peer == second.peer {
		t.Error("two tabs have one name")
	}
}

func TestAudioThatGoesAway(t *testing.T) {
	leak.Check(t)
	d := newFloor(t)
	out, id := d.call("+12065550142")
	caller := listen(out)
	first := d.open(id, 1000)
	d.accept(id)
	caller.hears(t, "the caller", 1000)
	gone := d.gone(id)
	_ = first.pc.Close() // as a page that is loaded again does
	within(t, "the loss", gone)
	d.open(id, 1400)
	caller.hears(t, "the caller", 1400)
	d.clock.Advance(time.Hour)
	d.until("the call goes on", is(connect.Connected))
	gone = d.gone(id)
	d.voice.Bye(d.agent, id, "")
	within(t, "the loss", gone)
	d.clock.Advance(time.Hour)
	k := d.until("the call goes on without audio", is(connect.Connected)).Contacts[0]
	if err := d.centre.DestroyConnection(d.agent, id, k.AgentConnection.ID); err != nil {
		t.Fatal(err)
	}
	d.until("the end", is(connect.Ended))
	within(t, "the caller's end", out.Ended())
	if _, _, err := d.voice.Invite(t.Context(), d.agent, id, telephony.Offer{}); !errors.Is(err, ErrNoCall) {
		t.Errorf("audio for a call that is over: %v", err)
	}
}

// gone is closed when the audio that a contact's agent has now is lost.
func (d *floor) gone(id connect.ContactID) <-chan struct{} {
	d.Helper()
	d.voice.mu.Lock()
	k := d.voice.calls[id]
	leg := k.agent
	d.voice.mu.Unlock()
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-leg.Lost()
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for range tick.C {
			d.voice.mu.Lock()
			away := k.agent != leg
			d.voice.mu.Unlock()
			if away {
				return
			}
		}
	}()
	return done
}

func TestWhoCallsIsSaidAsItCame(t *testing.T) {
	for _, tc := range []struct{ from, want string }{{"+12065550142", "+12065550142"}, {"", ""}, {"Anonymous", ""},
		{"bob", ""}, {"2065550142", "2065550142"}} {
		t.Run(tc.from, func(t *testing.T) {
			d := newFloor(t)
			out, _ := d.call(tc.from)
			k := d.until("ringing", is(connect.Connecting)).Contacts[0]
			if k.Customer != tc.want || k.System != number {
				t.Errorf("%q calls %q, want %q", k.Customer, k.System, tc.want)
			}
			out.HangUp(telephony.Normal)
			d.until("free again", func(s connect.Snapshot) bool { return len(s.Contacts) == 0 && s.State.Name == "Available" })
		})
	}
}

func TestAnotherNumberIsNotAnswered(t *testing.T) {
	d := newFloor(t)
	out, err := d.theirs.CallAt(t.Context(), d.ours.SIPAddr(), "+12065550999", "", telephony.PCMU)
	if err != nil {
		t.Fatal(err)
	}
	within(t, "the end", out.Ended())
	if out.Cause().SIP != telephony.Unallocated.SIP {
		t.Errorf("cause %s", out.Cause())
	}
}

func TestCallsOut(t *testing.T) {
	leak.Check(t)
	d := newFloor(t)
	if err := d.theirs.RegisterAt(t.Context(), d.ours.SIPAddr(), "+12065550177", 300); err != nil {
		t.Fatal(err)
	}
	dial := func(to string) connect.ContactID {
		t.Helper()
		id, err := d.centre.CreateOutboundContact(d.agent, to, "")
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	endsIn := func(id connect.ContactID, want string) {
		t.Helper()
		d.until(want, func(s connect.Snapshot) bool { return s.State.Name == want })
		if err := d.centre.ClearContact(d.agent, id); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("answered", func(t *testing.T) {
		id := dial("+12065550177")
		tab := d.open(id, 1000)
		in := <-d.theirs.Calls()
		if in.From() != number {
			t.Errorf("the call comes from %q", in.From())
		}
		if err := in.Ring(); err != nil {
			t.Fatal(err)
		}
		if err := in.Answer(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.until("connected", is(connect.Connected))
		listen(in).hears(t, "whom we called", 1000)
		defer telephony.Play(in.Leg(), telephony.Tone(660))()
		tab.heard.hears(t, "the agent", 660)
		in.HangUp(telephony.Normal)
		endsIn(id, "AfterCallWork")
	})
	for cause, want := range map[telephony.Cause]string{telephony.Busy: "LineEngagedCustomer",
		telephony.NoAnswer: "MissedCallCustomer", telephony.Unallocated: "BadAddressCustomer", telephony.Failed: "FailedConnectCustomer"} {
		t.Run(want, func(t *testing.T) {
			id := dial("+12065550177")
			d.open(id, 1000)
			in := <-d.theirs.Calls()
			in.HangUp(cause)
			endsIn(id, want)
		})
	}
	t.Run("nobody is there", func(t *testing.T) {
		id := dial("+12065550199")
		d.invite(id, 1000)
		endsIn(id, "BadAddressCustomer")
	})
	t.Run("the agent gives up while it rings", func(t *testing.T) {
		id := dial("+12065550177")
		d.open(id, 1000)
		in := <-d.theirs.Calls()
		s, err := d.centre.Snapshot(d.agent)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.centre.DestroyConnection(d.agent, id, s.Contacts[0].AgentConnection.ID); err != nil {
			t.Fatal(err)
		}
		within(t, "the end", in.Ended())
		endsIn(id, "AfterCallWork")
	})
}
