package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
)

// reading is how long a transaction that only reads may take.
const reading = 20 * time.Second

// View is database.DB's.
func (b *DB) View(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.read(ctx, func(ctx context.Context, conn *sql.Conn, l *line) error {
		begun, err := rawly(ctx, conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_is_in_recovery(), "+limits)
		if err == nil && values0(begun[1])[0] == "t" {
			err = fmt.Errorf("%w: %w", errLost, errCopy)
		}
		if err != nil {
			b.hangUp(conn)
			return err
		}
		defer func() { // also when its part panics
			limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), b.bounds.attempt)
			defer cancel()
			if _, err := rawly(limited, conn, "ROLLBACK"); err != nil {
				b.hangUp(conn)
			}
		}()
		return do(ctx, l)
	})
}

// Read is database.DB's.
func (b *DB) Read(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.read(ctx, func(ctx context.Context, _ *sql.Conn, l *line) error { return do(ctx, l) })
}

// read has a part read, and tries again while nobody is there, unless the part has been answered something.
func (b *DB) read(ctx context.Context, do func(context.Context, *sql.Conn, *line) error) error {
	whole, cancel := context.WithTimeout(ctx, reading)
	defer cancel()
	until := b.clock.Now().Add(b.bounds.patience)
	for pause := soonAgain; ; pause = min(2*pause, laterAgain) {
		l := &line{of: b}
		conn, err := b.connect(whole, b.work)
		if err == nil {
			l.conn = conn
			if err = do(whole, conn, l); troubleOf(err) == away {
				b.hangUp(conn)
			}
			_ = conn.Close()
		}
		if ctx.Err() != nil || l.answered || troubleOf(err) != away || !b.clock.Now().Before(until) ||
			clock.Pause(whole, b.clock, pause) != nil {
			return explain(err)
		}
	}
}

// line is one connection.
type line struct {
	conn *sql.Conn
	of   *DB

	answered       bool // a question was
	changed, found bool // a statement changed something, or nothing
}

// Exec is database.Line's.
func (l *line) Exec(ctx context.Context, text string, args ...any) (changed int64, err error) {
	r, err := l.conn.ExecContext(ctx, l.of.marked.of(text), values(args)...)
	if err != nil {
		return 0, l.Explain(err)
	}
	l.answered = true
	if changed, err = r.RowsAffected(); changed > 0 {
		l.changed = true
	} else {
		l.found = true
	}
	return changed, err
}

// Query is database.Line's.
func (l *line) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	rows, err := l.conn.QueryContext(ctx, l.of.marked.of(text), values(args)...)
	l.answered = l.answered || err == nil
	return rows, l.Explain(err)
}

// Explain is database.Line's.
func (l *line) Explain(err error) error {
	if err == nil || troubleOf(err) != none {
		return explain(err)
	}
	if _, said := errors.AsType[*pgconn.PgError](err); !said && closed(l.conn) {
		err = fmt.Errorf("%w: %w", errLost, err)
	}
	return explain(err)
}

// closed says whether a connection is of no more use.
func closed(conn *sql.Conn) (is bool) {
	err := conn.Raw(func(c any) error {
		driver, ok := c.(*stdlib.Conn)
		is = !ok || driver.Conn().IsClosed()
		return nil
	})
	return is || err != nil
}
