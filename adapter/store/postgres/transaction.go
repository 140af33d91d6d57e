package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	// patience is how long a transaction is tried again that clashed with others, or while the server is away: less than anybody waits who
	// wants to be told.
	patience = 4 * time.Second
	// attempt is how long one try may take, soonAgain and laterAgain the pauses between two.
	attempt    = 8 * time.Second
	soonAgain  = 5 * time.Millisecond
	laterAgain = 400 * time.Millisecond
	// askAfter is how long it is asked what became of a commit whose answer was lost.
	askAfter = 6 * time.Second
)

// Do is database.DB's.
func (b *DB) Do(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.do(ctx, b.work, do)
}

// DoApart is Do for what must not wait for others.
func (b *DB) DoApart(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.do(ctx, b.apart, do)
}

func (b *DB) do(ctx context.Context, db *sql.DB, do func(context.Context, database.Line) error) error {
	until := b.clock.Now().Add(patience)
	for pause := soonAgain; ; pause = min(2*pause, laterAgain) {
		select {
		case <-b.ended:
			return database.ErrEnded
		default:
		}
		err := b.once(ctx, db, do)
		kind := troubleOf(err)
		if again := kind == clash || kind == away; !again || !b.clock.Now().Before(until) || clock.Pause(ctx, b.clock, pause) != nil {
			b.full.Store(kind == away)
			return explain(err)
		}
	}
}

// once tries a transaction. What was begun does not end with its asker: nobody may act upon half of it.
func (b *DB) once(ctx context.Context, db *sql.DB, do func(context.Context, database.Line) error) error {
	whole, cancel := context.WithTimeout(context.WithoutCancel(ctx), attempt)
	defer cancel()
	conn, err := b.connect(ctx, db)
	if err != nil {
		return err
	}
	defer conn.Close()
	known, err := rawly(whole, conn, b.begin)
	if err != nil {
		hangUp(conn)
		return err
	}
	if err := database.Guarded(whole, line{conn, b}, do); err != nil {
		if _, failed := rawly(whole, conn, "ROLLBACK"); failed != nil {
			hangUp(conn)
		}
		return err
	}
	// Whoever waits for a copy to have it too is not to be sent away with half an answer: no time is limited but ours.
	ended, err := rawly(whole, conn, "SET LOCAL statement_timeout = 0; COMMIT")
	switch {
	case err == nil && ended == "COMMIT":
		return nil
	case err == nil:
		return errors.New("a transaction went on after an error of the database") // and is undone
	}
	hangUp(conn)
	if _, said := errors.AsType[*pgconn.PgError](err); said && troubleOf(err) != away {
		return err
	}
	return b.became(context.WithoutCancel(ctx), known, err)
}

// connect waits for a connection that is free, for as long as an attempt.
func (b *DB) connect(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	limited, cancel := context.WithTimeout(ctx, attempt)
	defer cancel()
	conn, err := db.Conn(limited)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return conn, err
}

// rawly sends statements in one go, and gives the last value that they show, or else the last command.
func rawly(ctx context.Context, conn *sql.Conn, text string) (last string, err error) {
	err = conn.Raw(func(c any) error {
		driver, ok := c.(*stdlib.Conn)
		if !ok {
			return errLost
		}
		results, err := driver.Conn().PgConn().Exec(ctx, text).ReadAll()
		if err == nil && len(results) > 0 {
			r := results[len(results)-1]
			if last = r.CommandTag.String(); len(r.Rows) > 0 {
				last = string(r.Rows[0][0])
			}
		}
		return err
	})
	return last, err
}

// hangUp lets go of a connection in whatever state it is.
func hangUp(conn *sql.Conn) {
	_ = conn.Raw(func(c any) error {
		if driver, ok := c.(*stdlib.Conn); ok {
			ctx, cancel := context.WithCancel(context.Background())
			cancel() // nobody waits for its goodbye
			_ = driver.Conn().Close(ctx)
		}
		return nil
	})
}

// became finds out what became of a transaction whose commit was not answered: nil if it is durable. It is known by its number and by the
// server's timeline: after a failover another transaction may have the same number, and then nobody knows. Source: PostgreSQL,
// pg_xact_status.
func (b *DB) became(ctx context.Context, known string, lost error) error {
	number, timeline, ok := strings.Cut(known, " ")
	if !ok {
		return fmt.Errorf("%w: %w", errLost, lost)
	}
	limited, cancel := context.WithTimeout(ctx, askAfter)
	defer cancel()
	for pause := soonAgain; ; pause = min(2*pause, laterAgain) {
		var now, status string
		err := b.apart.QueryRowContext(limited, `SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8),
coalesce(pg_xact_status(CAST($1 AS xid8)), 'forgotten')`, number).Scan(&now, &status)
		switch {
		case err == nil && now == timeline && status == "committed":
			return nil
		case err == nil && (now != timeline || status != "in progress"):
			return fmt.Errorf("%w: %w", errLost, lost) // undone, or nobody knows: it may be tried again, whichever it is
		}
		if clock.Pause(limited, b.clock, pause) != nil {
			return fmt.Errorf("%w: %w", errLost, lost)
		}
	}
}

// View is database.DB's.
func (b *DB) View(ctx context.Context, do func(context.Context, database.Line) error) error {
	conn, err := b.connect(ctx, b.work)
	if err != nil {
		return explain(err)
	}
	defer conn.Close()
	if _, err := rawly(ctx, conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "+limits); err != nil {
		hangUp(conn)
		return explain(err)
	}
	defer func() { // also when its part panics
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), attempt)
		defer cancel()
		if _, err := rawly(limited, conn, "ROLLBACK"); err != nil {
			hangUp(conn)
		}
	}()
	return do(ctx, line{conn, b})
}

// Read is database.DB's.
func (b *DB) Read(ctx context.Context, do func(context.Context, database.Line) error) error {
	conn, err := b.connect(ctx, b.work)
	if err != nil {
		return explain(err)
	}
	defer conn.Close()
	return do(ctx, line{conn, b})
}

// line is one connection.
type line struct {
	conn *sql.Conn
	of   *DB
}

// Exec is database.Line's.
func (l line) Exec(ctx context.Context, text string, args ...any) (changed int64, err error) {
	r, err := l.conn.ExecContext(ctx, l.of.marked.of(text), values(args)...)
	if err != nil {
		return 0, explain(err)
	}
	return r.RowsAffected()
}

// Query is database.Line's.
func (l line) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	rows, err := l.conn.QueryContext(ctx, l.of.marked.of(text), values(args)...)
	return rows, explain(err)
}

// Explain is database.Line's.
func (l line) Explain(err error) error { return explain(err) }

// Listen has somebody called whenever a channel is notified, until ctx ends. It says once whether notifications arrive at all: through a
// pooler in transaction mode they do not. It connects again for as long as it takes. Source: PostgreSQL, LISTEN.
func (b *DB) Listen(ctx context.Context, channel string, heard func(payload string), arrive func(bool)) {
	for tries := 0; ctx.Err() == nil; tries++ {
		if err := b.listen(ctx, channel, heard, arrive); err == nil {
			tries = 0
		}
		if clock.Pause(ctx, b.clock, min(clock.Backoff(tries), laterAgain)) != nil {
			return
		}
	}
}

const (
	// aliveEvery is how often a connection that only listens shows that it is there.
	aliveEvery = 5 * time.Second
	// echo is what one tells oneself to find out whether notifications arrive.
	echo = "echo"
)

// listen does so on one connection, until that is lost.
func (b *DB) listen(ctx context.Context, channel string, heard func(string), arrive func(bool)) error {
	conn, err := pgx.ConnectConfig(ctx, b.config)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	name := pgx.Identifier{channel}.Sanitize()
	if _, err := conn.Exec(ctx, "LISTEN "+name); err != nil {
		return err
	}
	heard("") // what was told meanwhile
	arrives, said := false, false
	for {
		if _, err := conn.Exec(ctx, "SELECT pg_notify($1, $2)", channel, echo); err != nil {
			arrive(false)
			return err
		}
		limited, cancel := context.WithTimeout(ctx, aliveEvery)
		for err = nil; err == nil; {
			var n *pgconn.Notification
			if n, err = conn.WaitForNotification(limited); err == nil {
				if !arrives {
					arrives, said = true, true
					arrive(true)
				}
				if n.Payload != echo {
					heard(n.Payload)
				}
			}
		}
		cancel()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case limited.Err() == nil:
			arrive(false)
			return err
		case !arrives && !said:
			said = true
			arrive(false)
		}
		if conn.IsClosed() {
			return nil
		}
	}
}
