package voice

import (
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// ringFor is how long a call out may ring.
const ringFor = 60 * time.Second

// answer answers a call to the instance's number at once, as the service does, and follows it to its end.
func (v *Voice) answer(c *telephony.Call) {
	number := ""
	for _, n := range v.centre.Numbers() {
		if c.Calls(n) {
			number = n
		}
	}
	if number == "" {
		c.HangUp(telephony.Unallocated)
		return
	}
	if c.Ring() != nil || c.Answer(v.ctx) != nil {
		return
	}
	v.mu.Lock() // until the call is known: the core may offer it at once
	id := v.centre.Arrived(c.From(), number)
	if id == "" {
		v.mu.Unlock()
		c.HangUp(telephony.Overloaded)
		return
	}
	k := &call{id: id, customer: c}
	v.calls[id] = k
	k.render()
	v.mu.Unlock()
	v.centre.Ready()
	v.waitForEnd(c)
	v.centre.CustomerDisconnected(id, connect.Cleared)
}

// waitForEnd waits for the end of a call.
func (v *Voice) waitForEnd(c *telephony.Call) {
	select {
	case <-c.Ended():
	case <-v.ctx.Done():
		c.HangUp(telephony.Normal)
	}
}

// Dial calls the customer while the agent hears it ring.
func (v *Voice) Dial(id connect.ContactID, number, from string) {
	v.later(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		k, ok := v.calls[id]
		if !ok { // nobody's yet: the API asked for it
			k = &call{id: id}
			v.calls[id] = k
		}
		codec := telephony.PCMU
		if leg := k.agentLeg(); leg != nil {
			codec = leg.Codec()
		}
		k.stage = dialling
		k.render()
		v.work.Go(func() { v.callOut(id, number, from, codec) })
	})
}

func (v *Voice) callOut(id connect.ContactID, number, from string, codec telephony.Codec) {
	c, err := v.exchange.Dial(v.ctx, number, from, codec)
	if err != nil {
		v.centre.CustomerDisconnected(id, connect.Invalid)
		return
	}
	v.mu.Lock()
	k, ok := v.calls[id]
	if ok {
		k.customer = c
	}
	v.mu.Unlock()
	if !ok {
		c.HangUp(telephony.Cancelled)
		return
	}
	ringing := time.NewTimer(ringFor)
	defer ringing.Stop()
	select {
	case <-c.Answered():
		v.centre.CustomerAnswered(id)
	case <-ringing.C:
		c.HangUp(telephony.NoAnswer)
	case <-c.Ended():
	case <-v.ctx.Done():
	}
	v.waitForEnd(c)
	v.centre.CustomerDisconnected(id, causeOf(c.Cause()))
}

// causeOf is the core's word for a SIP status.
func causeOf(c telephony.Cause) connect.Cause {
	switch c.SIP {
	case 486, 600:
		return connect.IsBusy
	case 408, 480, 487, 603:
		return connect.NoAnswer
	case 404, 410, 484, 604:
		return connect.Invalid
	}
	return connect.Cleared
}
