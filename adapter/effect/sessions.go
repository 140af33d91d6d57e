package effect

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// Statuses are agents' statuses at the contact centre, by the ids of users and the names of statuses there.
type Statuses interface {
	// UserID is the id of the user of a name.
	UserID(ctx context.Context, username string) (string, error)
	// StatusOf is "" for a user who is not signed in.
	StatusOf(ctx context.Context, userID string) (string, error)
	// SetStatus changes it at once, or once the contact that is on is closed.
	SetStatus(ctx context.Context, userID, status string) error
}

// SessionsConfig is what the ends of sessions need of the other rooms.
type SessionsConfig struct {
	Store run.Store
	Hub   Hub
	// Rule is what the administrator has set for a user; nil for nothing.
	Rule     func(ctx context.Context, userID string) (*sessionend.Rule, error)
	Statuses Statuses // nil without credentials
	Clock    clock.Clock
}

// Sessions carry out what the end and the begin of agents' sessions do to their status.
type Sessions struct{ cfg SessionsConfig }

// NewSessions changes nothing yet.
func NewSessions(cfg SessionsConfig) *Sessions { return &Sessions{cfg} }

// sessionTries is how often a status is tried to be set. After that it is of no use any more, or does harm.
const sessionTries = 6

// Leave ends the session of an agent whose pages have gone, unless one is there again.
func (x *Sessions) Leave(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	a, rule, err := x.read(ctx, h.Run.User)
	switch {
	case err != nil:
		return x.again(h, err)
	case !a.Here:
		return run.Next{Status: store.NotRun, Problem: "The session was ended already."}
	case x.isBack(a.User):
		return run.Next{Status: store.NotRun, Problem: "A softphone page of the agent is there again."}
	case rule == nil:
		return x.settled(a.User, store.NotRun, "No active AC Feature "+sessionend.Feature+" says what happens to the status.", agent.Left{})
	case x.cfg.Statuses == nil:
		return x.settled(a.User, store.NotRun, "The adapter may not change statuses: connect in patchcord.yaml is missing.", agent.Left{})
	}
	id, now, err := x.standing(ctx, a)
	if err != nil {
		return x.again(h, err)
	}
	verdict := rule.OnEnd(now)
	left := agent.Left{Status: rule.Target(), SignOut: rule.SignsOut()}
	switch {
	case verdict.Already && (h.Run.Fence > 1 || h.Run.Body.Tries > 0):
		return x.settled(a.User, store.Completed, verdict.Why, left) // by this run, before it was cut off
	case verdict.Set == "":
		return x.settled(a.User, store.Completed, verdict.Why, agent.Left{})
	}
	if x.isBack(a.User) {
		return run.Next{Status: store.NotRun, Problem: "A softphone page of the agent is there again."}
	}
	if err := x.set(ctx, a.User, id, verdict.Set); err != nil {
		return x.again(h, err)
	}
	return x.settled(a.User, store.Completed, verdict.Why, left)
}

// Arrive gives an agent the status that follows a session which was ended, or signs the panel out.
func (x *Sessions) Arrive(ctx context.Context, h *run.Hand) run.Next {
	h.Park()
	a, rule, err := x.read(ctx, h.Run.User)
	switch {
	case err != nil:
		return x.again(h, err)
	case a.Left == nil:
		return run.Next{Status: store.NotRun, Problem: "The agent's status was dealt with already."}
	case a.Left.SignOut:
		return x.signOut(ctx, h)
	case rule == nil, x.cfg.Statuses == nil:
		return x.done(a.User, "Nothing says any more which status an agent gets who is back.", agent.State.Settle)
	}
	id, now, err := x.standing(ctx, a)
	if err != nil {
		return x.again(h, err)
	}
	verdict := rule.OnStart(now, a.Left.Status)
	if verdict.Set != "" {
		if err := x.set(ctx, a.User, id, verdict.Set); err != nil {
			return x.again(h, err)
		}
	}
	return x.done(a.User, verdict.Why, agent.State.Settle)
}

// set changes a status, once it is on disk that its echo may come: a page may tell it at once, or in the morning.
func (x *Sessions) set(ctx context.Context, userID, id, status string) error {
	err := x.cfg.Store.Do(ctx, userID, func(tx *store.Tx) error {
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return err
		}
		now := x.cfg.Clock.Now()
		a.Sync = a.Sync.NoteSession(status, now)
		return tx.PutState(userID, "", now, true, a)
	})
	if err != nil {
		return err
	}
	return x.cfg.Statuses.SetStatus(ctx, id, status)
}

// signOut has the page sign out of the contact centre that was not there when the session was ended.
func (x *Sessions) signOut(ctx context.Context, h *run.Hand) run.Next {
	limited, cancel := context.WithTimeout(ctx, signOutWithin)
	defer cancel()
	answer, err := x.cfg.Hub.Do(limited, h.Run.User, wire.Command{ID: runID(h.Run) + "|signOut", Body: wire.CommandBody{Type: "signOut"}})
	if err != nil || answer.Outcome != wire.OutcomeDone {
		return x.again(h, fmt.Errorf("no page signed out: %w", errors.Join(err, errors.New(answer.Error))))
	}
	return x.done(h.Run.User, "The panel was signed out, since the session before had been ended so.", agent.State.Settle)
}

const signOutWithin = 30 * time.Second

// read is what is known of an agent, and the rule for them.
func (x *Sessions) read(ctx context.Context, userID string) (agent.State, *sessionend.Rule, error) {
	a := agent.New(userID)
	if err := x.cfg.Store.View(ctx, func(tx *store.Tx) error { return tx.State(userID, "", &a) }); err != nil {
		return a, nil, err
	}
	rule, err := x.cfg.Rule(ctx, userID)
	return a, rule, err
}

func (x *Sessions) isBack(userID string) bool { return x.cfg.Hub.Pages(userID) > 0 }

// standing is an agent as the contact centre has them now, with their id there.
func (x *Sessions) standing(ctx context.Context, a agent.State) (id string, now sessionend.Agent, err error) {
	if id, err = x.cfg.Statuses.UserID(ctx, a.Username); err != nil {
		return "", now, err
	}
	status, err := x.cfg.Statuses.StatusOf(ctx, id)
	return id, sessionend.Agent{Status: status, Profile: a.RoutingProfile}, err
}

// again is how a run goes on that could not do its work.
func (x *Sessions) again(h *run.Hand, err error) run.Next {
	return tryAgain(h, x.cfg.Clock.Now(), err, sessionTries)
}

// tryAgain is how a run goes on that could not do its work, so many times.
func tryAgain(h *run.Hand, now time.Time, err error, tries int) run.Next {
	h.Run.Body.Tries++
	next := run.Next{Status: store.Waiting, Problem: err.Error(), Wake: now.Add(clock.Backoff(h.Run.Body.Tries))}
	if h.Run.Body.Tries >= tries {
		next.Status = store.GivenUp
	}
	return next
}

// settled notes that a session has ended.
func (x *Sessions) settled(userID string, status store.Status, why string, left agent.Left) run.Next {
	next := x.done(userID, why, func(a agent.State) agent.State { return a.Leave(left) })
	next.Status = status
	return next
}

func (x *Sessions) done(userID, why string, change func(agent.State) agent.State) run.Next {
	return run.Next{Status: store.Completed, Problem: why, Also: func(tx *store.Tx) ([]*store.Run, error) {
		a := agent.New(userID)
		if err := tx.State(userID, "", &a); err != nil {
			return nil, err
		}
		return nil, tx.PutState(userID, "", x.cfg.Clock.Now(), true, change(a))
	}}
}
