// Package crm is the sandbox CRM's core: objects, fields, rights, records, on SQLite.
//
// Read first: Open, Org.As, Actor. Its edges speak REST, SOAP and HTML; it knows none of them, and no contact centre.
package crm

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// Config says where an org is kept and where it is reached.
type Config struct {
	Dir               string // folder for the database
	Clock             clock.Clock
	Log               *slog.Logger
	Origin            string // of the Lightning pages and the APIs, such as http://localhost:8080
	VisualforceOrigin string
	Users             []SeedUser // made when the org is new
}

// SeedUser is a user that a new org has.
type SeedUser struct {
	Username, FirstName, LastName, Alias string
	Password                             secret.String
	Administrator                        bool
}

// Org is one org. It is safe for concurrent use.
type Org struct {
	cfg    Config
	read   *reader
	write  *sql.DB
	turn   sync.Mutex // one writer at a time
	schema atomic.Pointer[Schema]
	pod    string // two characters of every id
	id     RecordID
	next   atomic.Int64
	rights rightsCache

	mu       sync.Mutex // guards watchers and cursors
	watchers map[int]func(Change)
	watched  int
	cursors  map[string]cursor
}

// Change tells that a record was written.
type Change struct {
	Object string
	ID     RecordID
}

// Open opens the org's database, or makes it with the org as delivered.
func Open(ctx context.Context, cfg Config) (*Org, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open org: %w", err)
	}
	o := &Org{cfg: cfg, pod: "Pc", watchers: map[int]func(Change){}, cursors: map[string]cursor{}}
	file := "file:" + filepath.Join(cfg.Dir, "crm.db") + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-65536)"
	var err error
	if o.write, err = sql.Open("sqlite", file+"&_txlock=immediate"); err != nil {
		return nil, fmt.Errorf("open org: %w", err)
	}
	o.write.SetMaxOpenConns(1)
	if o.read, err = newReader(file); err != nil {
		return nil, errors.Join(fmt.Errorf("open org: %w", err), o.write.Close())
	}
	if err := o.load(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open org: %w", err), o.Close())
	}
	return o, nil
}

// Close ends all use.
func (o *Org) Close() error { return errors.Join(o.read.Close(), o.write.Close()) }

// ID is the organisation's id.
func (o *Org) ID() RecordID { return o.id }

// Now is the org's time.
func (o *Org) Now() time.Time { return o.cfg.Clock.Now() }

// Origin is where the Lightning pages and the APIs are.
func (o *Org) Origin() string { return o.cfg.Origin }

// VisualforceOrigin is where Visualforce pages are.
func (o *Org) VisualforceOrigin() string { return o.cfg.VisualforceOrigin }

// Schema is the metadata as it stands.
func (o *Org) Schema() Schema { return *o.schema.Load() }

const tables = `
CREATE TABLE IF NOT EXISTS org (id TEXT PRIMARY KEY, next INTEGER NOT NULL, prefix INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS object (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS component (type TEXT NOT NULL, name TEXT NOT NULL, files TEXT NOT NULL, modified TEXT NOT NULL, PRIMARY KEY (type, name));
CREATE TABLE IF NOT EXISTS component_note (type TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, created TEXT NOT NULL, creator TEXT NOT NULL, changer TEXT NOT NULL, PRIMARY KEY (type, name));
CREATE TABLE IF NOT EXISTS phone (rev TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (rev, object, id, field)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS phone_id ON phone (id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (name, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TABLE IF NOT EXISTS load (object TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secret (user TEXT PRIMARY KEY, hash TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0, locked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, user TEXT NOT NULL, kind TEXT NOT NULL, client TEXT NOT NULL, life INTEGER NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refresh (hash TEXT PRIMARY KEY, user TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spent_refresh (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, now TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS spent_refresh_now ON spent_refresh (now);
CREATE TABLE IF NOT EXISTS recent (user TEXT NOT NULL, id TEXT NOT NULL, object TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (user, id));
CREATE TABLE IF NOT EXISTS workspace (user TEXT PRIMARY KEY, tabs TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS preference (user TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user, key)) WITHOUT ROWID;
`

func (o *Org) load(ctx context.Context) error {
	if _, err := o.write.ExecContext(ctx, tables+phoneTables+passwordTables); err != nil {
		return err
	}
	if err := o.widenRefresh(ctx); err != nil {
		return err
	}
	empty := Schema{}
	o.schema.Store(&empty)
	var next int64
	err := o.write.QueryRowContext(ctx, `SELECT id, next FROM org`).Scan(&o.id, &next)
	if errors.Is(err, sql.ErrNoRows) {
		return o.deliver(ctx)
	}
	if err != nil {
		return err
	}
	o.next.Store(next + idBlock)
	rows, err := o.write.QueryContext(ctx, `SELECT definition FROM object`)
	if err != nil {
		return err
	}
	defer rows.Close()
	schema := empty
	for rows.Next() {
		var definition string
		if err := rows.Scan(&definition); err != nil {
			return err
		}
		var object Object
		if err := json.Unmarshal([]byte(definition), &object); err != nil {
			return err
		}
		schema = schema.with(object)
	}
	o.schema.Store(&schema)
	if err := rows.Err(); err != nil {
		return err
	}
	if _, err = o.write.ExecContext(ctx, `UPDATE org SET next = ?`, o.next.Load()); err != nil {
		return err
	}
	return errors.Join(rows.Close(), o.upgrade(ctx))
}

// idBlock is how far ids jump when an org is opened again, so that none is given twice after a crash.
const idBlock = 100_000

func (o *Org) newID(prefix string) RecordID {
	return newID(prefix, o.pod, o.next.Add(1))
}

// Watch hears of every committed write until stop is called. f must not block.
func (o *Org) Watch(f func(Change)) (stop func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.watched++
	key := o.watched
	o.watchers[key] = f
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.watchers, key)
	}
}

func (o *Org) tell(changes []Change) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range o.watchers {
		for _, c := range changes {
			f(c)
		}
	}
}
