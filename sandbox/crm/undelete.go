package crm

import (
	"context"
	"database/sql"
	"errors"
)

// Undelete takes a record, and what was deleted with it, out of the recycle bin again.
func (a *Actor) Undelete(ctx context.Context, object string, id RecordID) error {
	o, ok := a.schema().Object(object)
	if !ok || !a.can(o).read {
		return errNotFound()
	}
	if !a.can(o).remove {
		return errNoAccess()
	}
	return a.writing(ctx, func(t *tx) error {
		var deleted bool
		var stamp string
		err := t.db.QueryRowContext(ctx, `SELECT "IsDeleted", "SystemModstamp" FROM `+table(o.Name)+` WHERE "Id" = ?`, string(id)).Scan(&deleted, &stamp)
		if errors.Is(err, sql.ErrNoRows) {
			return errNotFound()
		}
		if err != nil {
			return err
		}
		if !deleted {
			return fail(400, "UNDELETE_FAILED", "Entity is not in the recycle bin")
		}
		return t.restore(ctx, o, id, stamp, 0)
	})
}

// restore brings back a record and its children that went with the same act, which gave all of them one stamp.
func (t *tx) restore(ctx context.Context, o Object, id RecordID, stamp string, depth int) error {
	if depth > maxCascade {
		return nil
	}
	now := t.org.cfg.Clock.Now().UTC().Format(stored)
	if _, err := t.db.ExecContext(ctx, `UPDATE `+table(o.Name)+` SET "IsDeleted" = 0, "SystemModstamp" = ? WHERE "Id" = ?`, now, string(id)); err != nil {
		return err
	}
	row, err := t.row(ctx, o, id)
	if err != nil {
		return err
	}
	t.changes = append(t.changes, Change{o.Name, id})
	if err := t.index(ctx, o, id, row); err != nil {
		return err
	}
	for _, child := range t.schema.Children(o.Name) {
		if !child.Cascade {
			continue
		}
		below, _ := t.schema.Object(child.Object)
		ids, err := t.ids(ctx, `SELECT "Id" FROM `+table(child.Object)+` WHERE `+column(child.Field)+` = ? AND "IsDeleted" = 1 AND "SystemModstamp" = ?`, string(id), stamp)
		if err != nil {
			return err
		}
		for _, one := range ids {
			if err := t.restore(ctx, below, one, stamp, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
