// Package database is what a database has to be able to do for the store: transactions, and errors that callers tell apart.
//
// Read first: DB, Line. It knows no table.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
)

// What a caller may ask of an error.
var (
	// ErrNone means that there is no such row.
	ErrNone = errors.New("not in the store")
	// ErrFull means that nothing can be written now: no room, or nobody there who takes it. What was asked was not done, as far as anybody
	// knows, and may be asked again.
	ErrFull = errors.New("the store cannot be written to")
	// ErrUnsure is an ErrFull of which nobody knows whether what was asked was done all the same.
	ErrUnsure = errors.New("the connection was lost, and nobody knows whether it was committed")
	// ErrEnded means that the store is closed.
	ErrEnded = errors.New("the store is closed")
	// ErrDamaged means that what was read is not what was written.
	ErrDamaged = errors.New("damaged")
)

// Line is what a transaction asks with. Texts are SQL as all bases understand it; their marks are ? and ?1.
type Line interface {
	// Exec says how many rows it changed.
	Exec(ctx context.Context, text string, args ...any) (changed int64, err error)
	// Query's rows are to be closed.
	Query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	// Explain names the errors of a row that callers tell apart.
	Explain(err error) error
}

// DB is a database. It is safe for concurrent use.
type DB interface {
	// Do runs a transaction and returns once it is durable. It may be run more than once before that, so it must do nothing else than what
	// it does to the transaction; an error of its own undoes it and comes back. ErrFull if nothing can be written.
	Do(ctx context.Context, do func(context.Context, Line) error) error
	// View runs a transaction that only reads: a state that nothing changes meanwhile.
	View(ctx context.Context, do func(context.Context, Line) error) error
	// Read has questions answered, each by itself.
	Read(ctx context.Context, do func(context.Context, Line) error) error
	// Writable says whether the latest transaction could be made durable.
	Writable() bool
	// Name is where the database is, for a person.
	Name() string
	// Size is how many bytes it takes on disk.
	Size(ctx context.Context) (int64, error)
	// Examine looks through all of it for damage, and names the places.
	Examine(ctx context.Context, found func(place string)) error
	// Erase overwrites what was deleted, as far as that is not done at once.
	Erase(ctx context.Context) error
	// Close ends all use; what was begun is done first.
	Close() error
}

// Guarded runs a transaction's part. Its panic is its own error, not the end of everybody who writes.
func Guarded(ctx context.Context, l Line, do func(context.Context, Line) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("a transaction panicked: %v\n%s", v, debug.Stack())
		}
	}()
	return do(ctx, l)
}
