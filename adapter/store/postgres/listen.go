package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	// aliveEvery is how often a connection that only listens is shown to hear.
	aliveEvery = 5 * time.Second
	// echo is what one tells oneself to find out whether notifications arrive.
	echo = "echo"
)

// errDeaf means that a connection does not hear any more.
var errDeaf = errors.New("notifications do not arrive any more")

// Listen has somebody called whenever a channel is notified, until ctx ends. arrive is told whenever it turns out that notifications
// arrive, or that they do not: through a pooler in transaction mode they never do. It connects again for as long as it takes. Source:
// PostgreSQL, LISTEN.
func (b *DB) Listen(ctx context.Context, channel string, heard func(payload string), arrive func(bool)) {
	e := &ear{of: b, channel: channel, heard: heard, arrive: arrive}
	for tries := 0; ctx.Err() == nil; tries++ {
		if e.listen(ctx); e.arrives {
			tries = 0
		}
		e.say(false)
		if clock.Pause(ctx, b.clock, min(clock.Backoff(tries), laterAgain)) != nil {
			return
		}
	}
}

// ear is who listens.
type ear struct {
	of      *DB
	channel string
	heard   func(payload string)
	arrive  func(bool)

	said, arrives bool // whether arrive was told, and what
}

func (e *ear) say(arrives bool) {
	if !e.said || e.arrives != arrives {
		e.said, e.arrives = true, arrives
		e.arrive(arrives)
	}
}

// listen does so on one connection, until that is lost.
func (e *ear) listen(ctx context.Context) error {
	conn, err := e.of.dial(ctx)
	if err != nil {
		return err
	}
	defer func() { hangUpOn(conn) }()
	limited, cancel := context.WithTimeout(ctx, aliveEvery)
	_, err = conn.Exec(limited, "LISTEN "+pgx.Identifier{e.channel}.Sanitize())
	cancel()
	if err != nil {
		return err
	}
	e.heard("") // what was told meanwhile
	for {
		if err := e.round(ctx, conn); err != nil {
			return err
		}
	}
}

// round hears for a while. An error if the connection is lost, or deaf and was not before.
func (e *ear) round(ctx context.Context, conn *pgx.Conn) error {
	limited, cancel := context.WithTimeout(ctx, aliveEvery)
	defer cancel()
	// Told by another connection: a pooler hands on what a session tells itself, and nothing that others tell it.
	_, told := e.of.apart.ExecContext(limited, "SELECT pg_notify($1, $2)", e.channel, echo)
	any := false
	for {
		n, err := conn.WaitForNotification(limited)
		if err != nil {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case limited.Err() == nil || conn.IsClosed():
				return errors.Join(errDeaf, err)
			case any || told != nil:
				return nil
			case e.arrives:
				return errDeaf
			}
			e.say(false)
			return nil
		}
		any = true
		e.say(true)
		if n.Payload != echo {
			e.heard(n.Payload)
		}
	}
}
