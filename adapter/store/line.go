package store

import (
	"context"
	"database/sql"
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

// View runs a transaction that only reads: a state of the store that nothing changes meanwhile.
func (s *Store) View(ctx context.Context, do func(*Tx) error) error {
	return s.reading(ctx, func(l *line) error {
		defer func() { // also after a BEGIN that failed: one whose asker gave up meanwhile may have begun all the same
			if l.exec(context.WithoutCancel(ctx), "ROLLBACK") != nil {
				l.hangUp()
			}
		}()
		if err := l.exec(ctx, "BEGIN"); err != nil {
			return err
		}
		return do(&Tx{ctx: ctx, store: s, line: l})
	})
}

// reading has a connection that only reads.
func (s *Store) reading(ctx context.Context, do func(*line) error) error {
	select {
	case l := <-s.lines:
		defer func() { s.lines <- l }()
		if len(l.prepared) > maxPrepared {
			l.hangUp()
		}
		return do(l)
	case <-s.ended:
		return ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}
