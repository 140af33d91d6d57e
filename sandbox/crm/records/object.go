package records

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// PutObject adds an object, or gives an existing one more fields and other attributes. Fields that the new definition lacks stay.
func (a *Access) PutObject(ctx context.Context, o schema.Object) error {
	return a.Writing(ctx, func(t *Tx) error { return t.putObject(ctx, o) })
}

func (t *Tx) putObject(ctx context.Context, o schema.Object) error {
	have, exists := t.schema.Object(o.Name)
	if exists {
		o.KeyPrefix = have.KeyPrefix
		for _, f := range have.Fields {
			if _, again := o.Field(f.Name); !again {
				o.Fields = append(o.Fields, f)
			}
		}
	} else {
		o.Fields = schema.WithSystemFields(o)
		if o.KeyPrefix == "" {
			var n int64
			if err := t.DB.QueryRowContext(ctx, `UPDATE org SET prefix = prefix + 1 RETURNING prefix`).Scan(&n); err != nil {
				return err
			}
			o.KeyPrefix = "a" + string(schema.Base62[n/62%62]) + string(schema.Base62[n%62])
		}
	}
	if err := t.columns(ctx, have, o, exists); err != nil {
		return err
	}
	t.schema = t.schema.With(o)
	definition, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = t.DB.ExecContext(ctx, `INSERT INTO object (name, definition) VALUES (?, `+
		`?) ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`, strings.ToLower(o.Name), string(definition))
	return err
}

const fewColumns = 3 // are added one by one

// columns gives an object's table the columns that it lacks. An empty table is made anew: adding many columns one by one is slow.
func (t *Tx) columns(ctx context.Context, have, o schema.Object, exists bool) error {
	var added []schema.Field
	for _, f := range o.Fields {
		if _, had := have.Field(f.Name); !had {
			added = append(added, f)
		}
	}
	if exists && len(added) > fewColumns {
		n := 0
		if err := t.DB.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+schema.Table(o.Name)+` LIMIT 1)`).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			if _, err := t.DB.ExecContext(ctx, `DROP TABLE `+schema.Table(o.Name)); err != nil {
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
				columns = append(columns, schema.Column(f.Name)+" "+columnType(f))
			}
		}
		if _, err := t.DB.ExecContext(ctx, `CREATE TABLE `+schema.Table(o.Name)+` (`+strings.Join(columns, ", ")+`) WITHOUT ROWID`); err != nil {
			return err
		}
	}
	for _, f := range added {
		if f.Name == "Id" {
			continue
		}
		if exists {
			if _, err := t.DB.ExecContext(ctx, `ALTER TABLE `+schema.Table(o.Name)+` ADD COLUMN `+schema.Column(f.Name)+` `+
				columnType(f)); err != nil {
				return fmt.Errorf("field %s.%s: %w", o.Name, f.Name, err)
			}
		}
		if which, ok := indexed(o, f); ok {
			if _, err := t.DB.ExecContext(ctx, `CREATE INDEX "`+o.Name+"_"+f.Name+`" ON `+schema.Table(o.Name)+` (`+
				schema.Column(f.Name)+`)`+which); err != nil {
				return err
			}
		}
	}
	return nil
}

// indexed says whether a field has an index, as the platform gives it: SOQL with another field looks at every record. Of which rows: many
// people have no address. Telephone numbers are found by their digits, which is for search only.
// Source: Salesforce Help, Working with Very Large SOQL Queries: id, name, owner, lookups, external ids, email of contacts and leads.
func indexed(o schema.Object, f schema.Field) (which string, ok bool) {
	switch {
	case f.Type == "email":
		return ` WHERE ` + schema.Column(f.Name) + ` IS NOT NULL`, f.Name == "Email" && (o.Name == "Contact" || o.Name == "Lead")
	case f.Unique, f.ExternalID, f.Type == "reference", f.NameField, strings.EqualFold(f.Name, "Username"):
		return "", true
	}
	return "", false
}

// DropObject removes a custom object with its records.
func (a *Access) DropObject(ctx context.Context, name string) error {
	return a.Writing(ctx, func(t *Tx) error {
		o, ok := t.schema.Object(name)
		if !ok || !o.Custom {
			return schema.NoObject(name)
		}
		t.schema = t.schema.Without(name)
		first, last := t.Store.wordRows(o)
		for _, q := range []struct {
			text string
			args []any
		}{
			{`DROP TABLE ` + schema.Table(o.Name), nil},
			{`DELETE FROM object WHERE name = ?`, []any{strings.ToLower(o.Name)}},
			{`DELETE FROM phone WHERE object = ?`, []any{o.Name}},
			{`DELETE FROM words WHERE rowid BETWEEN ? AND ?`, []any{first, last}},
			{`DELETE FROM recent WHERE object = ?`, []any{o.Name}},
		} {
			if _, err := t.DB.ExecContext(ctx, q.text, q.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// DropField removes a custom field with its values.
func (a *Access) DropField(ctx context.Context, object, field string) error {
	return a.Writing(ctx, func(t *Tx) error {
		o, ok := t.schema.Object(object)
		f, has := o.Field(field)
		if !ok || !has || !f.Custom {
			return schema.NoColumn(field, object)
		}
		o.Fields = slices.DeleteFunc(slices.Clone(o.Fields), func(one schema.Field) bool { return one.Name == f.Name })
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
			{`ALTER TABLE ` + schema.Table(o.Name) + ` DROP COLUMN ` + schema.Column(f.Name), nil},
			{`UPDATE object SET definition = ? WHERE name = ?`, []any{string(definition), strings.ToLower(o.Name)}},
			{`DELETE FROM phone WHERE object = ? AND field = ?`, []any{o.Name, f.Name}},
		} {
			if _, err := t.DB.ExecContext(ctx, q.text, q.args...); err != nil {
				return err
			}
		}
		t.schema = t.schema.With(o)
		return nil
	})
}

func columnType(f schema.Field) string {
	switch f.Type {
	case "boolean", "int":
		return "INTEGER"
	case "double", "currency", "percent":
		return "REAL"
	case "id", "reference":
		return "TEXT"
	}
	if f.CaseSensitive {
		return "TEXT"
	}
	return "TEXT COLLATE NOCASE"
}
