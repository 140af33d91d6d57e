// Package schema is the sandbox CRM's metadata as values: objects, fields, ids, and the sentences in which the platform refuses.
//
// Read first: Object, Schema, Standard. It knows no user, no record and no database.
package schema

import (
	"maps"
	"slices"
	"strings"
)

// What everybody may do with records of an object that others own. Source: Salesforce Help, permissions, Metadata API sharingModel.
const (
	ReadWrite = "ReadWrite" // the same as ""
	ReadOnly  = "Read"
	Private   = "Private"
	ByParent  = "ControlledByParent"
)

// Object is the metadata of an sObject; standard ones are metadata like custom ones.
type Object struct {
	Name, Label, Plural, KeyPrefix string
	Custom                         bool
	Description                    string
	Setting                        string // Hierarchy or List for a custom setting
	Searchable                     bool
	ReadOnly                       bool   // no create, update or delete through the API
	Off                            bool   // of a feature that the org has not enabled: nobody is told of it
	Setup                          bool   // set-up data: only administrators write it
	Sharing                        string // who sees records that others own: ReadWrite (or ""), Read, Private, ControlledByParent
	ControlledBy                   string // master-detail field whose parent's rights apply; "" for none
	Fields                         []Field
}

// Field is the metadata of one field. Type is the REST API's word: string, picklist, reference, …
type Field struct {
	Name, Label, Type        string
	Length, Precision, Scale int
	Required                 bool // without a default, a create must give it
	Unique, ExternalID       bool
	CaseSensitive            bool // capital and small letters count when values are compared
	Custom, NameField        bool
	ReadOnly                 bool   // kept by the platform
	CreateOnly               bool   // cannot be changed later
	AutoNumber               string // display format such as {00000000}
	Default                  any    // JSON-like
	Values                   []PicklistValue
	Restricted               bool
	ValueSet                 string   // global value set that Values come from
	Controller               string   // picklist that says which values fit
	References               []string // objects that a reference may point to
	Relationship             string   // name of the parent in paths, such as Account
	ChildRelationship        string   // name of the list on the parent, such as Contacts
	ChildLabel               string   // what people call that list
	Cascade                  bool     // deleting the parent deletes this record
	Help                     string
}

// PicklistValue is one choice.
type PicklistValue struct {
	Value, Label string
	Default      bool
	ValidFor     []string // values of the controlling picklist that allow this one
}

// Field finds a field by its name, whatever the case.
func (o Object) Field(name string) (Field, bool) {
	for _, f := range o.Fields {
		if strings.EqualFold(f.Name, name) {
			return f, true
		}
	}
	return Field{}, false
}

// NameField is the field that names a record; "Id" for an object without one.
func (o Object) NameField() string {
	for _, f := range o.Fields {
		if f.NameField {
			return f.Name
		}
	}
	return "Id"
}

// Master is the name of the object whose records those of this one belong to; false if there is none.
func (o Object) Master() (string, bool) {
	f, ok := o.Field(o.ControlledBy)
	if !ok || len(f.References) != 1 {
		return "", false
	}
	return f.References[0], true
}

// Schema is all objects there are. It is never changed in place.
type Schema struct {
	objects map[string]Object // by lower-case name
}

// Object finds an object by its name, whatever the case.
func (s Schema) Object(name string) (Object, bool) {
	o, ok := s.objects[strings.ToLower(name)]
	return o, ok
}

// ByPrefix finds the object of a record id.
func (s Schema) ByPrefix(id RecordID) (Object, bool) {
	for _, o := range s.objects {
		if len(id) >= 3 && o.KeyPrefix == string(id[:3]) {
			return o, true
		}
	}
	return Object{}, false
}

// Objects lists all, by name.
func (s Schema) Objects() []Object {
	all := slices.Collect(maps.Values(s.objects))
	slices.SortFunc(all, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Child is a relationship seen from the parent.
type Child struct {
	Object, Field, Name string
	Cascade             bool
}

// Children lists the relationships that point to an object.
func (s Schema) Children(parent string) []Child {
	var found []Child
	for _, o := range s.Objects() {
		for _, f := range o.Fields {
			if slices.ContainsFunc(f.References, func(r string) bool { return strings.EqualFold(r, parent) }) {
				found = append(found, Child{o.Name, f.Name, f.ChildRelationship, f.Cascade})
			}
		}
	}
	return found
}

// With is a schema with one object added or replaced.
func (s Schema) With(o Object) Schema {
	next := Schema{maps.Clone(s.objects)}
	if next.objects == nil {
		next.objects = map[string]Object{}
	}
	next.objects[strings.ToLower(o.Name)] = o
	return next
}

// Without is a schema with one object less.
func (s Schema) Without(name string) Schema {
	next := Schema{maps.Clone(s.objects)}
	delete(next.objects, strings.ToLower(name))
	return next
}
