package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// group is how many transactions are made durable by one flush.
const group = 256

// job is a transaction that waits for its turn.
type job struct {
	ctx  context.Context
	do   func(context.Context, database.Line) error
	err  error
	done chan struct{}
}

// Do is database.DB's.
func (b *DB) Do(ctx context.Context, do func(context.Context, database.Line) error) error {
	j := &job{ctx: ctx, do: do, done: make(chan struct{})}
	select {
	case b.jobs <- j:
	case <-b.ended:
		return database.ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
	<-j.done // what was taken is done: its end is soon, and nobody may act upon half of it
	return j.err
}

// commit makes transactions durable in groups until the store ends.
func (b *DB) commit() {
	defer close(b.idle)
	w := &writing{of: b, line: newLine(b.writer)}
	defer w.hangUp()
	for {
		select {
		case first := <-b.jobs:
			jobs := b.gather(first)
			w.run(jobs)
			w.count()
			w.grow()
		case <-b.ended:
			return
		}
	}
}

// gather takes what waits beside a first transaction.
func (b *DB) gather(first *job) []*job {
	jobs := append(make([]*job, 0, group), first)
	for len(jobs) < group {
		select {
		case j := <-b.jobs:
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
	of      *DB
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
		w.of.full.Store(errors.Is(err, database.ErrFull))
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
			j.err = database.Guarded(ctx, w.line, j.do)
		}
		if failed := j.err; failed != nil && (!apart || errors.Is(failed, database.ErrFull) || errors.Is(failed, errNotUndone)) {
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
	own := database.Guarded(ctx, w.line, j.do)
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

// explain names the errors that callers tell apart.
func explain(err error) error {
	failed, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		if errors.Is(err, sql.ErrNoRows) {
			return database.ErrNone
		}
		return err
	}
	switch failed.Code() & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%w: %w", database.ErrFull, err)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: %w", database.ErrDamaged, err)
	}
	return err
}

// Writable says whether the latest transaction could be made durable.
func (b *DB) Writable() bool { return !b.full.Load() }
