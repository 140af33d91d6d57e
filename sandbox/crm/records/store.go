// Package records is the sandbox CRM's records on SQLite: written, queried, searched, deployed, by one user's rights in one transaction.
//
// Read first: Store, Access, Tx. It knows no log-in and no protocol; who may do what is asked of rights.
package records

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"math/big"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Config says where an org's records are kept.
type Config struct {
	File   string // of the database
	Tables string // SQL that makes what the rooms above keep besides, if it is not there
	Origin string // where people reach the org, such as http://localhost:8080
	Clock  clock.Clock
	// Committing hears of changes that are about to count, and gives what is to be called once they do, or do not.
	Committing func([]Change) (over func())
}

// Store is one org's records and metadata. It is safe for concurrent use.
type Store struct {
	cfg    Config
	read   *reader
	write  *sql.DB
	turn   sync.Mutex // one writer at a time
	schema atomic.Pointer[schema.Schema]
	pod    string // two characters of every id
	id     schema.RecordID
	next   atomic.Int64

	mu       sync.Mutex // guards watchers and cursors
	watchers map[int]func(Change)
	watched  int
	cursors  map[string]cursor
}

// Change tells that a record was written.
type Change struct {
	Object string
	ID     schema.RecordID
}

const tables = `
CREATE TABLE IF NOT EXISTS org (id TEXT PRIMARY KEY, next INTEGER NOT NULL, prefix INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS object (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS component (type TEXT NOT NULL, name TEXT NOT NULL, files TEXT NOT NULL, modified TEXT NOT NULL,
  PRIMARY KEY (type, name));
CREATE TABLE IF NOT EXISTS component_note (type TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL, created TEXT NOT NULL,
  creator TEXT NOT NULL, changer TEXT NOT NULL, PRIMARY KEY (type, name));
CREATE TABLE IF NOT EXISTS phone (rev TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL,
  PRIMARY KEY (rev, object, id, field)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS phone_id ON phone (id);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (name, body, content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
CREATE TABLE IF NOT EXISTS load (object TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recent (user TEXT NOT NULL, id TEXT NOT NULL, object TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (user, id));
`

// Open opens a database, or makes it. fresh says that it holds no org yet: the caller makes one in a transaction that begins with Found.
func Open(ctx context.Context, cfg Config) (s *Store, fresh bool, err error) {
	s = &Store{cfg: cfg, pod: "Pc", watchers: map[int]func(Change){}, cursors: map[string]cursor{}}
	s.schema.Store(&schema.Schema{})
	if cfg.Committing == nil {
		s.cfg.Committing = func([]Change) func() { return func() {} }
	}
	const pragmas = "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)&_pragma=cache_size(-65536)"
	file := "file:" + cfg.File + pragmas
	if s.write, err = sql.Open("sqlite", file+"&_txlock=immediate"); err != nil {
		return nil, false, err
	}
	s.write.SetMaxOpenConns(1)
	if s.read, err = newReader(file); err != nil {
		return nil, false, errors.Join(err, s.write.Close())
	}
	if _, err = s.write.ExecContext(ctx, tables+cfg.Tables); err == nil {
		fresh, err = s.load(ctx)
	}
	if err != nil {
		return nil, false, errors.Join(err, s.Close())
	}
	return s, fresh, nil
}

// load reads the org's id and metadata; fresh if there is no org.
func (s *Store) load(ctx context.Context) (fresh bool, err error) {
	var next int64
	err = s.write.QueryRowContext(ctx, `SELECT id, next FROM org`).Scan(&s.id, &next)
	if errors.Is(err, sql.ErrNoRows) {
		n, err := rand.Int(rand.Reader, big.NewInt(1<<40))
		if err != nil {
			return false, err
		}
		s.id = schema.NewID("00D", s.pod, n.Int64()) // a new org has a new id, so that clients' old log-ins do not fit it
		s.next.Store(firstID)
		return true, nil
	}
	if err != nil {
		return false, err
	}
	s.next.Store(next + idBlock)
	rows, err := s.write.QueryContext(ctx, `SELECT definition FROM object`)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	all := schema.Schema{}
	for rows.Next() {
		var definition string
		if err := rows.Scan(&definition); err != nil {
			return false, err
		}
		var object schema.Object
		if err := json.Unmarshal([]byte(definition), &object); err != nil {
			return false, err
		}
		all = all.With(object)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return false, err
	}
	s.schema.Store(&all)
	_, err = s.write.ExecContext(ctx, `UPDATE org SET next = ?`, s.next.Load())
	return false, err
}

const (
	firstID = 100     // a new org's, beyond those that are given by name
	idBlock = 100_000 // how far ids jump when an org is opened again, so that none is given twice after a crash
)

// Close ends all use.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// ID is the organisation's id.
func (s *Store) ID() schema.RecordID { return s.id }

// Origin is where people reach the org: its Lightning pages and its APIs.
func (s *Store) Origin() string { return s.cfg.Origin }

// Now is the org's time.
func (s *Store) Now() time.Time { return s.cfg.Clock.Now() }

// Schema is the metadata as it stands.
func (s *Store) Schema() schema.Schema { return *s.schema.Load() }

// DB is the database for reading.
func (s *Store) DB() Querier { return s.read }

// NewID is an id that no record has.
func (s *Store) NewID(prefix string) schema.RecordID {
	return schema.NewID(prefix, s.pod, s.next.Add(1))
}

// SystemUser is who does what nobody asked for.
func (s *Store) SystemUser() schema.RecordID { return schema.NewID("005", s.pod, 1) }

// Watch hears of every committed write until stop is called. f must not block.
func (s *Store) Watch(f func(Change)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watched++
	key := s.watched
	s.watchers[key] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, key)
	}
}

func (s *Store) tell(changes []Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.watchers {
		for _, c := range changes {
			f(c)
		}
	}
}
