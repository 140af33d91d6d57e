package adapter

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	sweepEvery  = time.Hour
	keep        = 30 * 24 * time.Hour // facts, states and runs
	expireEvery = 30 * time.Second    // whoever was frozen is out within a minute
)

// Run does what comes up from time to time, until ctx ends.
func (a *Adapter) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	life, end := context.WithCancel(context.WithoutCancel(ctx)) // among the nodes: it lasts until the pages have gone
	defer end()
	if a.node != nil {
		group.Go(func() error { return a.node.Run(life) })
	}
	group.Go(func() error { return a.sweep(ctx) })
	group.Go(func() error { return a.keepFresh(ctx) })
	group.Go(func() error { return a.expire(ctx) })
	group.Go(func() error {
		if a.node != nil {
			return nil // whoever takes up an agent's work watches for them
		}
		if err := a.missEarlier(ctx); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "nobody watches for agents who were here before: one who has gone keeps the status", "err", err)
		}
		return nil
	})
	group.Go(func() error { return a.lengthen(ctx) })
	group.Go(func() error { return a.watchAllowance(ctx) })
	group.Go(func() error { return shareAllowance(ctx, a.meter, a.store, a.cfg.Clock, a.cfg.Log) })
	group.Go(func() error { return a.examine(ctx) })
	group.Go(func() error { return a.every(ctx, resultsEvery, func() { a.results.write(ctx); a.links.write(ctx) }) })
	group.Go(func() error { return a.admin.Run(ctx) })
	group.Go(func() error { return a.serveLocal(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		if a.node != nil {
			a.leaving.Store(true)
			a.hub.Ending()
			a.others.sendAway()
		}
		a.hub.Close()
		end()
		return nil
	})
	return group.Wait()
}

// sweep forgets old rows once an hour.
func (a *Adapter) sweep(ctx context.Context) error {
	return a.every(ctx, sweepEvery, func() {
		if !a.others.leads() {
			return
		}
		before := a.cfg.Clock.Now().Add(-keep)
		err := errors.Join(a.store.Sweep(ctx, before), a.store.SweepCalls(ctx, before), a.calls.Sweep(ctx), a.others.sweep(ctx))
		if err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "old rows not swept", "err", err)
		}
	})
}

// expire ends the sessions that are over, and the sockets of their pages, and drops what flows kept for contacts that were cleared.
func (a *Adapter) expire(ctx context.Context) error {
	return a.every(ctx, expireEvery, func() {
		if err := a.identity.Expire(ctx); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "sessions that are over not ended", "err", err)
		}
		if err := dismissEnded(ctx, a); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "pages whose sessions are over not signed out", "err", err)
		}
		if err := a.flows.DropCleared(ctx); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "properties of contacts that were cleared not dropped", "err", err)
		}
	})
}

// lengthen keeps alive the sessions of pages that stay connected: a shift may be longer than a session that nobody shows again.
func (a *Adapter) lengthen(ctx context.Context) error {
	return a.every(ctx, identity.LengthenEvery, func() {
		for session := range a.hub.Sessions() {
			if err := a.identity.Lengthen(ctx, session); err != nil && ctx.Err() == nil {
				a.cfg.Log.WarnContext(ctx, "session not lengthened", "err", err)
				return // it is tried again, long before they end
			}
		}
	})
}

// watchAllowance says so when the org's API allowance of the day runs out, and once when there is enough again.
func (a *Adapter) watchAllowance(ctx context.Context) error {
	short := false
	return a.every(ctx, expireEvery, func() {
		share := a.meter.Share()
		if now := share >= salesforce.AllowanceAlarm; now != short {
			short = now
			if short {
				a.cfg.Log.ErrorContext(ctx, "the org's API allowance of the day runs out: at 95 % only Tasks are written",
					"used", a.meter.Used(), "of", a.meter.Max())
			} else {
				a.cfg.Log.InfoContext(ctx, "the org's API allowance of the day is enough again", "used", a.meter.Used(), "of",
					a.meter.Max())
			}
		}
	})
}

// examine looks through the data folder for damage, once, beside everything else.
func (a *Adapter) examine(ctx context.Context) error {
	if err := a.store.Examine(ctx); err != nil && ctx.Err() == nil {
		a.cfg.Log.WarnContext(ctx, "data folder not examined", "err", err)
	}
	for _, place := range a.store.Damage() {
		a.cfg.Log.ErrorContext(ctx, "the data folder is damaged: restore it from a backup, or begin a new one", "store", a.store.Name(),
			"place", place)
	}
	return nil
}

// keepFresh reads configuration again while agents are there, so that the first call after a quiet while need not wait for it.
func (a *Adapter) keepFresh(ctx context.Context) error {
	return a.every(ctx, a.records.Tick(), func() {
		if a.hub.Connected() > 0 {
			a.records.Refresh()
			a.push(ctx)
		}
	})
}

// every does something again and again until ctx ends.
func (a *Adapter) every(ctx context.Context, pause time.Duration, do func()) error {
	for clock.Pause(ctx, a.cfg.Clock, pause) == nil {
		do()
	}
	return nil
}
