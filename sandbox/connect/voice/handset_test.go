package voice

import (
	"errors"
	"testing"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

const handset = "+12065550150"

// newDeskPhoneFloor is a floor whose agent has a telephone that is registered by SIP, and nothing in the browser.
func newDeskPhoneFloor(t *testing.T) *floor {
	t.Helper()
	d := newFloor(t)
	soft, number := false, handset
	if err := d.centre.UpdateAgentConfiguration(d.agent, connect.AgentConfiguration{SoftPhone: &soft, DeskNumber: &number}); err != nil {
		t.Fatal(err)
	}
	if err := d.theirs.RegisterAt(t.Context(), d.ours.SIPAddr(), handset, 300); err != nil {
		t.Fatal(err)
	}
	return d
}

// rung is the next call that reaches a telephone of theirs.
func (d *floor) rung(number string) *telephony.Call {
	d.Helper()
	in := <-d.theirs.Calls()
	if !in.Calls(number) {
		d.Fatalf("it rings at %s, not at %s", in.To(), number)
	}
	if err := in.Ring(); err != nil {
		d.Fatal(err)
	}
	return in
}

func (d *floor) pickUp(c *telephony.Call) *ear {
	d.Helper()
	if err := c.Answer(d.Context()); err != nil {
		d.Fatal(err)
	}
	return listen(c)
}

func shows(name string) func(connect.Snapshot) bool {
	return func(s connect.Snapshot) bool { return s.State.Name == name }
}

func TestACallerAndADeskPhoneHearEachOther(t *testing.T) {
	leak.Check(t)
	d := newDeskPhoneFloor(t)
	out, id := d.call("+12065550142")
	caller := listen(out)
	defer telephony.Play(out.Leg(), telephony.Tone(660))()
	phone := d.rung(handset)
	if phone.From() != number {
		t.Errorf("the desk phone shows %q", phone.From())
	}
	if _, _, err := d.voice.Invite(t.Context(), d.agent, id, telephony.Offer{}); !errors.Is(err, ErrNoCall) {
		t.Errorf("audio of a browser: %v", err)
	}
	agent := d.pickUp(phone)
	defer telephony.Play(phone.Leg(), telephony.Tone(1000))()
	d.until("connected", is(connect.Connected))
	caller.hears(t, "the caller", 1000)
	agent.hears(t, "the agent", 660)
	k := d.until("connected", is(connect.Connected)).Contacts[0]
	for _, held := range []struct {
		who  string
		leg  connect.ConnectionID
		hear *ear
		own  float64
	}{{"the caller", k.CustomerConnection.ID, caller, 1000}, {"the agent", k.AgentConnection.ID, agent, 660}} {
		if err := d.centre.HoldConnection(d.agent, id, held.leg); err != nil {
			t.Fatal(err)
		}
		held.hear.hears(t, held.who+" on hold", note)
		if err := d.centre.ResumeConnection(d.agent, id, held.leg); err != nil {
			t.Fatal(err)
		}
		held.hear.hears(t, held.who+" again", held.own)
	}
	phone.HangUp(telephony.Normal)
	d.until("after-call work", shows("AfterCallWork"))
	within(t, "the caller's end", out.Ended())
}

func TestKeysOfADeskPhoneReachTheCaller(t *testing.T) {
	leak.Check(t)
	d := newDeskPhoneFloor(t)
	out, id := d.call("+12065550142")
	keys := make(chan byte, 8)
	out.Leg().Digits(func(key byte) { keys <- key })
	phone := d.rung(handset)
	agent := d.pickUp(phone)
	defer telephony.Play(out.Leg(), telephony.Tone(660))()
	agent.hears(t, "the agent", 660)
	if err := telephony.SendDigits(t.Context(), phone.Leg(), "7"); err != nil {
		t.Fatal(err)
	}
	if key := <-keys; key != '7' {
		t.Errorf("%c", key)
	}
	if err := d.centre.SendDigits(d.agent, id, d.until("connected", is(connect.Connected)).Contacts[0].AgentConnection.ID, "4"); err != nil {
		t.Fatal(err)
	}
	if key := <-keys; key != '4' {
		t.Errorf("%c", key)
	}
	out.HangUp(telephony.Normal)
	within(t, "the desk phone's end", phone.Ended())
	d.until("after-call work", shows("AfterCallWork"))
}

func TestADeskPhoneThatIsNotTaken(t *testing.T) {
	for _, tc := range []struct {
		name string
		end  func(d *floor, id connect.ContactID, phone *telephony.Call)
		want string
	}{
		{"it is busy", func(_ *floor, _ connect.ContactID, phone *telephony.Call) { phone.HangUp(telephony.Busy) }, "MissedCallAgent"},
		{"it declines", func(_ *floor, _ connect.ContactID, phone *telephony.Call) { phone.HangUp(telephony.Declined) }, "MissedCallAgent"},
		{"it rings out", func(d *floor, _ connect.ContactID, _ *telephony.Call) { d.clock.Advance(ringFor) }, "MissedCallAgent"},
		{"the panel rejects", func(d *floor, id connect.ContactID, _ *telephony.Call) {
			if err := d.centre.RejectContact(d.agent, id); err != nil {
				d.Fatal(err)
			}
		}, "MissedCallAgent"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			leak.Check(t)
			d := newDeskPhoneFloor(t)
			out, id := d.call("+12065550142")
			phone := d.rung(handset)
			tc.end(d, id, phone)
			d.until(tc.want, shows(tc.want))
			within(t, "silence", phone.Ended())
			listen(out).hears(t, "the caller who waits on", note)
		})
	}
	t.Run("the caller gives up, and the next one is taken", func(t *testing.T) {
		leak.Check(t)
		d := newDeskPhoneFloor(t)
		out, _ := d.call("+12065550142")
		phone := d.rung(handset)
		out.HangUp(telephony.Normal)
		within(t, "silence", phone.Ended())
		d.until("free again", func(s connect.Snapshot) bool { return len(s.Contacts) == 0 && s.State.Name == "Available" })
		out, _ = d.call("+12065550143")
		phone = d.rung(handset)
		agent := d.pickUp(phone)
		defer telephony.Play(out.Leg(), telephony.Tone(660))()
		agent.hears(t, "the agent", 660)
		phone.HangUp(telephony.Normal)
		within(t, "the caller's end", out.Ended())
	})
	t.Run("nobody is there", func(t *testing.T) {
		d := newFloor(t)
		soft, nowhere := false, "+12065550198"
		if err := d.centre.UpdateAgentConfiguration(d.agent, connect.AgentConfiguration{SoftPhone: &soft, DeskNumber: &nowhere}); err != nil {
			t.Fatal(err)
		}
		out, err := d.theirs.CallAt(t.Context(), d.ours.SIPAddr(), number, "+12065550142", telephony.PCMU)
		if err != nil {
			t.Fatal(err)
		}
		within(t, "answered", out.Answered())
		d.until("missed", shows("MissedCallAgent"))
	})
}

func TestACallOutOfADeskPhone(t *testing.T) {
	leak.Check(t)
	d := newDeskPhoneFloor(t)
	if err := d.theirs.RegisterAt(t.Context(), d.ours.SIPAddr(), "+12065550177", 300); err != nil {
		t.Fatal(err)
	}
	dial := func() *telephony.Call {
		t.Helper()
		if _, err := d.centre.CreateOutboundContact(d.agent, "+12065550177", ""); err != nil {
			t.Fatal(err)
		}
		return d.rung(handset)
	}
	phone := dial()
	agent := d.pickUp(phone)
	callee := d.rung("+12065550177")
	if callee.From() != number {
		t.Errorf("the call comes from %q", callee.From())
	}
	customer := d.pickUp(callee)
	d.until("connected", is(connect.Connected))
	defer telephony.Play(callee.Leg(), telephony.Tone(660))()
	defer telephony.Play(phone.Leg(), telephony.Tone(1000))()
	customer.hears(t, "whom we called", 1000)
	agent.hears(t, "the agent", 660)
	callee.HangUp(telephony.Normal)
	within(t, "the desk phone's end", phone.Ended())
	d.until("after-call work", shows("AfterCallWork"))
	dial().HangUp(telephony.Declined)
	s := d.until("failed", shows("FailedConnectAgent"))
	if k := s.Contacts[len(s.Contacts)-1]; k.State != connect.Errored {
		t.Errorf("%+v", k)
	}
	phone = dial()
	d.pickUp(phone)
	callee = d.rung("+12065550177")
	phone.HangUp(telephony.Normal)
	within(t, "the callee's end", callee.Ended())
	d.until("given up", shows("AfterCallWork"))
	dial().HangUp(telephony.Busy)
	d.until("failed", shows("FailedConnectAgent"))
}
