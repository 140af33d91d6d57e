// Package store is all SQL of the adapter: sessions, what was done already, runs of flows, records that popped.
//
// Read first: Open, Store, Session. It knows nothing of HTTP, sockets or the CRM.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/patchcord/patchcord/internal/clock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNone means that there is no such row.
var ErrNone = errors.New("not in the store")

// Store is the adapter's database. It is safe for concurrent use.
type Store struct {
	db    *sql.DB
	clock clock.Clock

	putRun, done, markDone *sql.Stmt // what every event needs, prepared once
}

// Open opens or creates the database file, "" for one in memory, and brings it up to date.
func Open(ctx context.Context, file string, clk clock.Clock) (*Store, error) {
	dsn := "file:" + file + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=synchronous(NORMAL)"
	if file == "" {
		dsn = "file::memory:?_pragma=busy_timeout(5000)"
	}
	if err := ownerOnly(file); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db.SetMaxOpenConns(1) // one writer, and one database when it is in memory
	s := &Store{db: db, clock: clk}
	err = s.migrate(ctx)
	if err == nil {
		err = s.prepare(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// ownerOnly makes the database file readable by its owner only, there or not; its side files take after it.
func ownerOnly(file string) error {
	if file == "" {
		return nil
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

func (s *Store) prepare(ctx context.Context) (err error) {
	for text, into := range map[string]**sql.Stmt{putRun: &s.putRun, done: &s.done, markDone: &s.markDone} {
		if *into, err = s.db.PrepareContext(ctx, text); err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
	}
	return nil
}

func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.db, files)
	if err != nil {
		return fmt.Errorf("migrate store: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate store: %w", err)
	}
	return nil
}

// Close ends all use.
func (s *Store) Close() error { return s.db.Close() }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// Session is an agent who signed in.
type Session struct {
	TokenHash string // of what the page holds
	UserID    string // CRM user, 18 characters
	Username  string
	Name      string
	Instance  string // origin of the CRM
	Refresh   []byte // sealed refresh token
	Expires   time.Time
}

const putSession = `INSERT INTO session (token_hash, user_id, username, name, instance, refresh, expires) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (token_hash) DO UPDATE SET refresh = excluded.refresh, expires = excluded.expires`

const (
	lengthenSession = `UPDATE session SET expires = ? WHERE token_hash = ?`
	replaceRefresh  = `UPDATE session SET refresh = ? WHERE token_hash = ?`
)

// LengthenSession moves a session's end; one that is gone stays gone.
func (s *Store) LengthenSession(ctx context.Context, tokenHash string, expires time.Time) error {
	_, err := s.db.ExecContext(ctx, lengthenSession, expires.Unix(), tokenHash)
	return wrap("lengthen session", err)
}

// ReplaceRefresh keeps the sealed refresh token that took the place of a session's old one.
func (s *Store) ReplaceRefresh(ctx context.Context, tokenHash string, refresh []byte) error {
	_, err := s.db.ExecContext(ctx, replaceRefresh, refresh, tokenHash)
	return wrap("replace refresh token", err)
}

// PutSession adds a session, or renews all of it.
func (s *Store) PutSession(ctx context.Context, v Session) error {
	_, err := s.db.ExecContext(ctx, putSession, v.TokenHash, v.UserID, v.Username, v.Name, v.Instance, v.Refresh, v.Expires.Unix())
	return wrap("put session", err)
}

const getSession = `SELECT token_hash, user_id, username, name, instance, refresh, ` +
	`expires FROM session WHERE token_hash = ? AND expires > ?`

// Session finds a session that has not expired; ErrNone if there is none.
func (s *Store) Session(ctx context.Context, tokenHash string) (Session, error) {
	return s.session(s.db.QueryRowContext(ctx, getSession, tokenHash, s.clock.Now().Unix()))
}

const sessionOf = `SELECT token_hash, user_id, username, name, instance, refresh, expires FROM session WHERE user_id = ? AND expires > ?
ORDER BY expires DESC LIMIT 1`

// SessionOf finds a user's latest session; ErrNone if the user is signed out.
func (s *Store) SessionOf(ctx context.Context, userID string) (Session, error) {
	return s.session(s.db.QueryRowContext(ctx, sessionOf, userID, s.clock.Now().Unix()))
}

func (s *Store) session(row *sql.Row) (Session, error) {
	var v Session
	var expires int64
	err := row.Scan(&v.TokenHash, &v.UserID, &v.Username, &v.Name, &v.Instance, &v.Refresh, &expires)
	v.Expires = time.Unix(expires, 0)
	return v, wrap("session", err)
}

// DropSession ends a session; dropping it again changes nothing.
func (s *Store) DropSession(ctx context.Context, tokenHash string) error {
	_, err := s.db.ExecContext(ctx, `DELETE FROM session WHERE token_hash = ?`, tokenHash)
	return wrap("drop session", err)
}

const (
	done     = `SELECT count(*) FROM done WHERE key = ?`
	markDone = `INSERT INTO done (key, at) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

// Done says whether a key was marked.
func (s *Store) Done(ctx context.Context, key string) (bool, error) {
	var n int
	err := s.done.QueryRowContext(ctx, key).Scan(&n)
	return n > 0, wrap("done", err)
}

// MarkDone marks a key; marking it again changes nothing.
func (s *Store) MarkDone(ctx context.Context, key string) error {
	_, err := s.markDone.ExecContext(ctx, key, s.clock.Now().Unix())
	return wrap("mark done", err)
}

const putPopped = `INSERT INTO popped (contact, record, at) VALUES (?, ?, ` +
	`?) ON CONFLICT (contact) DO UPDATE SET record = excluded.record, at = excluded.at`

// PutPopped notes the record that popped for a contact; the last one counts.
func (s *Store) PutPopped(ctx context.Context, contact, record string) error {
	_, err := s.db.ExecContext(ctx, putPopped, contact, record, s.clock.Now().Unix())
	return wrap("put popped", err)
}

// Popped is the record that popped for a contact; ErrNone if none did.
func (s *Store) Popped(ctx context.Context, contact string) (string, error) {
	var record string
	err := s.db.QueryRowContext(ctx, `SELECT record FROM popped WHERE contact = ?`, contact).Scan(&record)
	return record, wrap("popped", err)
}

// Sweep forgets what is too old to matter: expired sessions at once, all else after keep.
func (s *Store) Sweep(ctx context.Context, keep time.Duration) error {
	now := s.clock.Now()
	old := now.Add(-keep)
	for _, q := range []struct {
		text string
		than int64
	}{
		{`DELETE FROM session WHERE expires < ?`, now.Unix()},
		{`DELETE FROM done WHERE at < ?`, old.Unix()},
		{`DELETE FROM popped WHERE at < ?`, old.Unix()},
		{`DELETE FROM run WHERE started < ?`, old.UnixMilli()},
	} {
		if _, err := s.db.ExecContext(ctx, q.text, q.than); err != nil {
			return wrap("sweep", err)
		}
	}
	return nil
}

func wrap(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return ErrNone
	}
	return fmt.Errorf("%s: %w", doing, err)
}
