package postgres

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// ears hear on a channel until the test ends.
func ears(t *testing.T, b *DB) (heard chan string, arrive chan bool) {
	t.Helper()
	heard, arrive = make(chan string, 100), make(chan bool, 100)
	ctx, cancel := context.WithCancel(within(t))
	var all sync.WaitGroup
	all.Go(func() {
		b.Listen(ctx, "news", func(payload string) { heard <- payload }, func(is bool) { arrive <- is })
	})
	t.Cleanup(func() { cancel(); all.Wait() })
	return heard, arrive
}

func TestListen(t *testing.T) {
	t.Parallel()
	s := start(t, pgtest.Config{})
	dsn := s.DSN("postgres")
	b := open(t, dsn)
	heard, arrive := ears(t, b)
	next := func(want string) {
		t.Helper()
		for got := range heard {
			if got == want {
				return
			}
			if got != "" {
				t.Errorf("heard %q, want %q", got, want)
			}
		}
	}
	if !<-arrive {
		t.Error("notifications do not arrive")
	}
	run(t, dsn, "NOTIFY news, 'first'")
	next("first")
	must(t, s.Restart(within(t)))
	if <-arrive {
		t.Error("it is not said that the server is away")
	}
	if !<-arrive {
		t.Error("notifications do not arrive after a restart")
	}
	run(t, dsn, "NOTIFY news, 'second'")
	next("second")
}

// Through a pooler each transaction has another session: all works there but what one listens for.
func TestPooler(t *testing.T) {
	t.Parallel()
	s := start(t, pgtest.Config{MaxConnections: 60})
	p, err := s.Pooler(within(t), "postgres")
	must(t, err)
	closeAfter(t, p)
	direct, b, b2 := open(t, s.DSN("postgres")), open(t, p.DSN()), open(t, p.DSN())
	if !direct.primaries.prepares() || b.primaries.prepares() {
		t.Error("a pooler is not told from a server")
	}
	_, arrive := ears(t, b)
	var all sync.WaitGroup
	for i := range 24 {
		all.Go(func() {
			b := []*DB{b, b2, direct}[i%3]
			for n := range 20 {
				if err := variety(b, i, n); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if n := one[int](t, s.DSN("postgres"), "SELECT count(*) FROM done"); n != 24*20 {
		t.Errorf("%d were done, want %d", n, 24*20)
	}
	if <-arrive {
		t.Error("notifications are said to arrive")
	}
	must(t, p.Stop(within(t)))
	b.bounds.patience = 0
	refusedAsFull(t, b, act(within(t), b, "no pooler"))
}

// variety is a transaction of statements that few others have.
func variety(b *DB, i, n int) error {
	return b.Do(context.Background(), func(ctx context.Context, l database.Line) error {
		rows, err := l.Query(ctx, fmt.Sprintf(`SELECT %d, CAST(? AS text), CAST(?2 AS bigint)`, (i+n)%30), fmt.Sprint(i), n)
		if err != nil {
			return err
		}
		for rows.Next() {
			var number, what int
			var text string
			if err := rows.Scan(&number, &text, &what); err != nil || number != (i+n)%30 || text != fmt.Sprint(i) || what != n {
				_ = rows.Close()
				return fmt.Errorf("%d of %d was answered %d, %s, %d: %w", n, i, number, text, what, err)
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		_, err = l.Exec(ctx, fmt.Sprintf(`INSERT INTO done (key) SELECT ? WHERE %d >= 0`, (i*n)%30), fmt.Sprint(i, n))
		return err
	})
}

// What a server has prepared may be of no use any more: it is prepared anew.
func TestStatementsArePreparedAnew(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	b := open(t, dsn)
	b.work.SetMaxOpenConns(1)
	for n, change := range []string{"SELECT 1", "ALTER TABLE done ADD more bigint", "ALTER TABLE done ALTER more TYPE text USING 'text'"} {
		run(t, dsn, change)
		err := b.Do(within(t), func(ctx context.Context, l database.Line) error {
			if _, err := l.Exec(ctx, `INSERT INTO done (key) VALUES (?)`, "k"); err != nil {
				return err
			}
			rows, err := l.Query(ctx, `SELECT * FROM done`)
			if err != nil {
				return err
			}
			defer rows.Close()
			found := 0
			for rows.Next() {
				found++
			}
			if rows.Err() == nil && found != n+1 {
				t.Errorf("%d rows, want %d", found, n+1)
			}
			return l.Explain(rows.Err())
		})
		must(t, err)
	}
	if !b.primaries.prepares() {
		t.Error("nothing was prepared")
	}
}
