package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/patchcord/patchcord/internal/clock"
)

// Fates of a transaction, as pg_xact_status has them, and what it says of one that is none of this server's.
const (
	committed  = "committed"
	aborted    = "aborted"
	inProgress = "in progress"
)

// became finds out what became of a transaction whose commit was not answered: nil if it is durable, errLost if it was undone, errUnsure if
// nobody knows. It is known by its number and by the server's timeline. Source: PostgreSQL, pg_xact_status.
func (b *DB) became(ctx context.Context, known string, lost error) error {
	number, timeline, ok := strings.Cut(known, " ")
	if !ok {
		return fmt.Errorf("%w: %w", errUnsure, lost)
	}
	limited, cancel := context.WithTimeout(ctx, b.bounds.ask)
	defer cancel()
	for pause := soonAgain; ; pause = min(2*pause, laterAgain) {
		now, status, err := b.status(limited, number)
		switch {
		case err != nil: // nobody there who knows, for now
		case now == timeline && status == committed:
			if err := b.settle(limited); err != nil {
				return fmt.Errorf("%w: %w: %w", errUnsure, err, lost)
			}
			return nil
		case status == aborted:
			return fmt.Errorf("%w: %w", errLost, lost)
		case now != timeline && status == inProgress:
			return fmt.Errorf("%w: %w", errLost, lost) // another transaction has its number: it never came to this server
		case status != inProgress:
			// On another timeline another transaction may have had its number.
			return fmt.Errorf("%w: %w", errUnsure, lost)
		}
		if clock.Pause(limited, b.clock, pause) != nil {
			return fmt.Errorf("%w: %w", errUnsure, lost)
		}
	}
}

// status is what a server says of a transaction, and its timeline.
func (b *DB) status(ctx context.Context, number string) (timeline, status string, err error) {
	err = b.apart.QueryRowContext(ctx, `SELECT `+showTimeline+`, coalesce(pg_xact_status(CAST($1 AS xid8)), 'forgotten')`, number).
		Scan(&timeline, &status)
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok && failed.Code == "22023" { // a number that was not given yet
		err = b.apart.QueryRowContext(ctx, `SELECT `+showTimeline).Scan(&timeline)
		return timeline, aborted, err
	}
	return timeline, status, err
}

// settle returns once all is durable that was committed so far: a commit that can be seen may still be on one disk only.
func (b *DB) settle(ctx context.Context) error {
	conn, err := b.connect(ctx, b.apart)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err = rawly(ctx, conn, "BEGIN; SELECT "+strict+"; "+after+commit); err != nil {
		b.hangUp(conn)
	}
	return err
}
