package records

import (
	"context"
	"database/sql"
	"sync"
)

// readers is how many queries run at once.
const readers = 4

// maxStatements are kept; a query's text holds no values, so there are not many.
const maxStatements = 256

// reader is the database for reading. Statements that were seen before are not parsed and planned again: that takes longer than a look-up.
type reader struct {
	db *sql.DB

	mu         sync.Mutex // guards statements
	statements map[string]*statement
}

// statement is a prepared query and how many are about to ask it.
type statement struct {
	*sql.Stmt
	uses int
}

func newReader(file string) (*reader, error) {
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers) // a connection that is closed takes its cache of pages with it
	return &reader{db: db, statements: map[string]*statement{}}, nil
}

// Close ends all reading.
func (r *reader) Close() error { return r.db.Close() }

// QueryContext reads rows.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := r.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer r.leave(s)
	return s.QueryContext(ctx, args...)
}

// QueryRowContext reads one row.
func (r *reader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := r.take(ctx, query)
	if err != nil {
		return r.db.QueryRowContext(ctx, query, args...) // tells the same error by its row
	}
	defer r.leave(s)
	return s.QueryRowContext(ctx, args...)
}

// ExecContext is there because a transaction has it; readers do not write.
func (r *reader) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return r.db.ExecContext(ctx, query, args...)
}

// take finds a statement or prepares it; leave gives it back.
func (r *reader) take(ctx context.Context, query string) (*statement, error) {
	if s := r.known(query); s != nil {
		return s, nil
	}
	prepared, err := r.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s, spare := r.keep(query, &statement{prepared, 1})
	if spare != nil {
		err = spare.Close()
	}
	return s, err
}

func (r *reader) known(query string) *statement {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.statements[query]
	if s != nil {
		s.uses++
	}
	return s
}

// keep adds a statement, unless somebody was faster. spare is one to close: the second of the same, or one that made room.
func (r *reader) keep(query string, s *statement) (kept, spare *statement) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first := r.statements[query]; first != nil {
		first.uses++
		return first, s
	}
	if len(r.statements) >= maxStatements {
		for text, other := range r.statements {
			if other.uses == 0 {
				delete(r.statements, text)
				spare = other
				break
			}
		}
	}
	r.statements[query] = s
	return s, spare
}

func (r *reader) leave(s *statement) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.uses--
}
