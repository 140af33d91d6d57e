package sqlite

import (
	"context"
	"database/sql"

	"github.com/patchcord/patchcord/adapter/store/database"
)

// line is one connection of a database, with what was asked on it before: to read a text of SQL takes longer than to find a row. One
// transaction at a time has it.
type line struct {
	db       *sql.DB
	conn     *sql.Conn // nil until it is needed
	prepared map[string]*sql.Stmt
}

// maxPrepared is how many texts are kept ready: more than there are, unless filters of lists are put together in very many ways.
const maxPrepared = 200

var _ database.Line = (*line)(nil)

// Exec is database.Line's.
func (l *line) Exec(ctx context.Context, text string, args ...any) (changed int64, err error) {
	s, err := l.statement(ctx, text)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, explain(err)
	}
	return r.RowsAffected()
}

// Query is database.Line's.
func (l *line) Query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := l.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	return rows, explain(err)
}

// Explain is database.Line's.
func (l *line) Explain(err error) error { return explain(err) }

func newLine(db *sql.DB) *line { return &line{db: db, prepared: map[string]*sql.Stmt{}} }

func (l *line) exec(ctx context.Context, text string) error {
	s, err := l.statement(ctx, text)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx)
	return explain(err)
}

// statement is prepared once.
func (l *line) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if s, ok := l.prepared[text]; ok {
		return s, nil
	}
	if l.conn == nil {
		conn, err := l.db.Conn(ctx)
		if err != nil {
			return nil, explain(err)
		}
		l.conn = conn
	}
	s, err := l.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, explain(err)
	}
	l.prepared[text] = s
	return s, nil
}

// hangUp lets go of the connection; it is made anew when it is needed.
func (l *line) hangUp() {
	for _, s := range l.prepared {
		_ = s.Close()
	}
	clear(l.prepared)
	if l.conn != nil {
		_ = l.conn.Close()
		l.conn = nil
	}
}

// View is database.DB's.
func (b *DB) View(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.reading(ctx, func(l *line) error {
		defer func() { // also after a BEGIN that failed: one whose asker gave up meanwhile may have begun all the same
			if l.exec(context.WithoutCancel(ctx), "ROLLBACK") != nil {
				l.hangUp()
			}
		}()
		if err := l.exec(ctx, "BEGIN"); err != nil {
			return err
		}
		return do(ctx, l)
	})
}

// Read is database.DB's.
func (b *DB) Read(ctx context.Context, do func(context.Context, database.Line) error) error {
	return b.reading(ctx, func(l *line) error { return do(ctx, l) })
}

// reading has a connection that only reads.
func (b *DB) reading(ctx context.Context, do func(*line) error) error {
	select {
	case l := <-b.lines:
		defer func() { b.lines <- l }()
		if len(l.prepared) > maxPrepared {
			l.hangUp()
		}
		return do(l)
	case <-b.ended:
		return database.ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}
