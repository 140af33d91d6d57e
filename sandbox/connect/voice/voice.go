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
	"time"

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
	number   string
	log      *slog.Logger
	jobs     chan func() // what the core asked for, in order
	ctx      context.Context
	stop     context.CancelFunc
	work     sync.WaitGroup

	mu    sync.Mutex // guards calls
	calls map[connect.ContactID]*call
}

// call is the audio of one contact.
type call struct {
	id       connect.ContactID
	customer *telephony.Call // nil before a call out was dialled
	agent    telephony.Leg   // nil until the agent's browser brought it
	joined   bool            // they are to hear each other
	quiet    func()          // ends what is played or joined; nil for nothing
}

var _ connect.Media = (*Voice)(nil)

const (
	maxJobs = 10_000
	ringFor = 60 * time.Second // a call out that nobody takes
)

// New joins a centre and an exchange; number is the one that the exchange answers.
func New(centre *connect.Centre, exchange *telephony.Exchange, number string, log *slog.Logger) *Voice {
	ctx, stop := context.WithCancel(context.Background())
	v := &Voice{centre: centre, exchange: exchange, number: number, log: log, jobs: make(chan func(), maxJobs), ctx: ctx, stop: stop, calls: map[connect.ContactID]*call{}}
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
			v.work.Go(func() { v.arrive(c) })
		}
	}
}

// release lets go of audio that is still there when nothing runs any more.
func (v *Voice) release() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, k := range v.calls {
		v.silence(k)
		if k.agent != nil {
			k.agent.Close()
		}
		if k.customer != nil {
			k.customer.HangUp(telephony.Normal)
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

// arrive answers a call to the instance's number at once, as the service does, and follows it to its end.
func (v *Voice) arrive(c *telephony.Call) {
	if !c.Calls(v.number) {
		c.HangUp(telephony.Unallocated)
		return
	}
	if c.Ring() != nil || c.Answer(v.ctx) != nil {
		return
	}
	id := v.centre.Arrived(c.From())
	if id == "" {
		c.HangUp(telephony.Overloaded)
		return
	}
	k := &call{id: id, customer: c}
	v.mu.Lock()
	v.calls[id] = k
	v.play(k, telephony.HoldMusic)
	v.mu.Unlock()
	v.centre.Ready()
	select {
	case <-c.Ended():
	case <-v.ctx.Done():
		c.HangUp(telephony.Normal)
	}
	v.centre.CustomerGone(id, connect.Cleared)
}

// play plays something to the customer instead of what he hears; v.mu is held.
func (v *Voice) play(k *call, s telephony.Source) {
	v.silence(k)
	if leg := k.customer.Leg(); leg != nil {
		k.quiet = telephony.Play(leg, s)
	}
}

func (v *Voice) silence(k *call) {
	if k.quiet != nil {
		k.quiet()
		k.quiet = nil
	}
}

// join lets both hear each other if both are there; v.mu is held.
func (v *Voice) join(k *call) {
	if !k.joined || k.agent == nil || k.customer == nil || k.customer.Leg() == nil {
		return
	}
	v.silence(k)
	k.quiet = telephony.Join(k.customer.Leg(), k.agent)
}

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
		k.joined = true
		v.join(k)
	})
}

// Park plays music to the customer.
func (v *Voice) Park(id connect.ContactID) {
	v.with(id, func(k *call) {
		k.joined = false
		if k.customer != nil {
			v.play(k, telephony.HoldMusic)
		}
	})
}

// DropAgent ends the agent's audio; the customer hears music again.
func (v *Voice) DropAgent(id connect.ContactID) {
	v.with(id, func(k *call) {
		k.joined = false
		if k.agent != nil {
			k.agent.Close()
			k.agent = nil
		}
	})
}

// End ends all audio of a contact.
func (v *Voice) End(id connect.ContactID) {
	v.with(id, func(k *call) {
		v.silence(k)
		if k.agent != nil {
			k.agent.Close()
		}
		if k.customer != nil {
			customer := k.customer
			v.work.Go(func() { customer.HangUp(telephony.Normal) })
		}
		delete(v.calls, id)
	})
}

// Digits presses keys towards the customer.
func (v *Voice) Digits(id connect.ContactID, keys string) {
	v.with(id, func(k *call) {
		if k.customer == nil || k.customer.Leg() == nil {
			return
		}
		leg := k.customer.Leg()
		v.work.Go(func() {
			if err := telephony.SendDigits(v.ctx, leg, keys); err != nil {
				v.log.Warn("digits not sent", "contact", string(id), "err", err)
			}
		})
	})
}

// Dial calls the customer while the agent hears it ring.
func (v *Voice) Dial(id connect.ContactID, number, from string) {
	v.with(id, func(k *call) {
		if k.agent == nil {
			return
		}
		k.quiet = telephony.Play(k.agent, telephony.Ringback)
		codec := k.agent.Codec()
		v.work.Go(func() { v.callOut(id, number, from, codec) })
	})
}

func (v *Voice) callOut(id connect.ContactID, number, from string, codec telephony.Codec) {
	c, err := v.exchange.Dial(v.ctx, number, from, codec)
	if err != nil {
		v.centre.CustomerGone(id, connect.Invalid)
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
		c.HangUp(telephony.Normal)
	}
	select {
	case <-c.Ended():
	case <-v.ctx.Done():
		c.HangUp(telephony.Normal)
	}
	v.centre.CustomerGone(id, reason(c.Cause()))
}

// reason puts a SIP status into the core's words.
func reason(c telephony.Cause) connect.Reason {
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

// Invite brings an agent's audio for a contact and answers it. Audio stays apart until the contact is accepted. A second invitation
// replaces the first: it is the tab that has just won the softphone, or a page that was loaded again.
func (v *Voice) Invite(ctx context.Context, agent connect.AgentID, id connect.ContactID, offer telephony.Offer) (telephony.Answer, error) {
	holder, ok := v.centre.Holder(id)
	if !ok {
		return telephony.Answer{}, ErrNoCall
	}
	if holder != agent {
		return telephony.Answer{}, ErrNotYours
	}
	v.mu.Lock()
	k, known := v.calls[id]
	if !known {
		k = &call{id: id}
		v.calls[id] = k
	}
	if k.customer != nil {
		offer.Codec = k.customer.Codec()
	}
	v.mu.Unlock()
	leg, answer, err := v.exchange.AnswerOffer(ctx, offer)
	if err != nil {
		return telephony.Answer{}, err
	}
	v.mu.Lock()
	if _, still := v.calls[id]; !still {
		v.mu.Unlock()
		leg.Close()
		return telephony.Answer{}, ErrNoCall
	}
	if k.agent != nil {
		v.silence(k)
		k.agent.Close()
	}
	k.agent = leg
	v.join(k)
	v.mu.Unlock()
	v.centre.AgentAudio(id)
	return answer, nil
}

// Bye ends an agent's audio for a contact, from the browser's side; the contact goes on.
func (v *Voice) Bye(agent connect.AgentID, id connect.ContactID) {
	if holder, ok := v.centre.Holder(id); ok && holder != agent {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if k, ok := v.calls[id]; ok && k.agent != nil {
		if k.joined {
			v.silence(k)
		}
		k.agent.Close()
		k.agent = nil
	}
}
