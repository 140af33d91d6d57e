// Package store is all SQL of the adapter: sessions, facts, the state that follows from them, and runs.
//
// Read first: Open, Store.Do, Store.View, Tx. It knows nothing of HTTP, sockets or the CRM, and no other room knows SQL: all they see
// are transactions.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // also the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// What a caller may ask of an error.
var (
	// ErrNone means that there is no such row.
	ErrNone = errors.New("not in the store")
	// ErrStale means that somebody else has taken the run meanwhile.
	ErrStale = errors.New("the run was taken over")
	// ErrFull means that the data folder takes nothing, mostly for want of room: what was asked was not done, and may be asked again.
	ErrFull = errors.New("the data folder cannot be written to")
	// ErrEnded means that the store is closed.
	ErrEnded = errors.New("the store is closed")
)

// Store is the adapter's database. It is safe for concurrent use.
type Store struct {
	file    string
	scratch string // folder to remove at the end; "" for none
	writer  *sql.DB
	readers *sql.DB
	lines   chan *line // connections of the readers that nobody uses
	jobs    chan *job
	ended   chan struct{} // closed when nothing more is taken
	idle    chan struct{} // closed when the committer has ended
	end     sync.Once
	full    atomic.Bool
	long    atomic.Bool // the log is so long that it has to be emptied
	grown   atomic.Bool // the log's file is as long as it should be, or as it can be

	checkpoints checkpoints

	mu     sync.Mutex // guards damage
	damage []string
}

// Open opens or creates the database file, "" for one that is gone at the end, and brings it up to date. A file that is damaged, or of a
// version before the first release, is an error that names it.
func Open(ctx context.Context, file string) (*Store, error) {
	s := &Store{file: file, jobs: make(chan *job), ended: make(chan struct{}), idle: make(chan struct{})}
	durable := "FULL" // an acknowledged fact survives power loss
	if file == "" {
		folder, err := os.MkdirTemp("", "patchcord-store-")
		if err != nil {
			return nil, fmt.Errorf("open store: %w", err)
		}
		s.scratch, s.file, durable = folder, filepath.Join(folder, "adapter.db"), "OFF"
		s.grown.Store(true) // nobody waits for the disk
	}
	// As SQLite does on Linux: what is written is as durable, and the disk does not also write down when that was. Where there is no such
	// call, the other one stays.
	_, _ = sqlite.Fdatasync(true)
	if err := s.open(ctx, durable); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", s.file, explain(err)), s.release())
	}
	go s.commit()
	go s.move()
	return s, nil
}

func (s *Store) open(ctx context.Context, durable string) (err error) {
	if err := ownerOnly(s.file); err != nil {
		return err
	}
	// What is deleted is overwritten, so that a person who is forgotten is: it costs nothing that could be measured. The checkpoints are ours.
	dsn := "file:" + s.file + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=secure_delete(1)&_pragma=synchronous(" + durable +
		")&_pragma=wal_autocheckpoint(0)"
	if s.writer, err = sql.Open("sqlite", dsn+"&_pragma=cache_size(-"+strconv.Itoa(writerCache)+")"); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := s.old(ctx); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.readers, err = sql.Open("sqlite", dsn+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	s.readers.SetMaxOpenConns(maxReaders)
	s.lines = make(chan *line, maxReaders)
	for range maxReaders {
		s.lines <- newLine(s.readers)
	}
	return s.openCheckpoints(dsn)
}

const (
	maxReaders = 4
	// writerCache is how much of the file the one who writes keeps in memory, in kB: the pages at which rows come in, again and again.
	writerCache = 32_000
)

// ownerOnly makes the database file readable by its owner only, there or not; its side files take after it.
func ownerOnly(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Close())
}

// old refuses a database from before the first release.
func (s *Store) old(ctx context.Context) error {
	var n int
	err := s.writer.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'popped'`).Scan(&n)
	if err == nil && n > 0 {
		return errors.New("this file is of a version before the first release, which is not read any more: move it away and start anew")
	}
	return err
}

func (s *Store) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.writer, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// Close ends all use; what was begun is done first.
func (s *Store) Close() error {
	s.end.Do(func() { close(s.ended) })
	<-s.idle
	<-s.checkpoints.ended
	return s.release()
}

func (s *Store) release() error {
	var errs []error
	for range cap(s.lines) { // until nobody reads any more
		l := <-s.lines
		l.hangUp()
		defer func() { s.lines <- l }()
	}
	for _, db := range []*sql.DB{s.checkpoints.db, s.readers, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.scratch != "" {
		errs = append(errs, os.RemoveAll(s.scratch))
	}
	return errors.Join(errs...)
}
