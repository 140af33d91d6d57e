package rights

import (
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// OfObject says whether an object has rights of its own that profiles and permission sets give; tasks have the permission Edit Tasks.
func OfObject(o schema.Object) bool {
	return !o.Setup && !o.ReadOnly && o.Setting == "" && o.Name != "Task"
}

// OfField says whether a field has rights of its own that profiles and permission sets give: neither those that every record needs nor
// those that the platform keeps. Source: Salesforce Help, permissions.
func OfField(o schema.Object, f schema.Field) bool {
	switch {
	case f.Required, f.NameField, o.Setting != "", f.Type == "masterdetail", f.Cascade && f.CreateOnly:
		return false
	case f.Custom:
		return true
	}
	return !o.Custom && !o.Setup && !o.ReadOnly && !f.ReadOnly && !slices.Contains(withObject, f.Name)
}

// withObject are fields of standard objects that come with the object though nothing else says so.
var withObject = []string{"Id", "OwnerId", "FirstName", "Salutation", "TaskSubtype"}

// TabOf is how metadata names an object's tab.
func TabOf(o schema.Object) string {
	if o.Custom {
		return o.Name
	}
	return "standard-" + o.Name
}
