package effect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// CentreAPI is what flows need of the contact centre's public API.
type CentreAPI interface {
	// UpdateAttributes sets attributes of a contact by the id of the first contact of its chain, and keeps the others.
	UpdateAttributes(ctx context.Context, initialContactID string, attributes map[string]string) error
}

// centre lets a run's blocks act through the contact centre's public API.
type centre struct {
	api   CentreAPI
	clock clock.Clock
	park  func() // frees the run's place: what waits for its turn at the contact centre takes none from other runs
}

var _ flow.Centre = centre{}

// centreWithin is how long the public API may take, its account's queue included.
const centreWithin = 10 * time.Second

var errSlowCentre = errors.New("the contact centre took too long")

// UpdateAttributes sets attributes of a contact. Doing it again changes nothing.
func (c centre) UpdateAttributes(ctx context.Context, _ flow.Effect, of flow.Contact, attributes map[string]string) error {
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer c.clock.AfterFunc(parkAfter, c.park).Stop()
	defer c.clock.AfterFunc(centreWithin, func() { cancel(errSlowCentre) }).Stop()
	err := c.api.UpdateAttributes(limited, cmp.Or(of.InitialID, of.ID), attributes)
	switch {
	case err == nil || ctx.Err() != nil:
		return err
	case errors.Is(context.Cause(limited), errSlowCentre):
		err = errSlowCentre
	}
	return &flow.Refused{Reason: fmt.Sprintf("the contact centre did not take the attributes: %v", err)}
}

// Record is to come.
func (centre) Record(context.Context, flow.Effect, flow.Contact, bool) error {
	return &flow.Refused{Reason: "this version does not start or stop recordings"}
}

// centre is nil without credentials.
func (x *Flows) centre(park func()) flow.Centre {
	if x.cfg.Centre == nil {
		return nil
	}
	return centre{x.cfg.Centre, x.cfg.Clock, park}
}

// known is what the store knows of a run's contact.
type known struct {
	flows *Flows
	run   store.Run
}

var _ flow.Contacts = known{}

// Times are read anew each time: a run may take a while.
func (k known) Times(ctx context.Context) (flow.Times, error) {
	s := contact.New(k.run.User, k.run.Contact)
	err := k.flows.cfg.Store.View(ctx, func(tx *store.Tx) error { return tx.State(k.run.User, k.run.Contact, &s) })
	if err != nil {
		return flow.Times{}, ours(err)
	}
	return timesOf(s, k.flows.cfg.Clock.Now()), nil
}

func timesOf(s contact.State, now time.Time) flow.Times {
	t := flow.Times{
		Offered: s.At(contact.OnConnecting), Accepted: s.At(contact.OnAccepted), Connected: s.At(contact.OnConnected),
		Ended: s.At(contact.OnEnded), Talked: s.Duration(), Held: s.Held(now),
	}
	if incoming := s.At(contact.OnIncoming); t.Offered.IsZero() || !incoming.IsZero() && incoming.Before(t.Offered) {
		t.Offered = incoming
	}
	if missed := s.At(contact.OnMissed); t.Ended.IsZero() || !missed.IsZero() && missed.Before(t.Ended) {
		t.Ended = missed
	}
	if s.Live() {
		t.Ended = time.Time{} // it rings again
	}
	for _, at := range []*time.Time{&t.Accepted, &t.Connected} {
		if at.Before(t.Offered) {
			*at = time.Time{} // of an earlier ring
		}
	}
	return t
}
