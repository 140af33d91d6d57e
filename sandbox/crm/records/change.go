package records

import (
	"context"
	"errors"

	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// mayChange says whether the user may edit, or delete, a record that it was given the object's right for.
func (t *Tx) mayChange(ctx context.Context, a *Access, o schema.Object, row map[string]any, remove bool) error {
	can := a.On(o)
	if a.Unlimited() || o.Setup || o.Setting != "" || can.ModifyAll || a.Can(rights.ModifyAllData) {
		return nil
	}
	for range rights.MaxParents {
		parent, ok := rights.Master(a.Schema(), o)
		if !ok {
			break
		}
		id, _ := row[o.ControlledBy].(string)
		above, err := t.stored(ctx, parent, schema.RecordID(id))
		if _, gone := errors.AsType[*schema.Error](err); gone {
			break
		}
		if err != nil {
			return err
		}
		o, row, remove = parent, above, false
		if !a.On(o).Edit {
			return schema.NoAccess()
		}
	}
	owner, _ := row["OwnerId"].(string)
	switch {
	case owner == string(a.Who()) || owner == "":
		return nil
	case !a.SeesAll(a.Schema(), o):
		return schema.NotFound()
	case o.Sharing == schema.Private, o.Sharing == schema.ReadOnly, remove:
		return schema.NoAccess()
	}
	return nil
}
