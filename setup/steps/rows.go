package steps

import (
	"context"
	"strconv"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// Row is a record that Apply made: it is deleted.
type Row struct {
	Object string `json:"object"`
	Where  string `json:"where"` // SOQL condition that finds it
}

// Kind is its name in the record.
func (Row) Kind() string { return "row" }

// Key is where it is found.
func (r Row) Key() string { return r.Object + " WHERE " + r.Where }

// Undo deletes the record.
func (r Row) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	id, err := org.Find(ctx, p.CRM, r.Object, r.Where)
	if err != nil || id == "" {
		return m.Gone(), err
	}
	return m.Remove(func(ctx context.Context) error {
		err := p.CRM.Delete(ctx, r.Object, id)
		if salesforce.IsCode(err, "ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY") {
			return nil // somebody was faster
		}
		return err
	}), nil
}

// Field is a value of a record that was there before: it is put back, if it is still ours.
type Field struct {
	Object string `json:"object"`
	Where  string `json:"where"` // SOQL condition that finds the record
	Name   string `json:"name"`
}

// Kind is its name in the record.
func (Field) Kind() string { return "field" }

// Key is where it is found.
func (f Field) Key() string { return f.Object + "." + f.Name + " WHERE " + f.Where }

// Undo gives the field the value that it had.
func (f Field) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	rows, err := org.Query[map[string]any](ctx, p.CRM, "SELECT Id, "+f.Name+" FROM "+f.Object+" WHERE "+f.Where)
	if err != nil || len(rows) == 0 {
		return m.Gone(), err
	}
	now, _ := rows[0][f.Name].(string)
	box, isBox := rows[0][f.Name].(bool)
	if isBox {
		now = strconv.FormatBool(box)
	}
	if m.After != "" && now != m.After || now == m.Before {
		return m.Kept(), nil
	}
	id, _ := rows[0]["Id"].(string)
	value := any(m.Before)
	switch {
	case isBox:
		value = m.Before == "true"
	case m.Before == "":
		value = nil
	}
	c := m.Remove(func(ctx context.Context) error {
		return p.CRM.Update(ctx, f.Object, id, salesforce.Values{f.Name: value})
	})
	c.Old, c.New = now, m.Before
	return c, nil
}

// valuesFunc are the values of a record to be made.
type valuesFunc func(context.Context) (salesforce.Values, error)

// oneRow makes a record that is not there; values are asked when its turn comes, for they may be ids that earlier
// changes bring.
func oneRow(p setup.Platforms, what, why string, row Row, values valuesFunc) setup.Change {
	return setup.Change{
		Action: setup.Create, What: what, Why: why, Made: []setup.Made{{What: what, Entry: row}},
		Do: func(ctx context.Context) error {
			v, err := values(ctx)
			if err != nil {
				return err
			}
			_, err = p.CRM.Create(ctx, row.Object, v)
			return err
		},
	}
}

// fixed are values that are known beforehand.
func fixed(v salesforce.Values) valuesFunc {
	return func(context.Context) (salesforce.Values, error) { return v, nil }
}

// existing is a record that is there.
type existing struct {
	Row
	id  string
	why string // what its fields are for
}

// value is what a field of it is, and what it should be.
type value struct{ field, label, old, new string }

// differences are the changes of the fields that are not as they should be.
func (e existing) differences(p setup.Platforms, values ...value) []setup.Change {
	var changes []setup.Change
	for _, v := range values {
		if v.old == v.new {
			continue
		}
		changes = append(changes, setup.Change{
			Action: setup.Update, What: v.label, Old: v.old, New: v.new, Why: e.why,
			Do: func(ctx context.Context) error {
				return p.CRM.Update(ctx, e.Object, e.id, salesforce.Values{v.field: v.new})
			},
			Made: []setup.Made{{
				What: v.label, Before: v.old, After: v.new, Entry: Field{Object: e.Object, Where: e.Where, Name: v.field},
			}},
		})
	}
	return changes
}
