package crm

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
)

// ObjectPermissions is what a permission set, or the one that belongs to a profile, gives on one object: a row of
// ObjectPermissions.
type ObjectPermissions struct {
	Object                                         string
	Read, Create, Edit, Delete, ViewAll, ModifyAll bool
}

// objectPermissionFields are the fields of such a row, for a query.
const objectPermissionFields = `"SobjectType", "PermissionsRead", "PermissionsCreate", "PermissionsEdit", ` +
	`"PermissionsDelete", "PermissionsViewAllRecords", "PermissionsModifyAllRecords"`

// into are the places for objectPermissionFields.
func (p *ObjectPermissions) into() []any {
	return []any{&p.Object, &p.Read, &p.Create, &p.Edit, &p.Delete, &p.ViewAll, &p.ModifyAll}
}

// Any says whether it gives anything.
func (p ObjectPermissions) Any() bool { return p != ObjectPermissions{Object: p.Object} }

// Values are the row, but for whose it is.
func (p ObjectPermissions) Values() Values {
	return Values{
		"SobjectType":     p.Object,
		"PermissionsRead": p.Read, "PermissionsCreate": p.Create, "PermissionsEdit": p.Edit, "PermissionsDelete": p.Delete,
		"PermissionsViewAllRecords": p.ViewAll, "PermissionsModifyAllRecords": p.ModifyAll,
	}
}

// right is one permission on an object, by the platform's word for it.
type right struct {
	name string
	held bool
}

// dependency is a permission with those that nobody may have it without.
type dependency struct {
	of    right
	needs []right
}

func (p ObjectPermissions) read() right    { return right{"Read " + p.Object, p.Read} }
func (p ObjectPermissions) readAll() right { return right{"Read All " + p.Object, p.ViewAll} }

// dependencies are those within one object. Source: salesforce-surface.md §9.
func (p ObjectPermissions) dependencies() []dependency {
	edit, remove := right{"Edit " + p.Object, p.Edit}, right{"Delete " + p.Object, p.Delete}
	return []dependency{
		{right{"Create " + p.Object, p.Create}, []right{p.read()}},
		{edit, []right{p.read()}},
		{remove, []right{edit, p.read()}},
		{p.readAll(), []right{p.read()}},
		{right{"Modify All " + p.Object, p.ModifyAll}, []right{remove, edit, p.readAll(), p.read()}},
	}
}

// dependenciesOn are those on the master of an object whose records belong to another's. Modify All needs the master's
// Read All too, because it needs the detail's. Source: real orgs refuse a deployment with this sentence.
func (p ObjectPermissions) dependenciesOn(master ObjectPermissions) []dependency {
	return []dependency{{p.read(), []right{master.read()}}, {p.readAll(), []right{master.readAll()}}}
}

// CheckObjectPermissions wants all that one permission set gives on objects to fit together: each right with those that
// it depends on, and a detail's with its master's. The error says in the platform's words what is missing.
func CheckObjectPermissions(schema Schema, all []ObjectPermissions) error {
	var wrong []string
	for _, p := range all {
		depends := p.dependencies()
		if o, ok := schema.Object(p.Object); ok {
			if master, is := o.Master(); is {
				depends = append(depends, p.dependenciesOn(given(all, master))...)
			}
		}
		for _, d := range depends {
			if lacking := d.lacking(); len(lacking) > 0 {
				wrong = append(wrong, "Permission "+d.of.name+" depends on permission(s): "+strings.Join(lacking, ", "))
			}
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return errDepends(strings.Join(wrong, "; "))
}

// given is what a set gives on an object.
func given(all []ObjectPermissions, object string) ObjectPermissions {
	i := slices.IndexFunc(all, func(p ObjectPermissions) bool { return strings.EqualFold(p.Object, object) })
	if i < 0 {
		return ObjectPermissions{Object: object}
	}
	return all[i]
}

func (d dependency) lacking() (names []string) {
	for _, n := range d.needs {
		if d.of.held && !n.held {
			names = append(names, n.name)
		}
	}
	return names
}

// settled checks the permissions that were written since a change. It is asked when a write is whole: at the end of an
// attempt and before a commit; between the rows of one set they need not fit together.
func (t *tx) settled(ctx context.Context, since int) error {
	checked := map[RecordID]bool{}
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
func (t *tx) checkFieldPermissions(ctx context.Context, id RecordID) error {
	var field string
	const wrong = `SELECT "Field" FROM "o_FieldPermissions"
WHERE "Id" = ? AND "IsDeleted" = 0 AND "PermissionsEdit" = 1 AND "PermissionsRead" = 0`
	err := t.db.QueryRowContext(ctx, wrong, string(id)).Scan(&field)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	return errDepends("Permission Edit " + field + " depends on permission(s): Read " + field)
}

func errDepends(sentence string) *Error {
	return &Error{Code: "FIELD_INTEGRITY_EXCEPTION", Message: sentence, Status: 400}
}

func (t *tx) checkSet(ctx context.Context, set RecordID) error {
	const from = ` FROM "o_ObjectPermissions" WHERE "ParentId" = ? AND "IsDeleted" = 0 ORDER BY "SobjectType"`
	rows, err := t.db.QueryContext(ctx, `SELECT `+objectPermissionFields+from, string(set))
	if err != nil {
		return err
	}
	defer rows.Close()
	var all []ObjectPermissions
	for rows.Next() {
		var p ObjectPermissions
		if err := rows.Scan(p.into()...); err != nil {
			return err
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return CheckObjectPermissions(t.schema, all)
}
