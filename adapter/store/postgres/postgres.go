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
	"fmt"
	"io/fs"
	"net/url"
	"slices"
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
	connectWithin = 2 * time.Second
	openWithin    = 30 * time.Second
	lifetime      = 30 * time.Minute // of a connection, so that addresses that moved are noticed
)

// DB is a database on a server. It is safe for concurrent use.
type DB struct {
	config *pgx.ConnConfig
	name   string
	work   *sql.DB
	apart  *sql.DB // for what must not wait for the work
	begin  string  // what begins a transaction, and asks by what it is known
	clock  clock.Clock
	marked marked
	full   atomic.Bool
	ended  chan struct{}
	end    sync.Once
}

var _ database.DB = (*DB)(nil)

// Open connects to a server by a DSN, as a URL or as key=value, and brings the database up to date. An error is for the administrator.
// Source: PostgreSQL, libpq, Connection Strings; of several hosts the one is taken that can be written to.
func Open(ctx context.Context, dsn string, clk clock.Clock) (*DB, error) {
	pool, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: this is no DSN of PostgreSQL, as postgres://user:password@host/database: %w", err)
	}
	b := &DB{config: pool.ConnConfig, clock: clk, ended: make(chan struct{})}
	c := b.config
	b.name = nameOf(c)
	if c.ConnectTimeout == 0 || c.ConnectTimeout > openWithin {
		c.ConnectTimeout = connectWithin
	}
	c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite // never a copy
	c.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe               // a pooler gives each transaction another session
	c.StatementCacheCapacity = 0
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "patchcord"
	}
	most := connections
	if strings.Contains(dsn, "pool_max_conns") {
		most = int(pool.MaxConns)
	}
	b.work, b.apart = stdlib.OpenDB(*c), stdlib.OpenDB(*c)
	b.work.SetMaxOpenConns(most)
	b.work.SetMaxIdleConns(most)
	b.apart.SetMaxOpenConns(apart)
	b.apart.SetMaxIdleConns(apart)
	for _, db := range []*sql.DB{b.work, b.apart} {
		db.SetConnMaxLifetime(lifetime)
	}
	limited, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	if err := b.prepare(limited); err != nil {
		return nil, errors.Join(refused(b.name, err), b.Close())
	}
	return b, nil
}

// nameOf is where a database is, without its password.
func nameOf(c *pgx.ConnConfig) string {
	hosts := []string{c.Host}
	for _, f := range c.Fallbacks {
		if !slices.Contains(hosts, f.Host) {
			hosts = append(hosts, f.Host)
		}
	}
	u := url.URL{Scheme: "postgres", Host: strings.Join(hosts, ","), Path: c.Database}
	return u.String()
}

// limits bound what a transaction may take, wherever it stops.
const limits = "SET LOCAL statement_timeout = '6s'; SET LOCAL lock_timeout = '3s'; SET LOCAL idle_in_transaction_session_timeout = '5s'; "

// prepare brings the database up to date, and finds out how transactions begin on this server.
func (b *DB) prepare(ctx context.Context) error {
	var commits string
	if err := b.work.QueryRowContext(ctx, `SELECT current_setting('synchronous_commit')`).Scan(&commits); err != nil {
		return err
	}
	known := "pg_current_xact_id()::text || ' ' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"
	var timeline string
	if b.work.QueryRowContext(ctx, `SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`).Scan(&timeline) != nil {
		known = "''" // a service that does not show its log: what became of a commit is not asked there
	}
	b.begin = "BEGIN; " + limits
	if slices.Contains([]string{"off", "local", "remote_write"}, commits) {
		b.begin += "SET LOCAL synchronous_commit = 'on'; " // an acknowledged fact survives
	}
	b.begin += "SELECT " + known
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
	return errors.Join(b.work.Close(), b.apart.Close())
}
