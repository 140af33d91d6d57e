package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// within bounds a test that waits for servers.
func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func start(t testing.TB, c pgtest.Config) *pgtest.Server {
	t.Helper()
	s, err := pgtest.Start(within(t), c)
	must(t, err)
	closeAfter(t, s)
	return s
}

func closeAfter(t testing.TB, s interface{ Close() error }) {
	t.Helper()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// open opens a database, with a table of what was done by key, in which a key may stand twice, and one in which it may not.
func open(t testing.TB, dsn string) *DB {
	t.Helper()
	b, err := Open(within(t), dsn, clock.System{})
	must(t, err)
	t.Cleanup(func() { _ = b.Close() })
	run(t, dsn, "CREATE TABLE IF NOT EXISTS done (key text)", "CREATE TABLE IF NOT EXISTS kept (key text PRIMARY KEY)")
	return b
}

// hasten has the server end transactions of a database sooner in which nothing happens.
func hasten(b *DB) {
	b.begin = strings.Replace(b.begin, `_session_timeout', '5s'`, `_session_timeout', '1s'`, 1)
	b.bounds.patience, b.bounds.ask = 800*time.Millisecond, 3*time.Second
}

// raw is a connection of its own.
func raw(t testing.TB, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(within(t), dsn)
	must(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// run runs statements, each by itself.
func run(t testing.TB, dsn string, statements ...string) {
	t.Helper()
	conn := raw(t, dsn)
	defer conn.Close(context.Background())
	for _, s := range statements {
		if _, err := conn.Exec(within(t), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// one is the only value that a question finds.
func one[T any](t testing.TB, dsn, question string, args ...any) (v T) {
	t.Helper()
	conn := raw(t, dsn)
	defer conn.Close(context.Background())
	must(t, conn.QueryRow(within(t), question, args...).Scan(&v))
	return v
}

// until waits until a question finds true.
func until(t testing.TB, dsn, question string, args ...any) {
	t.Helper()
	conn := raw(t, dsn)
	defer conn.Close(context.Background())
	for ctx := within(t); ; {
		var is bool
		must(t, conn.QueryRow(ctx, question, args...).Scan(&is))
		if is {
			return
		}
		must(t, clock.Pause(ctx, clock.System{}, 10*time.Millisecond))
	}
}

// act notes that something was done, in a way in which it may be noted twice.
func act(ctx context.Context, b *DB, key string) error {
	return b.Do(ctx, func(ctx context.Context, l database.Line) error {
		_, err := l.Exec(ctx, `INSERT INTO done (key) VALUES (?)`, key)
		return err
	})
}

// keep notes something once.
func keep(ctx context.Context, b *DB, key string) error {
	return b.Do(ctx, func(ctx context.Context, l database.Line) error {
		_, err := l.Exec(ctx, `INSERT INTO kept (key) VALUES (?) ON CONFLICT DO NOTHING`, key)
		return err
	})
}

func times(t testing.TB, dsn, key string) int {
	t.Helper()
	return one[int](t, dsn, `SELECT count(*) FROM done WHERE key = $1`, key)
}

// hosts is a DSN that names several servers, in this order.
func hosts(t testing.TB, servers ...*pgtest.Server) string {
	t.Helper()
	u, err := url.Parse(servers[0].DSN("postgres"))
	must(t, err)
	var all []string
	for _, s := range servers {
		all = append(all, fmt.Sprintf("127.0.0.1:%d", s.Port))
	}
	u.Host = strings.Join(all, ",")
	return u.String() + "&target_session_attrs=read-write"
}

func refusedAsFull(t testing.TB, b *DB, err error) {
	t.Helper()
	if !errors.Is(err, database.ErrFull) || b.Writable() {
		t.Errorf("err = %v, writable %v; want ErrFull, and not writable", err, b.Writable())
	}
}

func isWell(t testing.TB, b *DB, key string) {
	t.Helper()
	if err := act(within(t), b, key); err != nil || !b.Writable() {
		t.Errorf("err = %v, writable %v; want it to be done", err, b.Writable())
	}
}
