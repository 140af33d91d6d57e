package phone

import (
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// calls dials a number from the trunk, as the contact centre does.
func (b *house) calls(t *testing.T, number string) *telephony.Call {
	t.Helper()
	if err := b.trunk.RingAt(b.phones.Addr(), own); err != nil {
		t.Fatal(err)
	}
	c, err := b.trunk.Dial(t.Context(), number, far, telephony.PCMU)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACustomerWhomNobodyPlaysRingsAnswersIsHeardAndEndsWithTheOtherSide(t *testing.T) {
	leak.Check(t)
	b := build(t, own)
	begun := time.Now()
	out := b.calls(t, "2065550142")
	<-out.Ringing()
	select {
	case <-out.Answered():
	case <-out.Ended():
		t.Fatalf("ended: %s", out.Cause())
	}
	if rang := time.Since(begun); rang < pickUpAfter {
		t.Errorf("answered after %v", rang)
	}
	loud := make(chan struct{}, 1)
	out.Leg().Receive(func(frame []byte) {
		for _, s := range telephony.Decode(telephony.PCMU, frame) {
			if s > 2000 && len(loud) == 0 {
				loud <- struct{}{}
			}
		}
	})
	<-loud
	out.HangUp(telephony.Normal)
	b.end() // returns when nobody is on the line any more
}

func TestAHandsetOfTheNumberComesBeforeTheSandbox(t *testing.T) {
	leak.Check(t)
	b := build(t, own)
	p := b.open(t, own)
	out := b.calls(t, own)
	p.say(fromPage{Type: "decline", Call: p.heard("incoming").Call})
	<-out.Ended()
	if out.Cause() != telephony.Declined {
		t.Errorf("cause %s", out.Cause())
	}
}

func TestACustomerWhomNobodyPlaysEndsWithTheSandbox(t *testing.T) {
	leak.Check(t)
	b := build(t, own)
	out := b.calls(t, own)
	<-out.Answered()
	b.end()
	<-out.Ended()
}
