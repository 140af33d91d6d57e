package crm

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// tx is a write under way: what it does to rows and to the schema counts only once it is committed.
type tx struct {
	org     *Org
	db      querier
	schema  Schema
	changes []Change
	// references are records known to be there, while many rows that point to them are loaded; nil otherwise.
	references map[RecordID]bool
}

// Transact runs f with an actor whose writes count together or not at all. system acts without limits of rights.
func (o *Org) Transact(ctx context.Context, f func(*Actor) error) error {
	return o.inTx(ctx, func(t *tx) error {
		return f(&Actor{org: o, tx: t, system: true, user: User{ID: o.systemUser()}})
	})
}

// TransactAs is the same within a user's rights.
func (o *Org) TransactAs(ctx context.Context, user RecordID, f func(*Actor) error) error {
	a, err := o.As(ctx, user)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(t *tx) error { return f(&Actor{org: o, tx: t, user: a.user, grants: a.grants}) })
}

func (o *Org) inTx(ctx context.Context, f func(*tx) error) error {
	o.turn.Lock()
	defer o.turn.Unlock()
	db, err := o.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &tx{org: o, db: db, schema: o.Schema()}
	err = f(t)
	if err == nil {
		err = t.settled(ctx, 0)
	}
	if err != nil {
		return errors.Join(err, db.Rollback())
	}
	closed := o.rights.close(t.changes)
	err = db.Commit()
	if closed {
		o.rights.open()
	}
	if err != nil {
		return err
	}
	schema := t.schema
	o.schema.Store(&schema)
	o.tell(t.changes)
	return nil
}

// InTransaction says whether the actor's writes count together.
func (a *Actor) InTransaction() bool { return a.tx != nil }

// Try runs f within the actor's transaction; if it fails, what it wrote is undone and the transaction goes on.
func (a *Actor) Try(ctx context.Context, f func() error) error {
	t := a.tx
	if t == nil {
		return errors.New("try outside a transaction")
	}
	schema, changes := t.schema, len(t.changes)
	if _, err := t.db.ExecContext(ctx, `SAVEPOINT attempt`); err != nil {
		return err
	}
	failed := f()
	if failed == nil {
		failed = t.settled(ctx, changes)
	}
	if failed != nil {
		t.schema, t.changes = schema, t.changes[:changes]
		if _, err := t.db.ExecContext(ctx, `ROLLBACK TO attempt`); err != nil {
			return errors.Join(failed, err)
		}
	}
	_, err := t.db.ExecContext(ctx, `RELEASE attempt`)
	return errors.Join(failed, err)
}

// PutObject adds an object, or gives an existing one more fields and other attributes. Fields that the new definition lacks stay.
func (a *Actor) PutObject(ctx context.Context, o Object) error {
	return a.writing(ctx, func(t *tx) error { return t.putObject(ctx, o) })
}

func (t *tx) putObject(ctx context.Context, o Object) error {
	have, exists := t.schema.Object(o.Name)
	if exists {
		o.KeyPrefix = have.KeyPrefix
		for _, f := range have.Fields {
			if _, again := o.Field(f.Name); !again {
				o.Fields = append(o.Fields, f)
			}
		}
	} else {
		o.Fields = withSystemFields(o)
		if o.KeyPrefix == "" {
			var n int64
			if err := t.db.QueryRowContext(ctx, `UPDATE org SET prefix = prefix + 1 RETURNING prefix`).Scan(&n); err != nil {
				return err
			}
			o.KeyPrefix = "a" + string(base62[n/62%62]) + string(base62[n%62])
		}
	}
	if err := t.columns(ctx, have, o, exists); err != nil {
		return err
	}
	t.schema = t.schema.with(o)
	definition, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = t.db.ExecContext(ctx, `INSERT INTO object (name, definition) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`, strings.ToLower(o.Name), string(definition))
	return err
}

const fewColumns = 3 // are added one by one

// columns gives an object's table the columns that it lacks. An empty table is made anew: adding many columns one by one is slow.
func (t *tx) columns(ctx context.Context, have, o Object, exists bool) error {
	var added []Field
	for _, f := range o.Fields {
		if _, had := have.Field(f.Name); !had {
			added = append(added, f)
		}
	}
	if exists && len(added) > fewColumns {
		n := 0
		if err := t.db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+table(o.Name)+` LIMIT 1)`).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			if _, err := t.db.ExecContext(ctx, `DROP TABLE `+table(o.Name)); err != nil {
				return err
			}
			exists = false
		}
	}
	if !exists {
		added = o.Fields
		columns := []string{`"Id" TEXT PRIMARY KEY`}
		for _, f := range o.Fields {
			if f.Name != "Id" {
				columns = append(columns, column(f.Name)+" "+columnType(f))
			}
		}
		if _, err := t.db.ExecContext(ctx, `CREATE TABLE `+table(o.Name)+` (`+strings.Join(columns, ", ")+`) WITHOUT ROWID`); err != nil {
			return err
		}
	}
	for _, f := range added {
		if f.Name == "Id" {
			continue
		}
		if exists {
			if _, err := t.db.ExecContext(ctx, `ALTER TABLE `+table(o.Name)+` ADD COLUMN `+column(f.Name)+` `+columnType(f)); err != nil {
				return fmt.Errorf("field %s.%s: %w", o.Name, f.Name, err)
			}
		}
		if which, ok := indexed(f); ok {
			if _, err := t.db.ExecContext(ctx, `CREATE INDEX "`+o.Name+"_"+f.Name+`" ON `+table(o.Name)+` (`+column(f.Name)+`)`+which); err != nil {
				return err
			}
		}
	}
	return nil
}

// indexed says whether a field has an index, and of which rows: most records have few of the many telephone numbers that there may be.
func indexed(f Field) (which string, ok bool) {
	switch {
	case f.Type == "phone", f.Type == "email":
		return ` WHERE ` + column(f.Name) + ` IS NOT NULL`, true
	case f.Unique, f.ExternalID, f.Type == "reference", f.NameField, strings.EqualFold(f.Name, "CallObject"), strings.EqualFold(f.Name, "Username"):
		return "", true
	}
	return "", false
}

// DropObject removes a custom object with its records.
func (a *Actor) DropObject(ctx context.Context, name string) error {
	return a.writing(ctx, func(t *tx) error {
		o, ok := t.schema.Object(name)
		if !ok || !o.Custom {
			return errNoObject(name)
		}
		t.schema = t.schema.without(name)
		first, last := t.org.wordRows(o)
		for _, q := range []struct {
			text string
			args []any
		}{
			{`DROP TABLE ` + table(o.Name), nil},
			{`DELETE FROM object WHERE name = ?`, []any{strings.ToLower(o.Name)}},
			{`DELETE FROM phone WHERE object = ?`, []any{o.Name}},
			{`DELETE FROM words WHERE rowid BETWEEN ? AND ?`, []any{first, last}},
			{`DELETE FROM recent WHERE object = ?`, []any{o.Name}},
		} {
			if _, err := t.db.ExecContext(ctx, q.text, q.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// DropField removes a custom field with its values.
func (a *Actor) DropField(ctx context.Context, object, field string) error {
	return a.writing(ctx, func(t *tx) error {
		o, ok := t.schema.Object(object)
		f, has := o.Field(field)
		if !ok || !has || !f.Custom {
			return errNoColumn(field, object)
		}
		o.Fields = slices.DeleteFunc(slices.Clone(o.Fields), func(one Field) bool { return one.Name == f.Name })
		if o.ControlledBy == f.Name {
			o.ControlledBy = ""
		}
		definition, err := json.Marshal(o)
		if err != nil {
			return err
		}
		for _, q := range []struct {
			text string
			args []any
		}{
			{`DROP INDEX IF EXISTS "` + o.Name + "_" + f.Name + `"`, nil},
			{`ALTER TABLE ` + table(o.Name) + ` DROP COLUMN ` + column(f.Name), nil},
			{`UPDATE object SET definition = ? WHERE name = ?`, []any{string(definition), strings.ToLower(o.Name)}},
			{`DELETE FROM phone WHERE object = ? AND field = ?`, []any{o.Name, f.Name}},
		} {
			if _, err := t.db.ExecContext(ctx, q.text, q.args...); err != nil {
				return err
			}
		}
		t.schema = t.schema.with(o)
		return nil
	})
}

// table and column are names from checked metadata, quoted.
func table(object string) string { return `"o_` + object + `"` }

func column(field string) string { return `"` + field + `"` }

func columnType(f Field) string {
	switch f.Type {
	case "boolean", "int":
		return "INTEGER"
	case "double", "currency", "percent":
		return "REAL"
	case "id", "reference":
		return "TEXT"
	}
	return "TEXT COLLATE NOCASE"
}
