package crm

import (
	"context"
	"errors"
	"fmt"
)

// What everybody may do with records of an object that others own. Source: salesforce-surface.md §9, Metadata API sharingModel.
const (
	ReadWrite  = "ReadWrite" // the same as ""
	ReadOnly   = "Read"
	Private    = "Private"
	ByParent   = "ControlledByParent"
	maxParents = 5 // objects in a chain of master-detail relationships
)

// seesAll says whether sharing hides no record of an object from the actor.
func (a *Actor) seesAll(o Object) bool {
	if a.system || o.Setup || o.Setting != "" || a.Can(ViewAllData) || a.Can(ModifyAllData) {
		return true
	}
	can := a.can(o)
	if can.viewAll || can.modifyAll {
		return true
	}
	if parent, ok := a.master(o); ok {
		return a.seesAll(parent)
	}
	return o.Sharing != Private
}

// master is the object whose records say who sees those of o.
func (a *Actor) master(o Object) (Object, bool) {
	name, ok := o.Master()
	if !ok {
		return Object{}, false
	}
	return a.schema().Object(name)
}

// shared is the condition under which the actor sees a row of an object whose table is called alias; "" for always.
func (a *Actor) shared(o Object, alias string) (string, []any) {
	if a.seesAll(o) {
		return "", nil
	}
	at, condition, closing := alias, "", ""
	for depth := range maxParents {
		parent, ok := a.master(o)
		if !ok {
			break
		}
		next := fmt.Sprintf("%sm%d", alias, depth)
		condition += fmt.Sprintf(`EXISTS (SELECT 1 FROM %s %s WHERE %s."Id" = %s.%s AND `, table(parent.Name), next, next, at, column(o.ControlledBy))
		closing += ")"
		at, o = next, parent
	}
	return condition + at + `."OwnerId" = ?` + closing, []any{string(a.user.ID)}
}

// mayChange says whether the actor may edit, or delete, a record that it was given the object's right for.
func (t *tx) mayChange(ctx context.Context, a *Actor, o Object, row map[string]any, remove bool) error {
	can := a.can(o)
	if a.system || o.Setup || o.Setting != "" || can.modifyAll || a.Can(ModifyAllData) {
		return nil
	}
	for range maxParents {
		parent, ok := a.master(o)
		if !ok {
			break
		}
		id, _ := row[o.ControlledBy].(string)
		above, err := t.row(ctx, parent, RecordID(id))
		if _, gone := errors.AsType[*Error](err); gone {
			break
		}
		if err != nil {
			return err
		}
		o, row, remove = parent, above, false
		if !a.can(o).edit {
			return errNoAccess()
		}
	}
	owner, _ := row["OwnerId"].(string)
	switch {
	case owner == string(a.user.ID) || owner == "":
		return nil
	case !a.seesAll(o):
		return errNotFound()
	case o.Sharing == Private, o.Sharing == ReadOnly, remove:
		return errNoAccess()
	}
	return nil
}
