package phone

import (
	"context"
	"sync"
	"time"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

const (
	maxWaiting  = 64 // messages that a page has not taken yet
	maxKeys     = 32
	audioWithin = 5 * time.Second
	freshEvery  = 12 * time.Hour // TURN credentials live a day
)

// elsewhere is how a call ends in a handset when another one of its number took it.
var elsewhere = telephony.Cause{SIP: 200, Text: "Call completed elsewhere"}

// handset is one open page. Its loop owns the line; others reach it by in, rung and tell.
type handset struct {
	phones *Phones
	name   string
	stop   context.CancelFunc
	in     chan fromPage
	rung   chan *invitation
	out    chan any
	line   *line // nil when it is on no call
	work   sync.WaitGroup
}

// line is the call that a handset is on.
type line struct {
	id         string
	call       *telephony.Call
	invitation *invitation // nil for a call that the handset placed
	mine       bool        // the invitation is taken by this handset
	leg        telephony.Leg
	quiet      func() // ends what is played or joined; nil for nothing
	over       chan struct{}

	ringing, answered, ended <-chan struct{} // nil once they were seen
}

func newHandset(p *Phones, name string, stop context.CancelFunc) *handset {
	return &handset{phones: p, name: name, stop: stop, in: make(chan fromPage), rung: make(chan *invitation, 1),
		out: make(chan any, maxWaiting)}
}

// tell queues a message; a page that takes none is closed.
func (h *handset) tell(message any) {
	select {
	case h.out <- message:
	default:
		h.stop()
	}
}

// run serves the page until ctx ends, and hangs up.
func (h *handset) run(ctx context.Context) {
	defer h.phones.open.Done()
	defer h.work.Wait()
	defer h.release()
	h.tell(welcome{"welcome", h.phones.cfg.Own, h.phones.cfg.Far})
	h.freshen()
	fresh := time.NewTicker(freshEvery)
	defer fresh.Stop()
	for {
		var now line
		if h.line != nil {
			now = *h.line
		}
		select {
		case <-ctx.Done():
			return
		case <-fresh.C:
			h.freshen()
		case m := <-h.in:
			h.hear(ctx, m)
		case k := <-h.rung:
			h.ring(k)
		case <-now.ringing:
			h.line.ringing = nil
			h.farRings()
		case <-now.answered:
			h.line.answered = nil
			h.connect(ctx)
		case <-now.ended:
			h.end(now.call.Cause())
		}
	}
}

func (h *handset) freshen() {
	list, err := h.phones.cfg.Servers(h.name)
	if err != nil {
		h.phones.cfg.Log.Error("no relay for a handset", "err", err)
		return
	}
	h.tell(servers{"servers", list})
}

// hear does what the page says. What does not fit the state of its call came too late, and changes nothing.
func (h *handset) hear(ctx context.Context, m fromPage) {
	l := h.line
	mine := l != nil && l.id == m.Call
	switch m.Type {
	case "register":
		number := telephony.Number(m.Number)
		if number == "" {
			h.tell(registered{"registered", "", false})
			return
		}
		h.phones.renumber(h, number)
	case "call":
		h.place(ctx, m)
	case "answer":
		if mine && l.invitation != nil && !l.mine {
			h.answer(ctx, m)
		}
	case "decline":
		if mine && l.invitation != nil && !l.mine {
			h.line = nil
			h.tell(endedBy(l.id, telephony.Declined))
			h.work.Go(func() { l.invitation.refuse(telephony.Declined) })
		}
	case "hangup":
		if mine && (l.invitation == nil || l.mine) {
			h.work.Go(l.hangUp)
			h.end(l.leaving()) // the line is free at once, however long the far side takes to say goodbye
		}
	}
}

// leaving is the cause of a call that is ended from this side.
func (l *line) leaving() telephony.Cause {
	select {
	case <-l.call.Answered():
		return telephony.Normal
	default:
		return telephony.Cancelled
	}
}

func (l *line) hangUp() { l.call.HangUp(l.leaving()) }

// place calls somebody: audio with the browser first, so that it hears the other telephone ring.
func (h *handset) place(ctx context.Context, m fromPage) {
	to := telephony.Number(m.To)
	switch {
	case h.line != nil || m.Call == "":
		h.tell(endedBy(m.Call, telephony.Busy))
		return
	case to == "":
		h.tell(endedBy(m.Call, telephony.Cause{SIP: 484, Text: "Address Incomplete"}))
		return
	}
	leg, ok := h.audio(ctx, m, telephony.PCMU)
	if !ok {
		h.tell(endedBy(m.Call, telephony.NotAcceptable))
		return
	}
	from := h.phones.number(h)
	if m.Withheld {
		from = ""
	}
	call, err := h.phones.exchange.CallAt(ctx, h.phones.cfg.Trunk, to, from, telephony.PCMU)
	if err != nil {
		h.phones.cfg.Log.Error("handset cannot call", "err", err)
		leg.Close()
		h.tell(endedBy(m.Call, telephony.Failed))
		return
	}
	h.line = newLine(m.Call, call)
	h.line.leg = leg
}

func newLine(id string, call *telephony.Call) *line {
	return &line{id: id, call: call, over: make(chan struct{}), ringing: call.Ringing(), answered: call.Answered(), ended: call.Ended()}
}

// audio answers the page's offer in the codec of the call: nothing is transcoded.
func (h *handset) audio(ctx context.Context, m fromPage, codec telephony.Codec) (telephony.Leg, bool) {
	limited, cancel := context.WithTimeout(ctx, audioWithin)
	defer cancel()
	leg, answer, err := h.phones.exchange.AnswerOffer(limited, telephony.Offer{SDP: m.SDP, Candidates: m.Candidates, Codec: codec})
	if err != nil {
		h.phones.cfg.Log.Warn("handset's audio refused", "err", err)
		return nil, false
	}
	h.tell(audio{"audio", m.Call, answer.SDP, answer.Candidates})
	return leg, true
}

// ring is a call that comes in.
func (h *handset) ring(k *invitation) {
	if h.line != nil {
		h.work.Go(func() { k.refuse(telephony.Busy) })
		return
	}
	h.line = newLine(k.id, k.call)
	h.line.invitation, h.line.ringing = k, nil
	h.tell(incoming{"incoming", k.id, k.call.From()})
	h.work.Go(k.ring)
}

func (h *handset) answer(ctx context.Context, m fromPage) {
	l := h.line
	if !l.invitation.take() {
		return // somebody was quicker; the call's answer says so
	}
	l.mine = true
	leg, ok := h.audio(ctx, m, l.call.Codec())
	if !ok {
		h.work.Go(func() { l.call.HangUp(telephony.NotAcceptable) })
		return
	}
	l.leg = leg
	h.work.Go(func() { _ = l.call.Answer(ctx) }) // the call's end tells why it could not
}

// farRings lets the caller hear that it rings.
func (h *handset) farRings() {
	select {
	case <-h.line.call.Answered(): // it rang for no time at all
		return
	default:
	}
	h.line.quiet = telephony.Play(h.line.leg, telephony.Ringback)
	h.tell(step{"ringing", h.line.id})
}

// connect lets both sides hear each other and each other's keys.
func (h *handset) connect(ctx context.Context) {
	l := h.line
	if l.invitation != nil && !l.mine {
		h.end(elsewhere)
		return
	}
	l.silence()
	far := l.call.Leg()
	keys := make(chan byte, maxKeys)
	l.leg.Digits(func(d byte) {
		select {
		case keys <- d:
		default: // nobody types this fast
		}
	})
	far.Digits(func(d byte) { h.tell(digit{"digit", l.id, string(d)}) })
	l.quiet = telephony.Join(far, l.leg)
	h.work.Go(func() { press(ctx, far, keys, l.over) })
	h.tell(step{"connected", l.id})
}

// press sends the page's keys on, until the call is over.
func press(ctx context.Context, far telephony.Leg, keys <-chan byte, over <-chan struct{}) {
	for {
		select {
		case d := <-keys:
			if telephony.SendDigits(ctx, far, string(d)) != nil {
				return
			}
		case <-over:
			return
		}
	}
}

func (l *line) silence() {
	if l.quiet != nil {
		l.quiet()
		l.quiet = nil
	}
}

// end lets the line go.
func (h *handset) end(cause telephony.Cause) {
	l := h.line
	h.line = nil
	close(l.over)
	l.silence()
	if l.leg != nil {
		l.leg.Close()
	}
	h.tell(endedBy(l.id, cause))
}

// release is a page that went: its call ends with it, and nobody waits for it to answer.
func (h *handset) release() {
	h.phones.leave(h)
	select {
	case k := <-h.rung:
		k.refuse(telephony.NoAnswer)
	default:
	}
	l := h.line
	if l == nil {
		return
	}
	if l.invitation != nil && !l.mine {
		l.invitation.refuse(telephony.NoAnswer)
	} else {
		l.hangUp()
	}
	h.end(telephony.Normal)
}
