package store

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// Tx is one transaction. It is used by the function that it is given to, and by nobody after that.
type Tx struct {
	ctx   context.Context
	store *Store
	line  database.Line

	user    string // for whom it is, where others may work on the store, too; "" for nobody
	holding Holding
	told    bool // whoever holds the user's work was told that runs were added
}

func (t *Tx) exec(text string, args ...any) (changed int64, err error) {
	return t.line.Exec(t.ctx, text, args...)
}

// one reads a single row; ErrNone if there is none.
func (t *Tx) one(text string, args []any, into ...any) error {
	err := ErrNone
	failed := t.each(text, args, func(scan func(...any) error) error {
		err = scan(into...)
		return errFound
	})
	if failed != nil && failed != errFound { //nolint:errorlint // it is ours, and never wrapped
		return failed
	}
	return err
}

// each reads rows one after another.
func (t *Tx) each(text string, args []any, read func(scan func(...any) error) error) error {
	rows, err := t.line.Query(t.ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return t.line.Explain(rows.Err())
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}
