// Package postgres is a database on a PostgreSQL server, which any number of processes share: one transaction at a time for each user, made
// durable as strictly as the server can.
//
// Read first: Open, DB.Do, DB.Listen. It knows no table but by its migrations. It works through a pooler in transaction mode: nothing
// of it hangs on a session but Listen, which says so when nothing is heard.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/internal/clock"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	connections   = 16 // of the work, unless the DSN says pool_max_conns
	apart         = 3  // of what must not wait for the work
	pulse         = 1  // of what must wait for nothing
	statements    = 256
	connectWithin = 2 * time.Second
	openWithin    = 30 * time.Second
	usualPort     = 5432
	lifetime      = 30 * time.Minute // of a connection, so that addresses that moved are noticed
)

// DB is a database on a server. It is safe for concurrent use.
type DB struct {
	config *pgx.ConnConfig
	name   string
	work   *sql.DB
	apart  *sql.DB // for what must not wait for the work
	pulse  *sql.DB // for what must wait for nothing
	begin  string  // what begins a transaction, and asks by what it is known
	clock  clock.Clock
	bounds bounds
	marked marked
	full   atomic.Bool
	ended  chan struct{}
	end    sync.Once

	primaries primaries
	losses    atomic.Uint64 // of connections
}

var _ database.DB = (*DB)(nil)

// Open connects to a server by a DSN, as a URL or as key=value, and brings the database up to date. An error is for the administrator.
// Source: PostgreSQL, libpq, Connection Strings; of several hosts the one is taken that can be written to.
func Open(ctx context.Context, dsn string, clk clock.Clock) (*DB, error) {
	pool, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, unread(err)
	}
	b := &DB{config: pool.ConnConfig, clock: clk, bounds: usual, ended: make(chan struct{})}
	c := b.config
	b.name = nameOf(c)
	if c.ConnectTimeout == 0 || c.ConnectTimeout > openWithin {
		c.ConnectTimeout = connectWithin
	}
	b.primaries.watch(c)
	c.StatementCacheCapacity, c.DescriptionCacheCapacity = statements, statements
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "patchcord"
	}
	most := connections
	if strings.Contains(dsn, "pool_max_conns") {
		most = int(pool.MaxConns)
	}
	b.work, b.apart, b.pulse = b.pool(most), b.pool(apart), b.pool(pulse)
	limited, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	err = b.prepare(limited)
	for b.comes(err) && clock.Pause(limited, clk, laterAgain) == nil {
		err = b.prepare(limited)
	}
	if err != nil {
		return nil, errors.Join(refused(b.name, err), b.Close())
	}
	return b, nil
}

// comes says whether a database that cannot be written to now may be in a moment: its server starts, or one of several is about to take
// over from another. A node that is started just then waits, rather than leaving it to whoever starts it again.
func (b *DB) comes(err error) bool {
	if failed, ok := errors.AsType[*pgconn.PgError](err); ok && failed.Code == "57P03" { // cannot_connect_now
		return true
	}
	other := func(f *pgconn.FallbackConfig) bool { return f.Host != b.config.Host || f.Port != b.config.Port }
	return troubleOf(err) == away && slices.ContainsFunc(b.config.Fallbacks, other)
}

// nameOf is where a database is, without its password.
func nameOf(c *pgx.ConnConfig) string {
	hosts := []string{hostOf(c.Host, c.Port)}
	for _, f := range c.Fallbacks {
		if host := hostOf(f.Host, f.Port); !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	u := url.URL{Scheme: "postgres", Host: strings.Join(hosts, ","), Path: c.Database}
	return u.String()
}

// hostOf is a host, with its port unless that is PostgreSQL's own: a wrong one is to be seen.
func hostOf(host string, port uint16) string {
	if port == usualPort && !strings.Contains(host, ":") {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

// pool is at most so many connections.
func (b *DB) pool(most int) *sql.DB {
	never := func(context.Context, stdlib.ShouldPingParams) bool { return false } // check does
	db := stdlib.OpenDB(*b.config, stdlib.OptionBeforeConnect(b.primaries.choose), stdlib.OptionShouldPing(never),
		stdlib.OptionResetSession(b.check))
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	db.SetConnMaxLifetime(lifetime)
	return db
}

const (
	// limits bound what a transaction may take, wherever it stops.
	limits = `set_config('statement_timeout', '4s', true), set_config('lock_timeout', '3s', true),
set_config('idle_in_transaction_session_timeout', '5s', true)`
	// strict has a commit wait for the disk and the copy, whatever the server is set to: an acknowledged fact survives.
	strict = `set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply'
ELSE 'on' END, true)`
)

// prepare brings the database up to date, and finds out how transactions begin on this server.
func (b *DB) prepare(ctx context.Context) error {
	known := "pg_current_xact_id()::text || ' ' || " + showTimeline
	var timeline string
	err := b.work.QueryRowContext(ctx, `SELECT `+showTimeline).Scan(&timeline)
	if _, said := errors.AsType[*pgconn.PgError](err); said && troubleOf(err) == none {
		known = "''" // a service that does not show its log: what became of a commit is not asked there
	} else if err != nil {
		return err
	}
	b.begin = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT " + limits + ", " + strict + ", " + known
	return b.migrate(ctx)
}

// migrationLock keeps two nodes from bringing the database up to date at once; it is a number that nobody else takes.
const migrationLock = 0x70617463 // "patc"

func (b *DB) migrate(ctx context.Context) error {
	held, err := b.apart.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = held.Rollback() }()
	const unlimited = `SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
set_config('idle_in_transaction_session_timeout', '0', true)`
	if _, err := held.ExecContext(ctx, unlimited); err != nil {
		return err
	}
	if _, err := held.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, migrationLock); err != nil {
		return err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, b.work, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// Name is where the database is, without its password.
func (b *DB) Name() string { return b.name }

// Writable is database.DB's.
func (b *DB) Writable() bool { return !b.full.Load() }

// Size is database.DB's.
func (b *DB) Size(ctx context.Context) (n int64, err error) {
	err = b.apart.QueryRowContext(ctx, `SELECT pg_database_size(current_database())`).Scan(&n)
	return n, explain(err)
}

// Examine finds nothing: the server looks after its own disk. Bodies have their checksums all the same.
func (b *DB) Examine(context.Context, func(place string)) error { return nil }

// Erase leaves it to the server to overwrite what was deleted, as its vacuum does.
func (b *DB) Erase(context.Context) error { return nil }

// Close ends all use; what was begun is done first.
func (b *DB) Close() error {
	b.end.Do(func() { close(b.ended) })
	return errors.Join(b.work.Close(), b.apart.Close(), b.pulse.Close())
}
