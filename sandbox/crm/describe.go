package crm

// Described is an object as the actor sees it: fields that may be read, and what may be done.
type Described struct {
	Object
	Createable, Updateable, Deletable bool
	Editable                          map[string]bool // by field name
}

// Describe tells what an object is to the actor; NOT_FOUND when it may not be read.
func (a *Actor) Describe(name string) (Described, error) {
	o, err := a.object(name)
	if err != nil {
		return Described{}, errNotFound()
	}
	can := a.can(o)
	d := Described{Object: o, Createable: can.create, Updateable: can.edit, Deletable: can.remove, Editable: map[string]bool{}}
	d.Fields = nil
	for _, f := range o.Fields {
		grant := a.field(o, f)
		if !grant.read {
			continue
		}
		d.Fields = append(d.Fields, f)
		d.Editable[f.Name] = grant.edit && !f.ReadOnly && f.Type != "id"
	}
	return d, nil
}

// DescribeAll lists the objects that the actor may read.
func (a *Actor) DescribeAll() []Described {
	var all []Described
	for _, o := range a.schema().Objects() {
		if d, err := a.Describe(o.Name); err == nil {
			all = append(all, d)
		}
	}
	return all
}

// Children lists the relationships to an object from objects that the actor may read.
func (a *Actor) Children(parent string) []Child {
	var found []Child
	for _, c := range a.schema().Children(parent) {
		if _, err := a.object(c.Object); err == nil {
			found = append(found, c)
		}
	}
	return found
}

// Object is an object's metadata as the actor's transaction has it, whatever its rights; for deployments.
func (a *Actor) Object(name string) (Object, bool) { return a.schema().Object(name) }

// Objects lists all objects as the actor's transaction has them, whatever its rights; for deployments.
func (a *Actor) Objects() []Object { return a.schema().Objects() }

// Schema is all metadata as the actor's transaction has it.
func (a *Actor) Schema() Schema { return a.schema() }
