package records

import (
	"context"
	"database/sql"
	"errors"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// settled checks the permissions that were written since a change. It is asked when a write is whole: at the end of an
// attempt and before a commit; between the rows of one set they need not fit together.
func (t *Tx) settled(ctx context.Context, since int) error {
	checked := map[schema.RecordID]bool{}
	for _, c := range t.changes[since:] {
		switch c.Object {
		case "FieldPermissions":
			if err := t.checkFieldPermissions(ctx, c.ID); err != nil {
				return err
			}
		case "ObjectPermissions":
			sets, err := t.ids(ctx, `SELECT "ParentId" FROM "o_ObjectPermissions" WHERE "Id" = ?`, string(c.ID))
			if err != nil {
				return err
			}
			for _, set := range sets {
				if checked[set] {
					continue
				}
				checked[set] = true
				if err := t.checkSet(ctx, set); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// checkFieldPermissions wants who may edit a field to be one who may read it.
func (t *Tx) checkFieldPermissions(ctx context.Context, id schema.RecordID) error {
	var field string
	const wrong = `SELECT "Field" FROM "o_FieldPermissions"
WHERE "Id" = ? AND "IsDeleted" = 0 AND "PermissionsEdit" = 1 AND "PermissionsRead" = 0`
	err := t.DB.QueryRowContext(ctx, wrong, string(id)).Scan(&field)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return rights.Depends("Permission Edit " + field + " depends on permission(s): Read " + field)
}

func (t *Tx) checkSet(ctx context.Context, set schema.RecordID) error {
	const from = ` FROM "o_ObjectPermissions" WHERE "ParentId" = ? AND "IsDeleted" = 0 ORDER BY "SobjectType"`
	rows, err := t.DB.QueryContext(ctx, `SELECT `+rights.ObjectPermissionFields+from, string(set))
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []rights.ObjectPermissions
	for rows.Next() {
		var p rights.ObjectPermissions
		if err := rows.Scan(p.Into()...); err != nil {
			return err
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return rights.CheckObjectPermissions(t.schema, all)
}
