package admin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	indexEvery = 10 * time.Second
	indexPage  = 500  // rows that are read together
	indexMost  = 2000 // rows that one list waits for; the rest is made in the background
	indexPause = 500 * time.Millisecond
	indexAnew  = 10 * time.Minute // that a row that is the same is written again
)

// index keeps one row a call, so that a list need not read states and runs. The rows follow from those and can be made anew at any time.
type index struct {
	store *store.Store
	clock clock.Clock
	mask  Mask

	mu    sync.Mutex // held by the pass that is under way; guards what follows
	ready bool       // since and run are known
	since time.Time  // up to when everything is in
	run   int64      // up to which run
	last  time.Time  // when the last pass ended
	open  store.Leg  // up to which open row the last list came
}

// freshen brings the rows up to date for a list, as far as that is quick. A pass that is under way is not waited for.
func (x *index) freshen(ctx context.Context) error {
	if !x.mu.TryLock() {
		return nil
	}
	defer x.mu.Unlock()
	if x.clock.Now().Sub(x.last) < indexPause && x.ready {
		return nil
	}
	return x.pass(ctx, indexMost)
}

// all brings every row up to date.
func (x *index) all(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.pass(ctx, 0)
}

// hold does something while no row is made: what is erased is not written again by a pass that read it before. Every row is up to date.
func (x *index) hold(ctx context.Context, do func() error) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.pass(ctx, 0); err != nil {
		return err
	}
	return do()
}

// pass makes the rows of what has changed, and of what may change without news, at most so many, 0 for all; x.mu is held.
func (x *index) pass(ctx context.Context, most int) error {
	if err := x.begin(ctx); err != nil {
		return err
	}
	began := x.clock.Now()
	var latest int64
	err := x.store.View(ctx, func(tx *store.Tx) (err error) {
		latest, err = tx.LatestRun()
		return err
	})
	if err != nil {
		return err
	}
	_, whole, err := x.each(ctx, store.Leg{}, most, latest, func(tx *store.Tx, after store.Leg) ([]store.Leg, error) {
		return tx.Changed(x.since, x.run, after, indexPage)
	})
	if err != nil {
		return err
	}
	from := x.open
	if most == 0 {
		from = store.Leg{}
	}
	last, all, err := x.each(ctx, from, most, latest, func(tx *store.Tx, after store.Leg) ([]store.Leg, error) {
		return tx.OpenCalls(after, indexPage)
	})
	if err != nil {
		return err
	}
	if x.open = last; all { // the next list begins anew, else where this one has stopped
		x.open = store.Leg{}
	}
	if whole {
		x.since, x.run = began.Add(-store.Overlap), latest
	}
	x.last = x.clock.Now()
	return nil
}

// each makes the rows that are listed after a leg, at most about so many, 0 for all. It says where it stopped, and whether those were all.
func (x *index) each(ctx context.Context, after store.Leg, most int, latest int64,
	list func(tx *store.Tx, after store.Leg) ([]store.Leg, error)) (last store.Leg, all bool, err error) {
	for done := 0; most == 0 || done < most; {
		var legs []store.Leg
		err := x.store.View(ctx, func(tx *store.Tx) (err error) {
			legs, err = list(tx, after)
			return err
		})
		if err == nil {
			err = x.make(ctx, legs, latest)
		}
		if err != nil {
			return after, false, err
		}
		if len(legs) < indexPage {
			return after, true, nil
		}
		done += len(legs)
		after = legs[len(legs)-1]
	}
	return after, false, nil
}

// begin finds out how far an earlier program came. What was told since and before is compared row by row, once.
func (x *index) begin(ctx context.Context) error {
	if x.ready {
		return nil
	}
	err := x.store.View(ctx, func(tx *store.Tx) (err error) {
		_, x.run, err = tx.CallMarks()
		return err
	})
	x.ready = err == nil
	return err
}

// make reads legs and keeps their rows. One that cannot be read is named as damaged and hides no other.
func (x *index) make(ctx context.Context, legs []store.Leg, latest int64) error {
	if len(legs) == 0 {
		return nil
	}
	rows := make([]store.Call, 0, len(legs))
	now := x.clock.Now()
	err := x.store.View(ctx, func(tx *store.Tx) error {
		for _, leg := range legs {
			row, err := rowOf(tx, leg, x.mask)
			if err != nil {
				return err
			}
			row.Run, row.Made = latest, now
			if before, err := tx.CallOf(leg); err == nil && same(before, row) {
				continue
			}
			rows = append(rows, row)
		}
		return nil
	})
	if err != nil || len(rows) == 0 {
		return err
	}
	err = x.store.Do(ctx, "", func(tx *store.Tx) error {
		for _, row := range rows {
			if err := tx.PutCall(row); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, store.ErrFull) {
		return nil // who looks sees what was known when there was room
	}
	return err
}

// same says that a row need not be written again: what waits for hours costs the disk nothing.
func same(before, now store.Call) bool {
	return before.Outcome == now.Outcome && before.Open == now.Open && now.Made.Sub(before.Made) < indexAnew &&
		!now.Made.Before(before.Made) &&
		bytes.Equal(before.Body, now.Body)
}

func rowOf(tx *store.Tx, leg store.Leg, mask Mask) (store.Call, error) {
	k, err := read(tx, leg)
	if err != nil {
		return store.Call{}, err
	}
	k = k.masked(mask)
	call := k.call()
	body, err := json.Marshal(call)
	return store.Call{Leg: leg, At: call.At, Number: searchable(call.Number), Queue: call.Queue, Outcome: string(call.Outcome),
		Open: k.isOpen(),
		Body: body}, err
}

// callOf is a row of the list as it was kept; the sentence is made anew by the catalogue of this version.
func callOf(row store.Call) (Call, error) {
	var c Call
	if len(row.Body) == 0 {
		return damagedCall(row), nil
	}
	err := json.Unmarshal(row.Body, &c)
	c.Why = sayAgain(c.Why)
	return c, err
}
