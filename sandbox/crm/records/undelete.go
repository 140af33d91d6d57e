package records

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Undelete takes a record, and what was deleted with it, out of the recycle bin again.
func (a *Access) Undelete(ctx context.Context, object string, id schema.RecordID) error {
	o, ok := a.Schema().Object(object)
	if !ok || !a.On(o).Read {
		return schema.NotFound()
	}
	if !a.On(o).Remove {
		return schema.NoAccess()
	}
	id, err := whole(id)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *Tx) error {
		have, err := t.stored(ctx, o, id)
		if err == nil {
			err = t.mayChange(ctx, a, o, have, true)
		}
		if err != nil {
			return err
		}
		if have["IsDeleted"] != int64(1) {
			return schema.Fail(400, "UNDELETE_FAILED", "Entity is not in the recycle bin")
		}
		stamp, _ := have["SystemModstamp"].(string)
		return t.restore(ctx, o, id, stamp, 0)
	})
}

// restore brings back a record and its children that went with the same act, which gave all of them one stamp.
func (t *Tx) restore(ctx context.Context, o schema.Object, id schema.RecordID, stamp string, depth int) error {
	if depth > maxCascade {
		return nil
	}
	now := t.Store.Now().UTC().Format(Stored)
	if _, err := t.DB.ExecContext(ctx, `UPDATE `+schema.Table(o.Name)+` SET "IsDeleted" = 0, `+
		`"SystemModstamp" = ? WHERE "Id" = ?`, now, string(id)); err != nil {
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
		ids, err := t.ids(ctx, `SELECT "Id" FROM `+schema.Table(child.Object)+`
WHERE `+schema.Column(child.Field)+` = ? AND "IsDeleted" = 1 AND "SystemModstamp" = ?`, string(id), stamp)
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
