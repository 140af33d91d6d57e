package voice

import (
	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// DialDeskPhone calls the desk phone of a contact's agent. A call out has no audio before it.
func (v *Voice) DialDeskPhone(id connect.ContactID, connection connect.ConnectionID, number, from string) {
	v.later(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		k, ok := v.calls[id]
		if !ok {
			k = &call{id: id, stage: dialling}
			v.calls[id] = k
		}
		k.deskPhoneFor = connection
		codec := telephony.PCMU
		if k.customer != nil { // audio is passed on as it came
			codec = k.customer.Codec()
		}
		v.work.Go(func() { v.callDeskPhone(id, connection, number, from, codec) })
	})
}

// callDeskPhone calls a desk phone and follows the call to its end. The core says for how long it may ring.
func (v *Voice) callDeskPhone(id connect.ContactID, connection connect.ConnectionID, number, from string, codec telephony.Codec) {
	defer v.centre.DeskPhoneDisconnected(id, connection)
	c, err := v.exchange.Dial(v.ctx, number, from, codec)
	if err != nil {
		v.log.Warn("desk phone not called", "contact", string(id), "err", err)
		return
	}
	if !v.withDeskPhone(id, connection, func(k *call) { k.deskPhone = c }) {
		c.HangUp(telephony.Cancelled)
		return
	}
	select {
	case <-c.Answered():
		c.Leg().Digits(func(key byte) { v.pressed(id, connection, key) })
		if v.withDeskPhone(id, connection, (*call).render) {
			v.centre.DeskPhoneAnswered(id, connection)
		}
	case <-c.Ended():
	case <-v.ctx.Done():
	}
	v.waitForEnd(c)
	v.withDeskPhone(id, connection, func(k *call) {
		k.deskPhone, k.deskPhoneFor = nil, ""
		k.render()
	})
}

// withDeskPhone does something to a contact's audio while a desk phone is called for a connection of it; false if
// that is no longer so.
func (v *Voice) withDeskPhone(id connect.ContactID, connection connect.ConnectionID, f func(*call)) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	k, ok := v.calls[id]
	if !ok || k.deskPhoneFor != connection {
		return false
	}
	f(k)
	return true
}

// pressed is a key of the desk phone; the customer hears it while the two are joined.
func (v *Voice) pressed(id connect.ContactID, connection connect.ConnectionID, key byte) {
	talking := false
	v.withDeskPhone(id, connection, func(k *call) { talking = k.now.joined })
	if talking {
		v.Digits(id, string(key))
	}
}
