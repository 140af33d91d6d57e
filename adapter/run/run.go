// Package run carries out what is to be done: runs, which are rows of the store. They start in order, fairly between agents, are in one
// hand at a time, and go on after a crash or a restart until they have ended.
//
// Read first: Engine, Doer, Next. It knows neither flows nor the CRM: what a kind of run does is passed in.
package run

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// Store is what the engine needs of the store.
type Store interface {
	// Do runs a transaction for a user and returns once it is durable.
	Do(ctx context.Context, userID string, do func(*store.Tx) error) error
	// View runs a transaction that only reads.
	View(ctx context.Context, do func(*store.Tx) error) error
}

// Doer carries out one kind of run, from where it stopped. It returns soon after ctx ends; what it returns then does not count.
type Doer func(ctx context.Context, h *Hand) Next

// Kind is one kind of run.
type Kind struct {
	Do Doer
	// Last runs begin only when every run of their user's contact has ended that is not last, and every earlier one that is, unless that
	// waits for a sign-in.
	Last bool
}

// Next is how a run stands after its doer had it.
type Next struct {
	Status  store.Status
	Problem string    // for a person
	Wake    time.Time // of a run that waits: when it goes on; zero for at once
	Waits   string    // of a run that waits: store.SignIn, or ""
	// Also is done in the transaction that writes this, nil for nothing. It may be called again, and returns the runs that it added.
	Also func(*store.Tx) ([]*store.Run, error)
	// Then is called once this is durable, nil for nothing.
	Then func()
}

// Hand is a run in its doer's hand.
type Hand struct {
	Run    store.Run
	engine *Engine
	entry  *entry
}

// Save writes how far the run has come, before its doer goes on. store.ErrStale means that the run is in another hand: stop.
func (h *Hand) Save(ctx context.Context) error {
	return h.engine.cfg.Store.Do(ctx, h.Run.User, func(tx *store.Tx) error { return tx.SaveRun(h.Run) })
}

// Park says that the run only waits from now on: it takes no place that another one could use.
func (h *Hand) Park() { h.engine.park(h.entry) }
