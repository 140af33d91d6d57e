package rights

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// ObjectPermissions is what a permission set, or the one that belongs to a profile, gives on one object: a row of
// ObjectPermissions.
type ObjectPermissions struct {
	Object                                         string
	Read, Create, Edit, Delete, ViewAll, ModifyAll bool
}

// ObjectPermissionFields are the fields of such a row, for a query.
const ObjectPermissionFields = `"SobjectType", "PermissionsRead", "PermissionsCreate", "PermissionsEdit", ` +
	`"PermissionsDelete", "PermissionsViewAllRecords", "PermissionsModifyAllRecords"`

// Into are the places for ObjectPermissionFields.
func (p *ObjectPermissions) Into() []any {
	return []any{&p.Object, &p.Read, &p.Create, &p.Edit, &p.Delete, &p.ViewAll, &p.ModifyAll}
}

// Any says whether it gives anything.
func (p ObjectPermissions) Any() bool { return p != ObjectPermissions{Object: p.Object} }

// Values are the row, but for whose it is.
func (p ObjectPermissions) Values() map[string]any {
	return map[string]any{
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

// dependencies are those within one object. Source: Salesforce Help, permissions.
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
func CheckObjectPermissions(schema schema.Schema, all []ObjectPermissions) error {
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
	return Depends(strings.Join(wrong, "; "))
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

// Depends refuses a permission without those that it depends on.
func Depends(sentence string) *schema.Error {
	return &schema.Error{Code: "FIELD_INTEGRITY_EXCEPTION", Message: sentence, Status: 400}
}
