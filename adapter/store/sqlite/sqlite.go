// Package sqlite is a database in a file, written by one process: many transactions become durable by one flush.
//
// Read first: Open, DB.Do, DB.View. It knows no table but by its migrations.
package sqlite

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

	"github.com/patchcord/patchcord/adapter/store/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is a database file. It is safe for concurrent use.
type DB struct {
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
}

var _ database.DB = (*DB)(nil)

// Open opens or creates a database file, "" for one that is gone at the end, and brings it up to date. A file that is damaged, or of a
// version before the first release, is an error that names it.
func Open(ctx context.Context, file string) (*DB, error) {
	b := &DB{file: file, jobs: make(chan *job), ended: make(chan struct{}), idle: make(chan struct{})}
	durable := "FULL" // an acknowledged fact survives power loss
	if file == "" {
		folder, err := os.MkdirTemp("", "patchcord-store-")
		if err != nil {
			return nil, fmt.Errorf("open store: %w", err)
		}
		b.scratch, b.file, durable = folder, filepath.Join(folder, "adapter.db"), "OFF"
		b.grown.Store(true) // nobody waits for the disk
	}
	// As SQLite does on Linux: what is written is as durable, and the disk does not also write down when that was. Where there is no such
	// call, the other one stays.
	_, _ = sqlite.Fdatasync(true)
	if err := b.open(ctx, durable); err != nil {
		return nil, errors.Join(fmt.Errorf("open store %s: %w", b.file, explain(err)), b.release())
	}
	go b.commit()
	go b.move()
	return b, nil
}

func (b *DB) open(ctx context.Context, durable string) (err error) {
	if err := ownerOnly(b.file); err != nil {
		return err
	}
	// What is deleted is overwritten, so that a person who is forgotten is: it costs nothing that could be measured. The checkpoints are ours.
	dsn := "file:" + b.file + "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(5000)&_pragma=secure_delete(1)&_pragma=synchronous(" + durable +
		")&_pragma=wal_autocheckpoint(0)"
	if b.writer, err = sql.Open("sqlite", dsn+"&_pragma=cache_size(-"+strconv.Itoa(writerCache)+")"); err != nil {
		return err
	}
	b.writer.SetMaxOpenConns(1)
	if err := b.old(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, b.writer, 0); err != nil {
		return err
	}
	if b.readers, err = sql.Open("sqlite", dsn+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	b.readers.SetMaxOpenConns(maxReaders)
	b.lines = make(chan *line, maxReaders)
	for range maxReaders {
		b.lines <- newLine(b.readers)
	}
	return b.openCheckpoints(dsn)
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
func (b *DB) old(ctx context.Context) error {
	var n int
	err := b.writer.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'popped'`).Scan(&n)
	if err == nil && n > 0 {
		return errors.New("this file is of a version before the first release, which is not read any more: move it away and start anew")
	}
	return err
}

// migrate brings a database to a version; 0 is the latest.
func migrate(ctx context.Context, db *sql.DB, version int64) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	if version == 0 {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	return err
}

// AsOf makes a database file as it was at a version of its migrations, and does statements to it: for tests of what becomes of it.
func AsOf(ctx context.Context, file string, version int64, statements ...string) error {
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		return err
	}
	err = migrate(ctx, db, version)
	for _, text := range statements {
		if err == nil {
			_, err = db.ExecContext(ctx, text)
		}
	}
	return errors.Join(err, db.Close())
}

// Name is the file.
func (b *DB) Name() string { return b.file }

// Size counts the journal, too.
func (b *DB) Size(context.Context) (n int64, err error) {
	for _, side := range []string{"", "-wal"} {
		if info, err := os.Stat(b.file + side); err == nil {
			n += info.Size()
		}
	}
	return n, nil
}

// Examine takes as long as reading the file, and stops nobody.
func (b *DB) Examine(ctx context.Context, found func(place string)) error {
	err := b.Read(ctx, func(ctx context.Context, l database.Line) error {
		rows, err := l.Query(ctx, `PRAGMA quick_check(100)`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var said string
			if err := rows.Scan(&said); err != nil {
				return err
			}
			if said != "ok" {
				found(said)
			}
		}
		return rows.Err()
	})
	if err = explain(err); errors.Is(err, database.ErrDamaged) {
		found(err.Error()) // it is what was looked for
		return nil
	}
	return err
}

// Close ends all use; what was begun is done first.
func (b *DB) Close() error {
	b.end.Do(func() { close(b.ended) })
	<-b.idle
	<-b.checkpoints.ended
	return b.release()
}

func (b *DB) release() error {
	var errs []error
	for range cap(b.lines) { // until nobody reads any more
		l := <-b.lines
		l.hangUp()
		defer func() { b.lines <- l }()
	}
	for _, db := range []*sql.DB{b.checkpoints.db, b.readers, b.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if b.scratch != "" {
		errs = append(errs, os.RemoveAll(b.scratch))
	}
	return errors.Join(errs...)
}
