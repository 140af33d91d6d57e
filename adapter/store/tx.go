package store

import (
	"context"
	"database/sql"
	"time"
)

// Tx is one transaction. It is used by the function that it is given to, and by nobody after that.
type Tx struct {
	ctx   context.Context
	store *Store
	line  *line
}

func (t *Tx) exec(text string, args ...any) (changed int64, err error) {
	r, err := t.result(text, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert gives the id of the new row.
func (t *Tx) insert(text string, args ...any) (id int64, err error) {
	r, err := t.result(text, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (t *Tx) result(text string, args ...any) (sql.Result, error) {
	s, err := t.line.statement(t.ctx, text)
	if err != nil {
		return nil, err
	}
	r, err := s.ExecContext(t.ctx, args...)
	return r, explain(err)
}

func (t *Tx) rows(text string, args ...any) (*sql.Rows, error) {
	s, err := t.line.statement(t.ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	return rows, explain(err)
}

// one reads a single row; ErrNone if there is none.
func (t *Tx) one(text string, args []any, into ...any) error {
	s, err := t.line.statement(t.ctx, text)
	if err != nil {
		return err
	}
	return explain(s.QueryRowContext(t.ctx, args...).Scan(into...))
}

// each reads rows one after another.
func (t *Tx) each(text string, args []any, read func(scan func(...any) error) error) error {
	rows, err := t.rows(text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := read(rows.Scan); err != nil {
			return err
		}
	}
	return explain(rows.Err())
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
