package voice

import (
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// Ring calls the desk phone of a contact's agent. A call out has no audio before it.
func (v *Voice) Ring(id connect.ContactID, leg connect.ConnectionID, number, from string) {
	v.later(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		k, ok := v.calls[id]
		if !ok {
			k = &call{id: id, stage: dialling}
			v.calls[id] = k
		}
		k.ringing = leg
		codec := telephony.PCMU
		if k.customer != nil { // audio is passed on as it came
			codec = k.customer.Codec()
		}
		v.work.Go(func() { v.callDesk(id, leg, number, from, codec) })
	})
}

// callDesk calls a desk phone and follows the call to its end. The core says for how long it may ring.
func (v *Voice) callDesk(id connect.ContactID, leg connect.ConnectionID, number, from string, codec telephony.Codec) {
	defer v.centre.DeskGone(id, leg)
	c, err := v.exchange.Dial(v.ctx, number, from, codec)
	if err != nil {
		v.log.Warn("desk phone not called", "contact", string(id), "err", err)
		return
	}
	if !v.atDesk(id, leg, func(k *call) { k.desk = c }) {
		c.HangUp(telephony.Cancelled)
		return
	}
	select {
	case <-c.Answered():
		c.Leg().Digits(func(key byte) { v.pressed(id, leg, key) })
		if v.atDesk(id, leg, (*call).render) {
			v.centre.DeskAnswered(id, leg)
		}
	case <-c.Ended():
	case <-v.ctx.Done():
	}
	v.follow(c)
	v.atDesk(id, leg, func(k *call) {
		k.desk, k.ringing = nil, ""
		k.render()
	})
}

// atDesk does something to a contact's audio while a desk phone is called for a leg of it; false if that is no longer so.
func (v *Voice) atDesk(id connect.ContactID, leg connect.ConnectionID, f func(*call)) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, ok := v.calls[id]
	if !ok || k.ringing != leg {
		return false
	}
	f(k)
	return true
}

// pressed is a key of the desk phone; the customer hears it while the two are joined.
func (v *Voice) pressed(id connect.ContactID, leg connect.ConnectionID, key byte) {
	talking := false
	v.atDesk(id, leg, func(k *call) { talking = k.now.joined })
	if talking {
		v.Digits(id, string(key))
	}
}
