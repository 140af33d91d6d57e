package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
)

type idRow struct{ Id string }

// query is salesforce.Query for plans: an object or field that is not in the org yet has no rows.
func query[T any](ctx context.Context, crm *salesforce.Client, soql string) ([]T, error) {
	rows, err := salesforce.Query[T](ctx, crm, soql)
	if salesforce.IsCode(err, "INVALID_TYPE", "INVALID_FIELD") {
		return nil, nil
	}
	return rows, err
}

// find gives the id of the first record of an object that a condition finds; "" if there is none.
func find(ctx context.Context, crm *salesforce.Client, object, where string) (string, error) {
	rows, err := query[idRow](ctx, crm, "SELECT Id FROM "+object+" WHERE "+where)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Id, nil
}

// must is find for a record that has to be there by now.
func must(ctx context.Context, crm *salesforce.Client, object, where string) (string, error) {
	id, err := find(ctx, crm, object, where)
	if err == nil && id == "" {
		err = fmt.Errorf("no %s WHERE %s", object, where)
	}
	return id, err
}

func equals(field, value string) string { return field + " = " + salesforce.Quote(value) }

// right is the line for what needs nothing.
func right(format string, args ...any) Change {
	return Change{Action: Nothing, What: fmt.Sprintf(format, args...)}
}

// setField is the change of one field of a record that exists.
func setField(crm *salesforce.Client, object, id, where, field, old, new, what, why string) Change {
	return Change{
		Action: Update, What: what, Old: old, New: new, Why: why,
		do:   func(ctx context.Context) error { return crm.Update(ctx, object, id, salesforce.Values{field: new}) },
		made: []Made{{Kind: Field, What: what, Object: object, Where: where, Name: field, Before: old, After: new}},
	}
}
