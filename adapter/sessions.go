package adapter

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/store"
)

// sessionEnd is what happens to the status of a user whose pages have gone; nil for nothing.
func (a *Adapter) sessionEnd(ctx context.Context, userID string) (*sessionend.Rule, error) {
	record, err := a.records.ForUser(ctx, userID)
	return record.SessionEnd, err
}

// patience is how long a page may be away that said goodbye, as far as that is known.
func (a *Adapter) patience(userID string) time.Duration {
	if record, err, _ := a.records.Known(userID); err == nil && record.SessionEnd != nil {
		return record.SessionEnd.Timer
	}
	return sessionend.DefaultTimer
}

// leaveWithin is how long it may take to make durable that a session has ended.
const leaveWithin = 30 * time.Second

// gone has the session of a user ended whose pages are away for too long, if this node has the work in hand: whoever has it watches for
// them. One who was signed out has no page because of that, and is at work all the same. While the store does not answer, they are watched
// for again.
func (a *Adapter) gone(userID string) {
	ctx, cancel := context.WithTimeout(context.Background(), leaveWithin)
	defer cancel()
	mine, err := a.others.holds(ctx, userID)
	out := false
	if err == nil && mine {
		out, err = a.identity.IsOut(ctx, userID)
	}
	if err == nil && mine && !out {
		err = a.heart.Leave(ctx, userID)
	}
	if err != nil {
		a.cfg.Log.WarnContext(ctx, "the end of a session is not kept: it is tried again", "agent", userID, "err", err)
		a.absence.Left(userID, false)
	}
}

const agentsAtOnce = 500

// missEarlier watches for the agents who had a page when an earlier adapter ended: they may have gone meanwhile.
func (a *Adapter) missEarlier(ctx context.Context) error {
	for after := ""; ; {
		users, err := a.store.Agents(ctx, after, agentsAtOnce)
		if err != nil {
			return err
		}
		here, err := a.whoIsHere(ctx, users)
		if err != nil {
			return err
		}
		for _, userID := range here {
			a.absence.Left(userID, false)
		}
		if len(users) < agentsAtOnce {
			return nil
		}
		after = users[len(users)-1]
	}
}

// whoIsHere are those of some users who had a page when that was noted last.
func (a *Adapter) whoIsHere(ctx context.Context, users []string) (here []string, err error) {
	if len(users) == 0 {
		return nil, nil
	}
	err = a.store.View(ctx, func(tx *store.Tx) error {
		here = nil
		for _, userID := range users {
			s := agent.New(userID)
			if err := tx.State(userID, "", &s); err == nil && s.Here { // a damaged one says nothing
				here = append(here, userID)
			}
		}
		return nil
	})
	return here, err
}

// dismissEnded signs out the pages whose sessions have ended without their hearing of it, as when the node died that had just ended one.
func dismissEnded(ctx context.Context, a *Adapter) error {
	users := a.hub.Sessions()
	for some := range slices.Chunk(slices.Collect(maps.Keys(users)), agentsAtOnce) {
		there, err := a.store.SessionUsers(ctx, some)
		if err != nil {
			return err
		}
		for _, session := range some {
			if there[session] == "" {
				a.identity.Forget(users[session])
				a.hub.SignOut(users[session], session)
			}
		}
	}
	return nil
}
