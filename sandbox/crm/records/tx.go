package records

import (
	"context"
	"database/sql"
	"errors"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Querier is a database or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Tx is a write under way: what it does to rows and to the schema counts only once it is committed.
type Tx struct {
	Store   *Store
	DB      Querier
	schema  schema.Schema
	changes []Change
	// references are records known to be there, while many rows that point to them are written; nil otherwise.
	references map[schema.RecordID]bool
}

// Write runs f in a transaction: all that it writes counts together, or, if it fails, not at all.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	db, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &Tx{Store: s, DB: db, schema: s.Schema()}
	err = f(t)
	if err == nil {
		err = t.settled(ctx, 0)
	}
	if err != nil {
		return errors.Join(err, db.Rollback())
	}
	over := s.cfg.Committing(t.changes)
	err = db.Commit()
	over()
	if err != nil {
		return err
	}
	now := t.schema
	s.schema.Store(&now)
	s.tell(t.changes)
	return nil
}

// As is access with these rights, in the transaction.
func (t *Tx) As(r rights.Rights) *Access { return &Access{Rights: r, Store: t.Store, tx: t} }

// Schema is the metadata as the transaction has it.
func (t *Tx) Schema() schema.Schema { return t.schema }

// Changed notes that a record, or metadata without one, was written: watchers hear of it once it counts.
func (t *Tx) Changed(c Change) { t.changes = append(t.changes, c) }

// RememberReferences keeps which records are known to be there until forget is called: for many rows that point to the same ones.
func (t *Tx) RememberReferences() (forget func()) {
	t.references = map[schema.RecordID]bool{}
	return func() { t.references = nil }
}

// Found makes the org in an empty database: its id and its objects, no record.
func (t *Tx) Found(ctx context.Context, objects []schema.Object) error {
	if _, err := t.DB.ExecContext(ctx, `INSERT INTO org (id, next, prefix) VALUES (?, ?, 0)`, string(t.Store.id),
		t.Store.next.Load()); err != nil {
		return err
	}
	for _, o := range objects {
		if err := t.putObject(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// InTransaction says whether the user's writes count together.
func (a *Access) InTransaction() bool { return a.tx != nil }

// Try runs f within the user's transaction; if it fails, what it wrote is undone and the transaction goes on.
func (a *Access) Try(ctx context.Context, f func() error) error {
	t := a.tx
	if t == nil {
		return errors.New("try outside a transaction")
	}
	schema, changes := t.schema, len(t.changes)
	if _, err := t.DB.ExecContext(ctx, `SAVEPOINT attempt`); err != nil {
		return err
	}
	failed := f()
	if failed == nil {
		failed = t.settled(ctx, changes)
	}
	if failed != nil {
		t.schema, t.changes = schema, t.changes[:changes]
		if _, err := t.DB.ExecContext(ctx, `ROLLBACK TO attempt`); err != nil {
			return errors.Join(failed, err)
		}
	}
	_, err := t.DB.ExecContext(ctx, `RELEASE attempt`)
	return errors.Join(failed, err)
}
