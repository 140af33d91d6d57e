package heart

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// forgottenAfter is when an absence counts anew that nobody has come back to.
const forgottenAfter = 10 * time.Minute

// maxSeen is how many contacts of a list are looked at: more than anybody has.
const maxSeen = 100

// Sees takes in what a page sees at the contact centre, and tells itself what nobody told: transitions of the contacts that are listed,
// and, ten seconds later, the ends of those that are not. An error of the binding is for the agent to read.
func (h *Heart) Sees(ctx context.Context, userID, page string, s wire.Sees) error {
	if s.Agent.Username == "" {
		return errNoUser
	}
	if why := fact.CheckAgent(s.Agent); why != "" {
		return errors.New("the list of contacts is not taken in: " + why)
	}
	if !h.shares.allowList(userID, sizeOfSeen(s), h.cfg.Clock.Now()) || h.cfg.Open(userID) >= maxOpen {
		return &fact.Refused{Reason: "tooMany", After: laterAfter}
	}
	s.Agent = fact.Plausible(s.Agent, h.cfg.Clock.Now())
	var starting []*store.Run
	err := h.take(ctx, userID, s.Agent.Username, func(tx *store.Tx) (derived []fact.Fact, err error) {
		starting = nil
		now := h.cfg.Clock.Now()
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return nil, err
		}
		before := a.Centre
		a, news := agent.See(a, s.Agent, now)
		if a.Sync.Centre.Value == "" { // at first sight nothing has changed
			a.Sync, _ = a.Sync.Tell(nil, presence.Change{Side: presence.Centre, Value: s.Agent.State, Order: time.UnixMilli(s.Agent.Since)}, now)
		}
		if err := tx.PutState(userID, "", now, true, a); err != nil {
			return nil, err
		}
		if news.Arrived && a.Left != nil {
			r := ofAgent(userID, Arrive, now)
			if err := tx.AddRun(r); err != nil {
				return nil, err
			}
			starting = append(starting, r)
		}
		if untold := untoldState(userID, page, before, a, s.Agent); untold != nil {
			derived = append(derived, *untold)
		}
		var listed []string
		for i, c := range s.Contacts {
			listed = append(listed, c.ContactID) // it is there, whatever else it is
			if i >= maxSeen || fact.CheckContact(c) != "" {
				continue
			}
			untold, err := h.seen(tx, userID, page, s.Agent, c)
			if err != nil {
				return nil, err
			}
			derived = append(derived, untold...)
		}
		lapsing, err := h.absent(tx, userID, listed)
		starting = append(starting, lapsing...)
		return derived, err
	})
	if err == nil {
		h.cfg.Start(starting...)
	}
	return err
}

// untoldState is a change of the agent's state that nobody told: another one than was known, and since later.
func untoldState(userID, page string, before agent.Presence, now agent.State, seen wire.Agent) *fact.Fact {
	if before.State == "" || seen.State == before.State || seen.Since <= before.Since {
		return nil
	}
	payload, err := json.Marshal(map[string]string{"oldState": before.State, "newState": seen.State})
	if err != nil {
		return nil
	}
	return &fact.Fact{User: userID, Page: page, Key: fmt.Sprintf("agent:%s:%s:%d", seen.Username, stateChanged, seen.Since),
		At: now.Centre.At, Source: fact.Agent, Event: stateChanged, Derived: true, Agent: &seen, Payload: payload}
}

// seen notes that a page lists a contact, and gives what nobody told of it.
func (h *Heart) seen(tx *store.Tx, userID, page string, a wire.Agent, c wire.Contact) ([]fact.Fact, error) {
	now := h.cfg.Clock.Now()
	s := contact.New(userID, c.ContactID)
	if err := tx.State(userID, c.ContactID, &s); err != nil {
		return nil, err
	}
	s.Absent = time.Time{} // it is there, whatever the clock says
	next, untold := contact.See(s, c, a, now)
	for i := range untold {
		untold[i].User, untold[i].Page = userID, page
	}
	return untold, tx.PutState(userID, c.ContactID, now, next.Live(), next)
}

// absent notes which of a user's contacts are not listed any more, and has somebody look again in ten seconds.
func (h *Heart) absent(tx *store.Tx, userID string, listed []string) (lapsing []*store.Run, err error) {
	live, err := tx.Live(userID)
	if err != nil {
		return nil, err
	}
	now := h.cfg.Clock.Now()
	for _, id := range live {
		if slices.Contains(listed, id) {
			continue
		}
		s := contact.New(userID, id)
		if err := tx.State(userID, id, &s); err != nil {
			return nil, err
		}
		if now.Sub(s.Absent) > forgottenAfter {
			s.Absent = time.Time{} // whoever was to look again did not
		}
		next, wake := contact.Absent(contact.SetBack(s, now), now)
		if wake.IsZero() {
			continue
		}
		if err := tx.PutState(userID, id, now, true, next); err != nil {
			return nil, err
		}
		r := lapse(userID, id, wake)
		r.Created = now
		if err := tx.AddRun(r); err != nil {
			return nil, err
		}
		lapsing = append(lapsing, r)
	}
	return lapsing, nil
}

// lapse is a run that looks again for a contact at a time.
func lapse(userID, contactID string, wake time.Time) *store.Run {
	return &store.Run{User: userID, Kind: Lapse, Status: store.Waiting, Wake: wake,
		Body: store.Body{Fact: fact.Fact{User: userID, Contact: &wire.Contact{ContactID: contactID}}}}
}

// Lapse ends a contact that is not listed any more, unless a page has seen it meanwhile.
func (h *Heart) Lapse(_ context.Context, hand *run.Hand) run.Next {
	f := hand.Run.Body.Fact
	return h.also(f.User, func(c *change) error {
		s := contact.New(f.User, f.ContactID())
		if err := c.tx.State(f.User, s.ID, &s); err != nil {
			return err
		}
		next, end := contact.Lapse(contact.SetBack(s, c.now), c.now)
		if err := c.tx.PutState(f.User, s.ID, c.now, next.Live(), next); err != nil {
			return err
		}
		if end != nil {
			return c.add(*end)
		}
		if wake := contact.LapseAt(next); !wake.IsZero() { // the clock was set back: its ten seconds begin anew
			return c.addRun(*lapse(f.User, s.ID, wake))
		}
		return nil
	})
}

// also is a run that is done by what it adds.
func (h *Heart) also(userID string, do func(*change) error) run.Next {
	rules, broken, known := h.cfg.Rules(userID)
	var c change
	return run.Next{Status: store.Completed, Also: func(tx *store.Tx) ([]*store.Run, error) {
		c = change{tx: tx, heart: h, rules: rules, broken: broken, known: known, now: h.cfg.Clock.Now(), elsewhere: !tx.Mine()}
		err := do(&c)
		return c.runs, err
	}, Then: func() { h.tellOf(userID, &c, c.now) }}
}
