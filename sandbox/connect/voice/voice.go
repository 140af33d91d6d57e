// Package voice joins the contact centre's core to telephone calls: it answers, plays music, and lets customers and agents hear each
// other.
//
// Read first: Voice, New, Voice.Invite. It is the only room that knows both agents and audio.
package voice

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// Why an agent's audio is refused.
var (
	ErrNotYours = errors.New("this contact is not this agent's")
	ErrNoCall   = errors.New("no such call")
)

// Voice carries out what the core decides. It is safe for concurrent use.
type Voice struct {
	centre   *connect.Centre
	exchange *telephony.Exchange
	log      *slog.Logger
	jobs     chan func() // what the core asked for, in order
	ctx      context.Context
	stop     context.CancelFunc
	work     sync.WaitGroup

	mu    sync.Mutex // guards calls
	calls map[connect.ContactID]*call
}

var _ connect.Media = (*Voice)(nil)

const maxJobs = 10_000

// New joins a centre and an exchange; the exchange answers the numbers that the centre has claimed.
func New(centre *connect.Centre, exchange *telephony.Exchange, log *slog.Logger) *Voice {
	ctx, stop := context.WithCancel(context.Background())
	v := &Voice{centre: centre, exchange: exchange, log: log, jobs: make(chan func(), maxJobs), ctx: ctx, stop: stop,
		calls: map[connect.ContactID]*call{}}
	centre.SetMedia(v)
	return v
}

// Run takes calls and does the core's jobs until ctx ends.
func (v *Voice) Run(ctx context.Context) error {
	defer v.release()
	defer v.work.Wait()
	defer v.stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case job := <-v.jobs:
			job()
		case c := <-v.exchange.Calls():
			v.work.Go(func() { v.answer(c) })
		}
	}
}

// release lets go of audio that is still there when nothing runs any more.
func (v *Voice) release() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, k := range v.calls {
		k.play(sound{})
		if k.agent != nil {
			k.agent.Close()
		}
		for _, c := range []*telephony.Call{k.deskPhone, k.customer} {
			if c != nil {
				c.HangUp(telephony.Normal)
			}
		}
	}
}

// later queues a job; the core calls with its lock held, so nothing may wait here.
func (v *Voice) later(job func()) {
	select {
	case v.jobs <- job:
	default:
		v.log.Error("too many jobs: audio is behind")
	}
}

// with does something to a contact's audio, after all that was asked before.
func (v *Voice) with(id connect.ContactID, f func(*call)) {
	v.later(func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		if k, ok := v.calls[id]; ok {
			f(k)
		}
	})
}

// Connect lets customer and agent hear each other as soon as both are there.
func (v *Voice) Connect(id connect.ContactID) {
	v.with(id, func(k *call) {
		k.stage, k.customerOnHold, k.agentOnHold = conversation, false, false
		k.render()
	})
}

// Hold plays music to a party.
func (v *Voice) Hold(id connect.ContactID, who connect.Party) {
	v.with(id, func(k *call) {
		if who == connect.TheAgent {
			k.agentOnHold = true
		} else {
			k.customerOnHold = true
		}
		k.render()
	})
}

// DropAgent ends the agent's audio; the customer hears music.
func (v *Voice) DropAgent(id connect.ContactID) {
	v.with(id, func(k *call) {
		k.stage, k.customerOnHold, k.agentOnHold = queued, false, false
		v.hangUp(k.deskPhone)
		k.deskPhone, k.deskPhoneFor = nil, ""
		k.dropAgent()
	})
}

// hangUp ends a call if there is one; nobody waits for the far end.
func (v *Voice) hangUp(c *telephony.Call) {
	if c != nil {
		v.work.Go(func() { c.HangUp(telephony.Normal) })
	}
}

// End ends all audio of a contact.
func (v *Voice) End(id connect.ContactID) {
	v.with(id, func(k *call) {
		k.play(sound{})
		if k.agent != nil {
			k.agent.Close()
		}
		v.hangUp(k.deskPhone)
		v.hangUp(k.customer)
		delete(v.calls, id)
	})
}

// Digits presses keys towards the customer.
func (v *Voice) Digits(id connect.ContactID, keys string) {
	v.with(id, func(k *call) {
		leg := k.customerLeg()
		if leg == nil {
			return
		}
		v.work.Go(func() {
			if err := telephony.SendDigits(v.ctx, leg, keys); err != nil {
				v.log.Warn("digits not sent", "contact", string(id), "err", err)
			}
		})
	})
}
