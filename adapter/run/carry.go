package run

import (
	"context"
	"errors"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// do has a run carried out and writes how it stands then.
func (e *Engine) do(n *entry) (Next, *store.Run) {
	run, err := e.take(n)
	if err != nil {
		return e.untaken(n, err), nil
	}
	ctx, stop := e.under(n)
	defer stop()
	h := &Hand{Run: *run, engine: e, entry: n}
	next := e.attempt(ctx, h)
	if ctx.Err() != nil {
		e.writeLast(h, next)
		return next, nil
	}
	made, err := e.write(ctx, h, next)
	if err != nil {
		return Next{Status: store.NotRun}, nil // it is in another hand: nothing of it is ours
	}
	if !h.Run.Status.Open() && e.cfg.Ended != nil {
		e.cfg.Ended(h.Run)
	}
	e.Start(made...)
	return next, &h.Run
}

// take has the row in hand: at once for a run that was just added, else by a new fence.
func (e *Engine) take(n *entry) (*store.Run, error) {
	if n.run != nil {
		return n.run, nil
	}
	var run store.Run
	err := e.cfg.Store.Do(e.ctx, n.user, func(tx *store.Tx) (err error) {
		run, err = tx.TakeRun(n.id)
		return err
	})
	return &run, err
}

// untaken is what becomes of a run that could not be taken.
func (e *Engine) untaken(n *entry, err error) Next {
	switch {
	case errors.Is(err, store.ErrStale):
		e.work.Go(func() { e.LoadUsers(n.user) }) // and lets go of them, if they are another node's
		return Next{Status: store.NotRun}
	case e.ctx.Err() != nil || errors.Is(err, store.ErrNone):
		return Next{Status: store.NotRun}
	case errors.Is(err, store.ErrDamaged):
		e.cfg.Log.ErrorContext(e.ctx, "run given up", "run", n.id, "err", err)
		err = e.cfg.Store.Do(e.ctx, n.user, func(tx *store.Tx) error {
			return tx.EndRun(n.id, store.GivenUp, "its row in the data folder is damaged", e.cfg.Clock.Now())
		})
		if err == nil {
			return Next{Status: store.GivenUp}
		}
	}
	e.seldom.Do(func() { e.cfg.Log.WarnContext(e.ctx, "runs are not taken", "run", n.id, "err", err) })
	return Next{Status: store.Waiting, Wake: e.cfg.Clock.Now().Add(againAfter)}
}

// attempt is the doer's part. One run's trouble is not everybody's.
func (e *Engine) attempt(ctx context.Context, h *Hand) (next Next) {
	defer func() {
		if v := recover(); v != nil {
			e.cfg.Log.ErrorContext(e.ctx, "run panicked", "run", h.Run.ID, "kind", h.Run.Kind, "panic", v)
			next = Next{Status: store.GivenUp, Problem: "an error in the adapter stopped it"}
		}
	}()
	kind, ok := e.cfg.Kinds[h.Run.Kind]
	if !ok {
		return Next{Status: store.GivenUp, Problem: "this version of the adapter does not know what to do with it"}
	}
	return kind.Do(ctx, h)
}

// lastWithin is how long an engine that ends may take to write what has ended.
const lastWithin = 2 * time.Second

// writeLast makes durable that a run ended by itself in the moment in which the engine ends: what it did would be forgotten otherwise. What
// a doer says that was stopped does not count.
func (e *Engine) writeLast(h *Hand, next Next) {
	if next.Status != store.Completed && next.Status != store.Partial && next.Status != store.Failed {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(e.ctx), lastWithin)
	defer cancel()
	if _, err := e.save(ctx, h, next); err != nil {
		e.cfg.Log.WarnContext(ctx, "run not written, it goes on with the next engine", "run", h.Run.ID, "err", err)
	} else if e.cfg.Ended != nil {
		e.cfg.Ended(h.Run)
	}
}

// save makes durable how a run stands, with what follows.
func (e *Engine) save(ctx context.Context, h *Hand, next Next) (made []*store.Run, err error) {
	now := e.cfg.Clock.Now()
	r := &h.Run
	r.Status, r.Problem, r.Wake, r.Waits = next.Status, next.Problem, next.Wake, next.Waits
	if !r.Status.Open() {
		r.Ended, r.Body.Took = now, max(0, now.Sub(r.Created))
	}
	written, err := r.Write()
	if err != nil {
		return nil, err
	}
	err = e.cfg.Store.Do(ctx, r.User, func(tx *store.Tx) (err error) {
		if err := tx.SaveWritten(written); err != nil || next.Also == nil {
			return err
		}
		made, err = next.Also(tx)
		return err
	})
	if err == nil && next.Then != nil {
		next.Then()
	}
	return made, err
}

// write makes durable how a run stands, as often as it takes: a full disk is not the run's fault.
func (e *Engine) write(ctx context.Context, h *Hand, next Next) (made []*store.Run, err error) {
	for tries := 0; ; {
		made, err = e.save(ctx, h, next)
		if err == nil || ctx.Err() != nil || errors.Is(err, store.ErrStale) {
			return made, err
		}
		e.seldom.Do(func() { e.cfg.Log.ErrorContext(e.ctx, "runs are not written", "run", h.Run.ID, "err", err) })
		if tries++; tries >= writeTries && !errors.Is(err, store.ErrFull) && !errors.Is(err, store.ErrEnded) {
			next = Next{Status: store.GivenUp, Problem: "what it came to cannot be written: " + err.Error()}
		}
		h.Park()
		if err := clock.Pause(ctx, e.cfg.Clock, min(clock.Backoff(tries), againWithin)); err != nil {
			return nil, err
		}
	}
}
