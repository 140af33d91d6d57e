package records

import (
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Described is an object as the user sees it: fields that may be read, and what may be done.
type Described struct {
	schema.Object
	Createable, Updateable, Deletable bool
	Editable                          map[string]bool // by field name
}

// Describe tells what an object is to the user; NOT_FOUND when it may not be read.
func (a *Access) Describe(name string) (Described, error) {
	o, err := a.object(name)
	if err != nil {
		return Described{}, schema.NotFound()
	}
	can := a.On(o)
	d := Described{Object: o, Createable: can.Create, Updateable: can.Edit, Deletable: can.Remove, Editable: map[string]bool{}}
	d.Fields = nil
	for _, f := range o.Fields {
		grant := a.OnField(o, f)
		if !grant.Read {
			continue
		}
		d.Fields = append(d.Fields, f)
		d.Editable[f.Name] = grant.Edit && !f.ReadOnly && f.Type != "id"
	}
	return d, nil
}

// DescribeAll lists the objects that the user may read.
func (a *Access) DescribeAll() []Described {
	var all []Described
	for _, o := range a.Schema().Objects() {
		if d, err := a.Describe(o.Name); err == nil {
			all = append(all, d)
		}
	}
	return all
}

// Children lists the relationships to an object from objects that the user may read.
func (a *Access) Children(parent string) []schema.Child {
	var found []schema.Child
	for _, c := range a.Schema().Children(parent) {
		if _, err := a.object(c.Object); err == nil {
			found = append(found, c)
		}
	}
	return found
}

// Object is an object's metadata as the user's transaction has it, whatever its rights; for deployments.
func (a *Access) Object(name string) (schema.Object, bool) { return a.Schema().Object(name) }

// Objects lists all objects as the user's transaction has them, whatever its rights; for deployments.
func (a *Access) Objects() []schema.Object { return a.Schema().Objects() }
