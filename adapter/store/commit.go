package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// group is how many transactions are made durable by one flush.
const group = 256

// job is a transaction that waits for its turn.
type job struct {
	ctx  context.Context
	do   func(*Tx) error
	err  error
	done chan struct{}
}

// Do runs a transaction and returns once it is durable. It may be run more than once before that, so it must do nothing else than what it
// does to the transaction; an error of its own undoes it and comes back. ErrFull if there is no room.
func (s *Store) Do(ctx context.Context, do func(*Tx) error) error {
	j := &job{ctx: ctx, do: do, done: make(chan struct{})}
	select {
	case s.jobs <- j:
	case <-s.ended:
		return ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
	<-j.done // what was taken is done: its end is soon, and nobody may act upon half of it
	return j.err
}

// commit makes transactions durable in groups until the store ends.
func (s *Store) commit() {
	defer close(s.idle)
	w := &writing{store: s, line: newLine(s.writer)}
	defer w.hangUp()
	for {
		select {
		case first := <-s.jobs:
			jobs := s.gather(first)
			w.run(jobs)
			w.count()
			w.grow()
		case <-s.ended:
			return
		}
	}
}

// gather takes what waits beside a first transaction.
func (s *Store) gather(first *job) []*job {
	jobs := append(make([]*job, 0, group), first)
	for len(jobs) < group {
		select {
		case j := <-s.jobs:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// writing is the one connection that writes.
type writing struct {
	*line
	store   *Store
	unmoved int // pages that were written since a checkpoint was asked for
}

// run makes transactions durable together. If one of them fails, they are run once more, each so that it takes no other with it; only if
// that is not possible either, each by itself.
func (w *writing) run(jobs []*job) {
	defer func() {
		for _, j := range jobs {
			close(j.done)
		}
	}()
	if w.together(jobs, false) == nil || len(jobs) == 1 || w.together(jobs, true) == nil {
		return
	}
	for _, j := range jobs {
		_ = w.together([]*job{j}, false) // its error is its own
	}
}

// together runs transactions as one, and gives each its error. apart undoes one that fails and goes on with the others.
func (w *writing) together(jobs []*job, apart bool) (err error) {
	ctx := context.Background() // it ends with the transactions, not with one of those who wait for them
	defer func() {
		w.store.full.Store(errors.Is(err, ErrFull))
		for _, j := range jobs {
			if err != nil && j.err == nil {
				j.err = err
			}
		}
	}()
	for _, j := range jobs {
		j.err = nil
	}
	if err := w.begin(ctx); err != nil {
		return err
	}
	for _, j := range jobs {
		if apart {
			j.err = w.apart(ctx, j)
		} else {
			j.err = w.one(ctx, j)
		}
		if failed := j.err; failed != nil && (!apart || errors.Is(failed, ErrFull) || errors.Is(failed, errNotUndone)) {
			_ = w.exec(ctx, "ROLLBACK") // the transaction's own error is the one to tell
			return failed
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		_ = w.exec(ctx, "ROLLBACK")
		return err
	}
	return nil
}

// errNotUndone means that one transaction could not be undone without the others.
var errNotUndone = errors.New("not undone")

// apart runs a transaction's part so that it can be undone by itself.
func (w *writing) apart(ctx context.Context, j *job) error {
	if err := w.exec(ctx, "SAVEPOINT one"); err != nil {
		return fmt.Errorf("%w: %w", errNotUndone, err)
	}
	own := w.one(ctx, j)
	if own != nil {
		if err := w.exec(ctx, "ROLLBACK TO one"); err != nil {
			return fmt.Errorf("%w: %w: %w", errNotUndone, err, own)
		}
	}
	if err := w.exec(ctx, "RELEASE one"); err != nil {
		return fmt.Errorf("%w: %w", errNotUndone, err)
	}
	return own
}

// begin begins a transaction. One that could be neither committed nor undone, for want of room, is undone now.
func (w *writing) begin(ctx context.Context) error {
	err := w.exec(ctx, "BEGIN IMMEDIATE")
	if err == nil || w.exec(ctx, "ROLLBACK") != nil {
		return err
	}
	return w.exec(ctx, "BEGIN IMMEDIATE")
}

// one runs a transaction's part. Its panic is its own error, not the end of everybody who writes.
func (w *writing) one(ctx context.Context, j *job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("a transaction panicked: %v\n%s", v, debug.Stack())
		}
	}()
	return j.do(&Tx{ctx: ctx, store: w.store, line: w.line})
}

// explain names the errors that callers tell apart.
func explain(err error) error {
	failed, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNone
		}
		return err
	}
	switch failed.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%w: %w", ErrFull, err)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// Writable says whether the latest transaction could be made durable.
func (s *Store) Writable() bool { return !s.full.Load() }
