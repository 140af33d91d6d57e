package postgres

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

func TestServerThatIsAwayIsFull(t *testing.T) {
	t.Parallel()
	s := start(t, pgtest.Config{MaxConnections: 14})
	dsn := s.DSN("postgres")
	b := open(t, dsn)
	b.bounds.attempt, b.bounds.patience = 2*time.Second, time.Second
	isWell(t, b, "before")

	must(t, s.Restart(within(t)))
	isWell(t, b, "after a restart")
	if err := b.View(within(t), func(context.Context, database.Line) error { return nil }); err != nil {
		t.Error(err)
	}

	must(t, s.Suspend())
	refusedAsFull(t, b, act(within(t), b, "suspended"))
	err := b.Read(within(t), func(ctx context.Context, l database.Line) error {
		_, err := l.Exec(ctx, "SELECT 1")
		return err
	})
	if !errors.Is(err, database.ErrFull) {
		t.Errorf("a suspended server was read: %v", err)
	}
	s.Resume()
	isWell(t, b, "resumed")
	if n := times(t, dsn, "suspended"); n > 1 {
		t.Errorf("what was refused was done %d times", n)
	}

	must(t, s.Kill())
	refusedAsFull(t, b, act(within(t), b, "killed"))
	must(t, s.Restart(within(t)))
	isWell(t, b, "restarted")

	outOfConnections(t, b, dsn)
	run(t, dsn, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
	until(t, dsn, "SELECT current_setting('transaction_read_only') = 'on'")
	refusedAsFull(t, b, act(within(t), b, "read only"))
	run(t, dsn, "BEGIN READ WRITE; SELECT 1; COMMIT", "ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
	until(t, dsn, "SELECT current_setting('transaction_read_only') = 'off'")
	isWell(t, b, "written again")
}

// outOfConnections takes all connections that there are, while one transaction has the only one of its own.
func outOfConnections(t *testing.T, b *DB, dsn string) {
	t.Helper()
	err := b.Do(within(t), func(ctx context.Context, _ database.Line) error {
		var all []interface{ Close(context.Context) error }
		b.work.SetMaxIdleConns(0) // those that are free are taken, too
		for conn, err := pgconn.Connect(ctx, dsn); err == nil; conn, err = pgconn.Connect(ctx, dsn) {
			all = append(all, conn)
		}
		if len(all) < 5 {
			t.Errorf("only %d connections were there", len(all))
		}
		refusedAsFull(t, b, act(within(t), b, "no connection"))
		for _, conn := range all {
			_ = conn.Close(context.Background())
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	isWell(t, b, "connections again")
}

func TestFullDisk(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	b := open(t, dsn)
	b.bounds.patience = 100 * time.Millisecond
	run(t, dsn, `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`,
		"CREATE TRIGGER full_disk BEFORE INSERT ON done EXECUTE FUNCTION no_room()")
	refusedAsFull(t, b, act(within(t), b, "no room"))
	mine := errors.New("no")
	if err := b.Do(within(t), func(context.Context, database.Line) error { return mine }); !errors.Is(err, mine) || b.Writable() {
		t.Errorf("a refusal of its own says that there is room again: %v", err)
	}
	run(t, dsn, "DROP TRIGGER full_disk ON done")
	isWell(t, b, "room")
	if n := times(t, dsn, "no room"); n != 0 {
		t.Errorf("what was refused was done %d times", n)
	}
}

func TestCodes(t *testing.T) {
	for code, want := range map[string]trouble{"40001": clash, "40P01": clash, "55P03": clash, "23505": taken, "53100": away, "53300": away,
		"57P01": away, "25006": away, "25P03": away, "08006": away, "XX001": damage, "42601": none, "": none, "23503": none} {
		if got := troubleOf(fmt.Errorf("asked: %w", &pgconn.PgError{Code: code})); got != want {
			t.Errorf("%s is %d, want %d", code, got, want)
		}
	}
}

func TestWhatDoesNotWaitIsNoTrouble(t *testing.T) {
	t.Parallel()
	b := open(t, pgtest.Shared(t))
	b.work.SetMaxOpenConns(1)
	err := b.Do(within(t), func(context.Context, database.Line) error {
		gone, cancel := context.WithCancel(context.Background())
		cancel()
		if err := act(gone, b, "nobody waits"); !errors.Is(err, context.Canceled) || errors.Is(err, database.ErrFull) || !b.Writable() {
			t.Errorf("err = %v, writable %v", err, b.Writable())
		}
		return nil
	})
	must(t, err)
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	s := start(t, pgtest.Config{TLS: true})
	other := start(t, pgtest.Config{TLS: true})
	run(t, s.DSN("postgres"), "CREATE ROLE guest LOGIN PASSWORD 'guest-secret'", "CREATE DATABASE theirs",
		"CREATE ROLE stranger LOGIN PASSWORD 'guest-secret'", "CREATE DATABASE dumped OWNER stranger")
	open(t, s.DSN("dumped")) // whose tables are not its owner's, as those that a superuser has restored
	with := func(change func(*url.URL)) string {
		u, err := url.Parse(s.DSN("theirs"))
		must(t, err)
		change(u)
		return u.String()
	}
	wrong := func(user, password, query string) string {
		return with(func(u *url.URL) {
			u.User = url.UserPassword(user, password)
			if query != "" {
				u.RawQuery = query
			}
		})
	}
	own, err := url.Parse(s.DSN("theirs"))
	must(t, err)
	secret, _ := own.User.Password()
	theirs, err := url.Parse(other.DSN("x"))
	must(t, err)
	bare, err := url.Parse(pgtest.Shared(t))
	must(t, err)
	bare.RawQuery = "sslmode=require"
	for _, c := range []struct{ name, dsn, want string }{
		{"another's certificate", with(func(u *url.URL) { u.RawQuery = theirs.RawQuery }), "that sslrootcert does not vouch for"},
		{"another name", with(func(u *url.URL) { u.Host = "localhost:" + u.Port() }), "that sslrootcert does not vouch for"},
		{"no file of certificates", with(func(u *url.URL) { u.RawQuery = "sslmode=verify-full&sslrootcert=/none.crt" }), "/none.crt"},
		{"no TLS", bare.String(), "speaks no TLS, which sslmode asks for"},
		{"an unknown sslmode", with(func(u *url.URL) { u.RawQuery = "sslmode=verify_full" }), "sslmode in the DSN is one of"},
		{"a file without certificates", with(func(u *url.URL) { u.RawQuery = "sslmode=verify-full&sslrootcert=trouble_test.go" }),
			"holds no certificate"},
		{"verify-ca without its certificates", with(func(u *url.URL) { u.RawQuery = "sslmode=verify-ca" }), "name the file of its authority"},
		{"no number", with(func(u *url.URL) { u.RawQuery += "&pool_max_conns=many" }), "such as pool_max_conns"},
		{"no such host", with(func(u *url.URL) { u.Host = "none.invalid" }), "is not reached"},
		{"another's tables", strings.Replace(wrong("stranger", "guest-secret", ""), "/theirs", "/dumped", 1), "or use those that are there"},
		{"a wrong password", wrong("patchcord", "not-"+secret, ""), "refuses the user or the password"},
		{"no such database", with(func(u *url.URL) { u.Path = "/none" }), "has no such database: create it"},
		{"no right to make tables", wrong("guest", "guest-secret", ""), "may not make tables"},
		{"nobody there", with(func(u *url.URL) { u.Host = "127.0.0.1:1" }), "postgres://127.0.0.1:1/theirs is not reached"},
		{"a password that breaks the URL", "postgres://patchcord:" + secret + "/%zz@127.0.0.1/theirs", "have to be written as"},
		{"a broken port", "postgres://patchcord:" + secret + "@127.0.0.1:port:" + secret + "/theirs", "no DSN of PostgreSQL"},
		{"words", "host=127.0.0.1 password='" + secret + " x user=y port", "no DSN of PostgreSQL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, err := Open(within(t), c.dsn, clock.System{})
			if err == nil {
				_ = b.Close()
				t.Fatal("it was taken")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%q does not say %q", err, c.want)
			}
			if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "guest-secret") {
				t.Errorf("%q tells the password", err)
			}
		})
	}
	b := open(t, s.DSN("theirs"))
	if strings.Contains(b.Name(), secret) {
		t.Errorf("%q tells the password", b.Name())
	}
}

// Any number of processes bring a database up to date at once, and one that knows less than the database works with it.
func TestMigrations(t *testing.T) {
	t.Parallel()
	dsn := pgtest.Shared(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			b, err := Open(within(t), dsn, clock.System{})
			if err != nil {
				t.Error(err)
				return
			}
			_ = b.Close()
		})
	}
	all.Wait()
	run(t, dsn, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (900, true)")
	isWell(t, open(t, dsn), "by an older program")
	names, err := filepath.Glob("migrations/*.sql")
	must(t, err)
	if n := one[int](t, dsn, `SELECT count(*) FROM goose_db_version`); n != len(names)+2 {
		t.Errorf("%d versions were noted, want %d of ours, the first and the newer one", n, len(names))
	}
}
