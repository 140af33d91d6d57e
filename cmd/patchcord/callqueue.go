//go:build !lean

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox"
	"github.com/patchcord/patchcord/sandbox/telephony"
	"github.com/patchcord/patchcord/sandbox/telephony/caller"
)

// queueWatch tells a call's queue from the agent who takes it. By SIP both are one answer, as on a telephone; the contact centre's public
// API knows more, whatever telephone calls.
type queueWatch struct {
	say    func(name, detail string)
	follow func(ctx context.Context, found func()) (amazonconnect.Contact, error)
	named  func(ctx context.Context, agentID string) string

	stop    context.CancelFunc // nil before the call was answered
	work    sync.WaitGroup
	contact amazonconnect.Contact // once work is over; without an id if the contact centre does not know the call
}

// hear takes the call's events; they come one after another, except digits.
func (w *queueWatch) hear(ctx context.Context, event caller.Event) {
	switch event.Name {
	case "answered":
		ctx, w.stop = context.WithCancel(ctx)
		w.work.Go(func() { w.watch(ctx, event) })
	case "ended":
		w.end()
		w.say(event.Name, event.Detail)
	default:
		w.say(event.Name, event.Detail)
	}
}

// nameWithin is how long the agent's name is waited for.
const nameWithin = 2 * time.Second

// watch says who answers, until that is known or the call is over.
func (w *queueWatch) watch(ctx context.Context, event caller.Event) {
	contact, err := w.follow(ctx, func() { w.say("queued", "music plays until an agent answers") })
	if err != nil {
		w.say(event.Name, event.Detail)
		return
	}
	w.contact = contact
	if contact.Connected.IsZero() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), nameWithin) // the call may be over by now
	defer cancel()
	waited := contact.Connected.Sub(contact.Queued).Round(time.Second)
	w.say("answered", fmt.Sprintf("by %s, after %s in the queue", w.named(ctx, contact.AgentID), waited))
}

// end returns when nothing more is said of who answers. It may be called again.
func (w *queueWatch) end() {
	if w.stop != nil {
		w.stop()
	}
	w.work.Wait()
}

// errQueueOnly is how a call ends that no agent took.
var errQueueOnly = errors.New("no agent took the call: it was in the queue to its end")

// verdict is nil unless it is known that nobody but the queue answered.
func (w *queueWatch) verdict() error {
	w.end()
	if w.contact.ID != "" && w.contact.Connected.IsZero() {
		return errQueueOnly
	}
	return nil
}

// heardAs is the customer's number as the contact centre keeps it, however it was written.
func heardAs(from string) string { return cmp.Or(telephony.Number(from), "anonymous") }

// watcher asks the sandbox's contact centre.
func (c callCommand) watcher(e *env, say func(name, detail string)) (*queueWatch, error) {
	api, err := amazonconnect.New(e.ctx, amazonconnect.Config{Region: sandbox.Region, Endpoint: c.Connect, AccessKeyID: demoKeyID,
		SecretAccessKey: demoSecretKey, Once: true})
	if err != nil {
		return nil, err
	}
	began, clk, instance := time.Now(), clock.System{}, ""
	return &queueWatch{say: say,
		follow: func(ctx context.Context, found func()) (amazonconnect.Contact, error) {
			known, err := api.InstanceByAlias(ctx, demoAlias)
			if err != nil {
				return amazonconnect.Contact{}, err
			}
			instance = known.ID
			return amazonconnect.Follower{Clock: clk,
				Find: func(ctx context.Context) ([]amazonconnect.Contact, error) {
					return api.InboundContacts(ctx, instance, heardAs(c.From), began, clk.Now())
				},
				Look: func(ctx context.Context, id string) (amazonconnect.Contact, error) {
					return api.Contact(ctx, instance, id)
				},
			}.Run(ctx, found)
		},
		named: func(ctx context.Context, id string) string {
			users, _ := api.Users(ctx, instance) // a name is not worth an error
			for _, u := range users {
				if u.ID == id {
					return u.Username
				}
			}
			return "an agent"
		},
	}, nil
}
