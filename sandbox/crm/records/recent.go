package records

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// touch notes that the user looked at a record.
func (a *Access) touch(ctx context.Context, o schema.Object, id schema.RecordID) error {
	return a.Writing(ctx, func(t *Tx) error {
		_, err := t.DB.ExecContext(ctx, `INSERT INTO recent (user, id, object, at) VALUES (?, ?, ?, ?) ON CONFLICT (user, `+
			`id) DO UPDATE SET at = excluded.at`,
			string(a.Who()), string(id), o.Name, a.Store.Now().UTC().Format(Stored))
		return err
	})
}

// Viewed notes that the user opened a record.
func (a *Access) Viewed(ctx context.Context, object string, id schema.RecordID) error {
	o, err := a.object(object)
	if err != nil {
		return err
	}
	if id, err = whole(id); err != nil {
		return err
	}
	return a.touch(ctx, o, id)
}

// Recent lists the records that the user looked at last, newest first; of one object, or of all if it is "".
func (a *Access) Recent(ctx context.Context, object string, limit int) ([]Found, error) {
	rows, err := a.DB().QueryContext(ctx,
		`SELECT object, id FROM recent WHERE user = ? AND (? = '' OR object = ? COLLATE NOCASE) ORDER BY at DESC LIMIT ?`,
		string(a.Who()), object, object, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Found
	for rows.Next() {
		var f Found
		if err := rows.Scan(&f.Object, &f.ID); err != nil {
			return nil, err
		}
		if o, ok := a.Schema().Object(f.Object); ok && a.On(o).Read {
			found = append(found, f)
		}
	}
	return found, rows.Err()
}
