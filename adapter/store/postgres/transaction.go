package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
)

// bounds are how long things may take.
type bounds struct {
	// patience is how long a transaction is tried again that clashed with others, or while the server is away: less than anybody waits who
	// wants to be told.
	patience time.Duration
	// attempt is how long one try may take, commit its commit, which may wait for a copy.
	attempt, commit time.Duration
	// ask is how long it is asked what became of a commit whose answer was lost: longer than a server keeps one that hears nothing more.
	ask time.Duration
}

var usual = bounds{patience: 4 * time.Second, attempt: 5 * time.Second, commit: 6 * time.Second, ask: 6 * time.Second}

const (
	// tries is how often one is tried whose row somebody else had written: the next try sees that row, so that a third one hopes for nothing.
	tries = 3
	// soonAgain and laterAgain are the shortest and the longest pause between two tries.
	soonAgain  = 5 * time.Millisecond
	laterAgain = 400 * time.Millisecond
)

// Do is database.DB's.
func (b *DB) Do(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.do(ctx, b.work, "", func(ctx context.Context, l database.Line, _ []string) error { return do(ctx, l) })
}

// DoApart is Do for what must not wait for others.
func (b *DB) DoApart(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.do(ctx, b.apart, "", func(ctx context.Context, l database.Line, _ []string) error { return do(ctx, l) })
}

// DoPulse is Do for what must wait for nothing, by which others know that this program lives.
func (b *DB) DoPulse(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.do(ctx, b.pulse, "", func(ctx context.Context, l database.Line, _ []string) error { return do(ctx, l) })
}

// DoAfter is Do that asks a question of one argument first, on the way on which it begins. first is the row that it shows, nil for none.
func (b *DB) DoAfter(ctx context.Context, text, arg string, do func(ctx context.Context, l database.Line, first []string) error) error {
	return b.do(ctx, b.work, "; "+strings.Replace(text, "?", quoted(arg), 1), do)
}

// work is a part of a transaction.
type work func(ctx context.Context, l database.Line, first []string) error

func (b *DB) do(ctx context.Context, db *sql.DB, first string, do work) error {
	until := b.clock.Now().Add(b.bounds.patience)
	for n, pause := 1, soonAgain; ; n, pause = n+1, min(2*pause, laterAgain) {
		select {
		case <-b.ended:
			return database.ErrEnded
		default:
		}
		err := b.once(ctx, db, first, do)
		again := false
		switch troubleOf(err) {
		case none:
			if err == nil {
				b.full.Store(false)
			}
		case clash:
			again = true
		case taken, replanned:
			again = n < tries
		case away:
			if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
				return err // nothing was begun
			}
			b.full.Store(true)
			again = true
		case unsure:
			b.full.Store(true)
		}
		if !again || !b.clock.Now().Before(until) || clock.Pause(ctx, b.clock, pause) != nil {
			return explain(err)
		}
	}
}

// once tries a transaction. What was begun does not end with its asker: nobody may act upon half of it.
func (b *DB) once(ctx context.Context, db *sql.DB, first string, do work) error {
	whole, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.bounds.attempt)
	defer cancel()
	conn, err := b.connect(ctx, db)
	if err != nil {
		return err
	}
	defer conn.Close()
	begun, err := rawly(whole, conn, b.begin+first)
	if err != nil {
		return b.undo(whole, conn, err)
	}
	known := last(begun[1])
	if _, timeline, _ := strings.Cut(known, " "); !b.primaries.newest(timelineOf(timeline)) {
		b.hangUp(conn)
		return fmt.Errorf("%w: %w", errLost, errOvertaken)
	}
	var row []string
	if first != "" {
		row = values0(begun[2])
	}
	l := &line{conn: conn, of: b}
	part := func(ctx context.Context, l database.Line) error { return do(ctx, l, row) }
	if err := database.Guarded(whole, l, part); err != nil {
		return b.undo(whole, conn, err)
	}
	return b.commit(context.WithoutCancel(ctx), l, known)
}

// undo undoes a transaction because of an error, which it gives.
func (b *DB) undo(ctx context.Context, conn *sql.Conn, because error) error {
	// A server that takes nothing may not be the primary any more: the next connection looks for it.
	if troubleOf(because) == away {
		b.hangUp(conn)
	} else if _, err := rawly(ctx, conn, "ROLLBACK"); err != nil {
		b.hangUp(conn)
	}
	return because
}

const (
	// Whoever waits for a copy to have it too is not to be sent away with half an answer: no time is limited but ours.
	commit = "SET LOCAL statement_timeout = 0; COMMIT"
	// after writes something to the log, and nothing to any table: once that is durable, all before it is. Source: PostgreSQL, WAL.
	after = "SELECT pg_logical_emit_message(true, 'patchcord', ''); "
)

// commit makes a transaction durable. What warns of something was not acknowledged by the copy. Source: PostgreSQL, syncrep.c: a backend
// that is told to give up waiting says so by a warning, and that the transaction is committed.
func (b *DB) commit(ctx context.Context, l *line, known string) error {
	limited, cancel := context.WithTimeout(ctx, b.bounds.commit)
	defer cancel()
	text := commit
	if l.found && !l.changed {
		text = after + commit // what was there already may be less durable than what is written
	}
	ended, err := rawly(limited, l.conn, text)
	switch {
	case err == nil && ended[len(ended)-1].CommandTag.String() != "COMMIT":
		return errors.New("a transaction went on after an error of the database") // and is undone
	case err == nil:
		return nil
	}
	b.hangUp(l.conn)
	if pgconn.SafeToRetry(err) {
		return fmt.Errorf("%w: %w", errLost, err) // it was not even sent
	}
	if _, said := errors.AsType[*pgconn.PgError](err); said && troubleOf(err) != away {
		return err
	}
	return b.became(ctx, known, err)
}

// connect waits for a connection that is free, for as long as an attempt.
func (b *DB) connect(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, b.bounds.attempt)
	defer cancel()
	conn, err := db.Conn(limited)
	select {
	case <-b.ended:
		if err != nil {
			return nil, database.ErrEnded
		}
	default:
	}
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return conn, err
}

// errWarned means that a server did what it was asked, but not quite.
var errWarned = errors.New("the server warned")

// rawly sends statements in one go, and gives what each of them showed.
func rawly(ctx context.Context, conn *sql.Conn, text string) (results []*pgconn.Result, err error) {
	err = conn.Raw(func(c any) error {
		driver, ok := c.(*stdlib.Conn)
		if !ok {
			return errLost
		}
		conn := driver.Conn().PgConn()
		delete(conn.CustomData(), ofWarnings)
		if results, err = conn.Exec(ctx, text).ReadAll(); err != nil {
			return err
		}
		if n, ok := conn.CustomData()[ofWarnings].(*pgconn.Notice); ok {
			return fmt.Errorf("%w: %s", errWarned, n.Message)
		}
		return nil
	})
	return results, err
}

// values0 are the values of the first row of a result; nil for none.
func values0(r *pgconn.Result) (values []string) {
	if len(r.Rows) == 0 {
		return nil
	}
	for _, v := range r.Rows[0] {
		values = append(values, string(v))
	}
	return values
}

// last is the last of them; "" for none.
func last(r *pgconn.Result) string {
	values := values0(r)
	if len(values) == 0 {
		return ""
	}
	return values[len(values)-1]
}

// quoted is a text as it stands in a statement, however the server reads backslashes.
func quoted(text string) string {
	return "E'" + strings.NewReplacer(`'`, `''`, `\`, `\\`).Replace(clean(text)) + "'"
}

// hangUp lets go of a connection in whatever state it is. The others are asked whether they are still there.
func (b *DB) hangUp(conn *sql.Conn) {
	b.losses.Add(1)
	_ = conn.Raw(func(c any) error {
		if driver, ok := c.(*stdlib.Conn); ok {
			hangUpOn(driver.Conn())
		}
		return nil
	})
}
