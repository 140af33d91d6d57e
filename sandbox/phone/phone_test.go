package phone

import (
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// calls places a call from a page; audio is agreed when it returns.
func (p *page) calls(to string, withheld bool) *voice {
	p.t.Helper()
	v, offer := speak(p.t)
	offer.Type, offer.Call, offer.To, offer.Withheld = "call", "k1", to, withheld
	p.say(offer)
	v.answered(p.heard("audio"))
	return v
}

func (p *page) answers(call string) *voice {
	p.t.Helper()
	v, offer := speak(p.t)
	offer.Type, offer.Call = "answer", call
	p.say(offer)
	v.answered(p.heard("audio"))
	return v
}

func TestAHandsetCallsAndBothHearEachOther(t *testing.T) {
	leak.Check(t)
	b := build(t)
	p := b.open(t, own)
	v := p.calls(far, false)
	in := b.arrives(t)
	if in.From() != own || in.To() != far || in.Codec() != telephony.PCMU {
		t.Errorf("from %q to %q in %s", in.From(), in.To(), in.Codec())
	}
	if err := in.Ring(); err != nil {
		t.Fatal(err)
	}
	p.heard("ringing")
	if err := in.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.heard("connected")

	heard := make(chan []int16, 1)
	var samples []int16
	in.Leg().Receive(func(frame []byte) {
		if samples = append(samples, telephony.Decode(telephony.PCMU, frame)...); len(samples) >= 8000 && cap(heard) > len(heard) {
			heard <- samples
		}
	})
	stopFar := telephony.Play(in.Leg(), telephony.Tone(660))
	defer stopFar()
	stopMicrophone := telephony.Play(leg{v.mic}, telephony.Tone(1000))
	if share := v.hears(660); share < 0.8 {
		t.Errorf("the page hears %.2f of 660 Hz", share)
	}
	if share := share(<-heard, 1000); share < 0.8 {
		t.Errorf("the far side hears %.2f of 1000 Hz", share)
	}
	stopMicrophone()

	pressed := make(chan byte, 8)
	in.Leg().Digits(func(d byte) { pressed <- d })
	v.press(5)
	v.press(11)
	if first, second := <-pressed, <-pressed; first != '5' || second != '#' {
		t.Errorf("pressed %c %c", first, second)
	}
	if err := telephony.SendDigits(t.Context(), in.Leg(), "9"); err != nil {
		t.Fatal(err)
	}
	if m := p.heard("digit"); m.Digit != "9" {
		t.Errorf("the page is told of key %q", m.Digit)
	}

	p.say(fromPage{Type: "hangup", Call: "k1"})
	if m := p.heard("ended"); m.Code != 200 {
		t.Errorf("ended with %d", m.Code)
	}
	within(t, "the far side hears of the end", in.Ended())
	if in.Cause() != telephony.Normal {
		t.Errorf("the far side's cause is %s", in.Cause())
	}
}

func TestACallThatIsNotAnsweredSaysWhy(t *testing.T) {
	leak.Check(t)
	b := build(t)
	p := b.open(t, own)
	for _, cause := range []telephony.Cause{telephony.Busy, telephony.Declined, telephony.Unallocated, telephony.NoAnswer} {
		t.Run(cause.String(), func(t *testing.T) {
			p.calls(far, false)
			b.arrives(t).HangUp(cause)
			if m := p.heard("ended"); m.Code != cause.SIP || m.Call != "k1" {
				t.Errorf("ended: %+v", m)
			}
		})
	}
	t.Run("a caller who gives up cancels", func(t *testing.T) {
		p.calls(far, false)
		in := b.arrives(t)
		if err := in.Ring(); err != nil {
			t.Fatal(err)
		}
		p.heard("ringing")
		p.say(fromPage{Type: "hangup", Call: "k1"})
		p.heard("ended")
		within(t, "the end", in.Ended())
		if in.Cause() != telephony.Cancelled {
			t.Errorf("cause %s", in.Cause())
		}
	})
	t.Run("a number that is withheld does not arrive", func(t *testing.T) {
		p.calls(far, true)
		in := b.arrives(t)
		if in.From() != "" {
			t.Errorf("from %q", in.From())
		}
		in.HangUp(telephony.Busy)
		p.heard("ended")
	})
	for name, to := range map[string]string{"no number": "", "words": "the office", "a number that is too long": strings.Repeat("1", 16)} {
		t.Run(name+" is refused at once", func(t *testing.T) {
			p.say(fromPage{Type: "call", Call: "k1", To: to})
			if m := p.heard("ended"); m.Code != 484 {
				t.Errorf("ended with %d", m.Code)
			}
		})
	}
	t.Run("an offer without audio is refused", func(t *testing.T) {
		p.say(fromPage{Type: "call", Call: "k1", To: far, SDP: "nothing"})
		if m := p.heard("ended"); m.Code != 488 {
			t.Errorf("ended with %d", m.Code)
		}
	})
	t.Run("a second call waits for the end of the first", func(t *testing.T) {
		p.calls(far, false)
		in := b.arrives(t)
		p.say(fromPage{Type: "call", Call: "k2", To: far})
		if m := p.heard("ended"); m.Code != 486 || m.Call != "k2" {
			t.Errorf("ended: %+v", m)
		}
		in.HangUp(telephony.Busy)
		if m := p.heard("ended"); m.Call != "k1" {
			t.Errorf("ended: %+v", m)
		}
	})
}

func TestAHandsetIsCalled(t *testing.T) {
	leak.Check(t)
	b := build(t)
	p := b.open(t, own)
	out := b.rings(t, own)
	m := p.heard("incoming")
	if m.From != far {
		t.Errorf("from %q", m.From)
	}
	within(t, "it rings", out.Ringing())
	v := p.answers(m.Call)
	p.heard("connected")
	within(t, "answered", out.Answered())
	stop := telephony.Play(out.Leg(), telephony.Tone(660))
	defer stop()
	if share := v.hears(660); share < 0.8 {
		t.Errorf("the page hears %.2f of 660 Hz", share)
	}
	second := b.rings(t, own)
	within(t, "the end of a second call", second.Ended())
	if second.Cause().SIP != telephony.Busy.SIP {
		t.Errorf("a second call ends with %s", second.Cause())
	}
	out.HangUp(telephony.Normal)
	if end := p.heard("ended"); end.Call != m.Call || end.Code != 200 {
		t.Errorf("ended: %+v", end)
	}
}

func TestHandsetsOfOneNumber(t *testing.T) {
	leak.Check(t)
	b := build(t)
	first, second := b.open(t, own), b.open(t, own)
	t.Run("all ring, and the first to answer has the call", func(t *testing.T) {
		out := b.rings(t, own)
		m := first.heard("incoming")
		second.heard("incoming")
		first.answers(m.Call)
		first.heard("connected")
		if end := second.heard("ended"); end.Text != elsewhere.Text {
			t.Errorf("the other is told %+v", end)
		}
		out.HangUp(telephony.Normal)
		first.heard("ended")
	})
	t.Run("one declines, the other goes on ringing; then both have declined", func(t *testing.T) {
		out := b.rings(t, own)
		m := first.heard("incoming")
		second.heard("incoming")
		first.say(fromPage{Type: "decline", Call: m.Call})
		first.heard("ended")
		select {
		case <-out.Ended():
			t.Fatalf("one refusal ended the call: %s", out.Cause())
		default:
		}
		second.say(fromPage{Type: "decline", Call: m.Call})
		second.heard("ended")
		within(t, "the end", out.Ended())
		if out.Cause().SIP != telephony.Declined.SIP {
			t.Errorf("cause %s", out.Cause())
		}
	})
	t.Run("a caller who gives up stops all of them", func(t *testing.T) {
		out := b.rings(t, own)
		first.heard("incoming")
		second.heard("incoming")
		within(t, "it rings", out.Ringing())
		out.HangUp(telephony.Cancelled)
		for _, p := range []*page{first, second} {
			if end := p.heard("ended"); end.Code != telephony.Cancelled.SIP {
				t.Errorf("ended with %d", end.Code)
			}
		}
	})
}

func TestAPageThatGoes(t *testing.T) {
	leak.Check(t)
	b := build(t)
	t.Run("in the middle of a call ends it", func(t *testing.T) {
		p := b.open(t, own)
		p.calls(far, false)
		in := b.arrives(t)
		if err := in.Answer(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.close()
		within(t, "the end", in.Ended())
		if in.Cause() != telephony.Normal {
			t.Errorf("cause %s", in.Cause())
		}
	})
	t.Run("while it rings lets the caller know", func(t *testing.T) {
		p := b.open(t, own)
		out := b.rings(t, own)
		p.heard("incoming")
		p.close()
		within(t, "the end", out.Ended())
		if out.Cause().SIP != telephony.NoAnswer.SIP {
			t.Errorf("cause %s", out.Cause())
		}
	})
	t.Run("or takes another number cannot be called any more", func(t *testing.T) {
		p := b.open(t, own)
		p.say(fromPage{Type: "register", Number: "+12065550143"})
		p.heard("registered")
		b.unallocated(t, own)
		p.close()
		b.unallocated(t, "+12065550143")
	})
}

// unallocated waits until nobody can be called at a number.
func (b *house) unallocated(t *testing.T, number string) {
	t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		c := b.rings(t, number)
		select {
		case <-c.Ended():
			if c.Cause() == telephony.Unallocated {
				return
			}
		case <-deadline:
			t.Fatalf("%s can still be called", number)
		}
	}
}

func TestTheEndOfTheHouseHangsUp(t *testing.T) {
	leak.Check(t)
	b := build(t)
	p := b.open(t, own)
	p.calls(far, false)
	in := b.arrives(t)
	if err := in.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.end()
	within(t, "the far side hears of the end", in.Ended())
	if in.Cause() != telephony.Normal {
		t.Errorf("cause %s", in.Cause())
	}
	b.unallocated(t, own)
}
