// Package store is all SQL of the adapter: sessions, facts, the state that follows from them, and runs.
//
// Read first: Open, Store.Do, Store.View, Tx. It knows nothing of HTTP, sockets or the CRM, and no other room knows SQL: all they see
// are transactions.
package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/store/database"
	"github.com/patchcord/patchcord/adapter/store/sqlite"
)

// What a caller may ask of an error.
var (
	// ErrNone means that there is no such row.
	ErrNone = database.ErrNone
	// ErrStale means that somebody else has taken the run meanwhile.
	ErrStale = errors.New("the run was taken over")
	// ErrFull means that the store takes nothing, mostly for want of room: what was asked was not done, and may be asked again.
	ErrFull = database.ErrFull
	// ErrUnsure is an ErrFull of which nobody knows whether what was asked was done all the same.
	ErrUnsure = database.ErrUnsure
	// ErrEnded means that the store is closed.
	ErrEnded = database.ErrEnded
	// ErrDamaged means that what was read is not what was written.
	ErrDamaged = database.ErrDamaged
)

// Store is the adapter's database. It is safe for concurrent use.
type Store struct {
	base  database.DB
	file  string // "" if it is none
	nodes *Nodes // nil for a store that nobody shares
	turns turns  // of a store that nobody shares
	// doubted hears of users for whom something may have been done of which its doer says that it was not; nil for nobody.
	doubted func(userID string)

	mu     sync.Mutex // guards damage
	damage []string
}

// Open opens or creates the database file, "" for one that is gone at the end, and brings it up to date. A file that is damaged, or of a
// version before the first release, is an error that names it.
func Open(ctx context.Context, file string) (*Store, error) {
	b, err := sqlite.Open(ctx, file)
	if err != nil {
		return nil, err
	}
	return &Store{base: b, file: b.Name()}, nil
}

// Copy writes a database file as it is at one moment into a new one, readable by its owner only, while a store works on it or not. What was
// deleted is not in the copy, and the copy is looked through. ErrFull if there is no room, ErrDamaged if what is copied is damaged.
func Copy(ctx context.Context, from, to string) error { return sqlite.Copy(ctx, from, to) }

// Do runs a transaction for a user, by the CRM's id of 18 characters, and returns once it is durable: whatever else is done for that user
// is done before it or after it. "" is nobody: then its parts must not hang on what they read. It may be run more than once before that, so
// it must do nothing else than what it does to the transaction; an error of its own undoes it and comes back. ErrFull if there is no room.
func (s *Store) Do(ctx context.Context, userID string, do func(*Tx) error) error {
	if s.nodes == nil || userID == "" {
		return s.base.Do(ctx, func(ctx context.Context, l database.Line) error { return do(&Tx{ctx: ctx, store: s, line: l}) })
	}
	err := s.nodes.base.DoAfter(ctx, held, userID, func(ctx context.Context, l database.Line, row []string) error {
		t := &Tx{ctx: ctx, store: s, line: l, user: userID}
		if err := t.holding.read(row); err != nil {
			return err
		}
		if row == nil {
			if err := lock(t, userID); err != nil {
				return err
			}
		}
		return do(t)
	})
	if errors.Is(err, ErrUnsure) && s.doubted != nil {
		s.doubted(userID)
	}
	return err
}

// OnDoubt has somebody hear of users for whom something may have been done although Do gave an error: what was told by rows may be there,
// and what would have been told beside them was not. It is called before anything is done.
func (s *Store) OnDoubt(doubted func(userID string)) { s.doubted = doubted }

// Do is Store's, and refuses with ErrStale what is in another node's hand.
func (h Held) Do(ctx context.Context, userID string, do func(*Tx) error) error {
	return h.Store.Do(ctx, userID, func(t *Tx) error {
		if !t.Mine() {
			return ErrStale
		}
		return do(t)
	})
}

// View runs a transaction that only reads: a state of the store that nothing changes meanwhile.
func (s *Store) View(ctx context.Context, do func(*Tx) error) error {
	return s.base.View(ctx, func(ctx context.Context, l database.Line) error { return do(&Tx{ctx: ctx, store: s, line: l}) })
}

// read has questions answered outside of a transaction, which would cost as much as one row.
func (s *Store) read(ctx context.Context, do func(*Tx) error) error {
	return s.base.Read(ctx, func(ctx context.Context, l database.Line) error { return do(&Tx{ctx: ctx, store: s, line: l}) })
}

// Writable says whether the latest transaction could be made durable.
func (s *Store) Writable() bool { return s.base.Writable() }

// Name is where the store is, for a person.
func (s *Store) Name() string { return s.base.Name() }

// File is the database file; "" if it is none.
func (s *Store) File() string { return s.file }

// sizeWithin is how long whoever counts bytes may take.
const sizeWithin = 2 * time.Second

// Size is how many bytes the database takes on disk, its journal included; -1 if nobody says.
func (s *Store) Size() int64 {
	ctx, cancel := context.WithTimeout(context.Background(), sizeWithin)
	defer cancel()
	n, err := s.base.Size(ctx)
	if err != nil {
		return -1
	}
	return n
}

// Erase overwrites what was deleted, so that it stands nowhere any more. An error if somebody reads for longer than it waits.
func (s *Store) Erase(ctx context.Context) error { return s.base.Erase(ctx) }

// Close ends all use; what was begun is done first.
func (s *Store) Close() error { return s.base.Close() }
