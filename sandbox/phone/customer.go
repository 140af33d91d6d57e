package phone

import (
	"context"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

// pickUpAfter is how long a customer whom nobody plays lets it ring.
const pickUpAfter = 2 * time.Second

// nobodyPlays says whether a call is for a number that is answered here and that no open handset has.
func (p *Phones) nobodyPlays(c *telephony.Call) bool {
	if !slices.ContainsFunc(p.cfg.Answered, c.Calls) {
		return false
	}
	for number := range p.numbers() {
		if c.Calls(number) {
			return false
		}
	}
	return true
}

// answer is a customer whom nobody plays: lets it ring, picks up, and is heard as a melody until the other side hangs up.
func (p *Phones) answer(ctx context.Context, c *telephony.Call) {
	defer c.HangUp(telephony.Normal) // changes nothing when it is over
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(ctx, func() { c.HangUp(telephony.Normal) })()
	if c.Ring() != nil {
		return
	}
	picked := make(chan struct{})
	timer := p.cfg.Clock.AfterFunc(pickUpAfter, func() { close(picked) })
	defer timer.Stop()
	select {
	case <-picked:
	case <-c.Ended():
		return
	}
	if c.Answer(ctx) != nil {
		return
	}
	defer telephony.Play(c.Leg(), telephony.HoldMusic)()
	<-c.Ended()
}
