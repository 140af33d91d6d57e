package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"modernc.org/sqlite"
)

const (
	// checkpointEvery is how many pages are written between two checkpoints, 24 MB of log: a page that is written again and again is moved
	// once.
	checkpointEvery = 6_000
	// longLog is how many pages the log may have before those who write wait for it to be emptied.
	longLog = 20_000
	// longEnough is how many bytes the log's file has before it is written to, growBy how many of them come at once.
	longEnough, growBy = checkpointEvery * 4 << 10, 1 << 20
)

// checkpoints move what the log has into the database file beside those who write: a commit that did it itself would wait for two more
// flushes of the disk.
type checkpoints struct {
	db    *sql.DB
	due   chan struct{} // of one place: there is something to move
	ended chan struct{} // closed when nobody moves anything any more
}

func (b *DB) openCheckpoints(dsn string) (err error) {
	b.checkpoints.due, b.checkpoints.ended = make(chan struct{}, 1), make(chan struct{})
	if b.checkpoints.db, err = sql.Open("sqlite", dsn); err == nil {
		b.checkpoints.db.SetMaxOpenConns(1)
	}
	return err
}

// move does so whenever it is due, until the store ends.
func (b *DB) move() {
	defer close(b.checkpoints.ended)
	for {
		select {
		case <-b.checkpoints.due:
			if pages, moved, err := checkpoint(b.checkpoints.db.QueryRowContext); err == nil && pages > longLog && moved < pages {
				b.long.Store(true)
			}
		case <-b.ended:
			return
		}
	}
}

// count has what was written moved from time to time. A log that grows faster than it is moved is emptied here: nothing is written
// meanwhile, so that it can begin anew.
func (w *writing) count() {
	if w.unmoved += w.written(); w.unmoved >= checkpointEvery {
		w.unmoved = 0
		select {
		case w.of.checkpoints.due <- struct{}{}:
		default: // somebody is at it
		}
	}
	if w.of.long.CompareAndSwap(true, false) && w.conn != nil {
		_, _, _ = checkpoint(w.conn.QueryRowContext) // what fails now is tried again when the log is longer
	}
}

// grow makes the log's file longer, piece by piece, until it has what is written between two checkpoints. Within a file a commit is durable
// in less than half the time: the disk has no new length to write down. Behind its last page the log may hold anything, which is not read.
// Meanwhile nobody may write to it, another program neither, as patchcord unbind: a transaction sees to that.
func (w *writing) grow() {
	if w.of.grown.Load() {
		return
	}
	ctx := context.Background()
	if w.begin(ctx) != nil {
		return
	}
	defer func() { _ = w.exec(ctx, "ROLLBACK") }() // nothing was written
	w.of.grown.Store(true)                         // unless there is more to do, and the disk has room
	log, err := os.OpenFile(w.of.file+"-wal", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer log.Close()
	info, err := log.Stat()
	if err != nil || info.Size() >= longEnough {
		return
	}
	if _, err = log.WriteAt(make([]byte, growBy), info.Size()); err == nil {
		w.of.grown.Store(false)
	}
}

// written is how many pages were written since it was asked last.
func (w *writing) written() (pages int) {
	if w.conn == nil {
		return 0
	}
	_ = w.conn.Raw(func(conn any) error { // what is not counted now is moved a little later
		if counters, ok := conn.(sqlite.DBStatus); ok {
			pages, _, _ = counters.Status(sqlite.DBStatusCacheWrite, true)
		}
		return nil
	})
	return pages
}

// checkpoint moves what no reader still needs where it is, and says how many pages the log has and how many of them were moved.
func checkpoint(query func(context.Context, string, ...any) *sql.Row) (pages, moved int, err error) {
	var busy int
	err = query(context.Background(), `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &pages, &moved)
	return pages, moved, explain(err)
}

// errRead means that somebody reads what is to be moved.
var errRead = errors.New("somebody reads the log")

// Erase moves all of the log into the database file and cuts it off, so that what was overwritten stands nowhere any more. An error if
// somebody reads for longer than it waits.
func (b *DB) Erase(ctx context.Context) error {
	var busy, pages, moved int
	if err := b.checkpoints.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return explain(err)
	}
	if busy != 0 {
		return errRead
	}
	b.grown.Store(b.scratch != "")
	return nil
}
