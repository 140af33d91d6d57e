package postgres

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/pgtest"
)

func TestClashesEndWell(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	b := open(t, dsn)
	run(t, dsn, "INSERT INTO kept (key) VALUES ('a'), ('b')", `CREATE FUNCTION clash(code text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'clash' USING ERRCODE = code; END $$`)
	t.Run("a deadlock", func(t *testing.T) {
		type meeting struct{ came, other chan struct{} }
		one, two := make(chan struct{}), make(chan struct{})
		ends := make(chan error, 2)
		cross := func(m meeting, first, second string) {
			runs := 0
			ends <- b.Do(within(t), func(ctx context.Context, l database.Line) error {
				if _, err := l.Exec(ctx, `UPDATE kept SET key = key WHERE key = ?`, first); err != nil {
					return err
				}
				if runs++; runs == 1 {
					close(m.came)
					<-m.other
				}
				_, err := l.Exec(ctx, `UPDATE kept SET key = key WHERE key = ?`, second)
				return err
			})
		}
		go cross(meeting{one, two}, "a", "b")
		go cross(meeting{two, one}, "b", "a")
		if err := errors.Join(<-ends, <-ends); err != nil {
			t.Error(err)
		}
	})
	for _, code := range []string{"40001", "55P03"} {
		t.Run(code, func(t *testing.T) {
			runs := 0
			err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
				if runs++; runs > 3 {
					return nil
				}
				_, err := l.Exec(ctx, `SELECT clash(?)`, code)
				return err
			})
			if err != nil || runs != 4 {
				t.Errorf("%v after %d runs", err, runs)
			}
		})
	}
	t.Run("a row that is there already", func(t *testing.T) {
		runs := 0
		err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
			runs++
			_, err := l.Exec(ctx, `INSERT INTO kept (key) VALUES ('a')`)
			return err
		})
		failed, ok := errors.AsType[*pgconn.PgError](err)
		if !ok || failed.Code != "23505" || errors.Is(err, database.ErrFull) || runs != tries {
			t.Errorf("%v after %d runs", err, runs)
		}
	})
	t.Run("one that clashes for ever", func(t *testing.T) {
		b := open(t, dsn)
		b.bounds.patience = 100 * time.Millisecond
		err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
			_, err := l.Exec(ctx, `SELECT clash('40001')`)
			return err
		})
		if !errors.Is(err, database.ErrFull) || !b.Writable() {
			t.Errorf("err = %v, writable %v", err, b.Writable())
		}
	})
}

// A process that is stopped in the middle of a transaction keeps others from a row for a while only, and then has lost it.
func TestTransactionThatStopsIsEnded(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	stopped, other := open(t, dsn), open(t, dsn)
	hasten(stopped)
	run(t, dsn, "INSERT INTO kept (key) VALUES ('row')")
	const lock = `SELECT key FROM kept WHERE key = ? FOR UPDATE`
	holds, ends := make(chan struct{}), make(chan error)
	goesOn := make(chan struct{})
	go func() {
		ends <- stopped.DoAfter(within(t), lock, "row", func(ctx context.Context, l database.Line, _ []string) error {
			if _, err := l.Exec(ctx, `INSERT INTO done (key) VALUES ('stopped')`); err != nil {
				return err
			}
			close(holds)
			<-goesOn
			return nil
		})
	}()
	<-holds
	err := other.DoAfter(within(t), lock, "row", func(ctx context.Context, l database.Line, first []string) error {
		if len(first) != 1 || first[0] != "row" {
			t.Errorf("it was shown %q", first)
		}
		_, err := l.Exec(ctx, `INSERT INTO done (key) VALUES ('other')`)
		return err
	})
	must(t, err)
	close(goesOn)
	if err := <-ends; !errors.Is(err, database.ErrFull) || !strings.Contains(err.Error(), "idle-in-transaction") {
		t.Errorf("the one that was stopped: %v", err)
	}
	if stopped, other := times(t, dsn, "stopped"), times(t, dsn, "other"); stopped != 0 || other != 1 {
		t.Errorf("the one that was stopped is there %d times, the other %d", stopped, other)
	}
}

func TestQuestionsAreAskedAsTheyAreMeant(t *testing.T) {
	t.Parallel()
	b := open(t, pgtest.Shared(t))
	for _, text := range []string{"", "it's", `back\slash'`, "a?b", `\`, "$1", "ä"} {
		err := b.DoAfter(within(t), `SELECT CAST(? AS text), NULL`, text, func(_ context.Context, _ database.Line, first []string) error {
			if len(first) != 2 || first[0] != text {
				t.Errorf("%q was asked as %q", text, first)
			}
			return nil
		})
		must(t, err)
	}
	err := b.DoAfter(within(t), `SELECT key FROM kept WHERE key = ?`, "none", func(_ context.Context, _ database.Line, first []string) error {
		if first != nil {
			t.Errorf("nothing is shown as %q", first)
		}
		return nil
	})
	must(t, err)
}
