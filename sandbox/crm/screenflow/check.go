package screenflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Schema is what Check asks of the org's objects.
type Schema interface {
	HasObject(name string) bool
	HasField(object, field string) bool
}

// statuses and processes that the platform knows; of the latter there are more, which are kept too.
var statuses = []string{"Active", "Draft", "Obsolete", "InvalidDraft"}

// dataTypes are those of variables.
var dataTypes = []string{"String", "Number", "Currency", "Boolean", "Date", "DateTime", "Picklist", "Multipicklist", "SObject", "Apex", "Time"}

// Check says what the platform has against a flow when it is deployed: nil for nothing. Flows without screens are kept as they are.
func (f *Flow) Check(schema Schema) *Problem {
	if f.Label == "" {
		return &Problem{"", "Required field is missing: label"}
	}
	if !slices.Contains(statuses, f.Status) {
		return &Problem{"", fmt.Sprintf("'%.40s' is not a valid value for the enum 'FlowVersionStatus'", f.Status)}
	}
	if !f.Screens() {
		return nil
	}
	if len(f.missing) > 0 {
		return &f.missing[0]
	}
	c := checker{f, schema}
	if f.Start == "" {
		return integrity("", "The flow can't run because nothing is connected to the Start element.")
	}
	if _, ok := f.byName[f.Start]; !ok {
		return integrity("", "The element has an invalid reference to %q.", f.Start)
	}
	for _, v := range sorted(f.variables) {
		if p := c.variable(v); p != nil {
			return p
		}
	}
	for _, e := range f.elements {
		if p := c.element(e); p != nil {
			return p
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.texts)) {
		if p := c.refer(name, merges(f.texts[name])); p != nil {
			return p
		}
	}
	return nil
}

// integrity is how the platform tells what is wrong within a flow.
func integrity(element, format string, args ...any) *Problem {
	return &Problem{element, "field integrity exception: unknown (" + fmt.Sprintf(format, args...) + ")"}
}

type checker struct {
	f      *Flow
	schema Schema
}

func (c checker) variable(v Variable) *Problem {
	switch {
	case !slices.Contains(dataTypes, v.Type):
		return &Problem{v.Name, fmt.Sprintf("'%.40s' is not a valid value for the enum 'FlowDataType'", v.Type)}
	case v.Type == "SObject" && !c.schema.HasObject(v.Object):
		return noObject(v.Name, v.Object)
	}
	return c.refer(v.Name, v.Default.references())
}

func noObject(element, object string) *Problem {
	return integrity(element, "The object %q doesn't exist.", object)
}

func (c checker) element(e element) *Problem {
	n := e.self()
	for _, to := range e.connectors() {
		if _, ok := c.f.byName[to]; to != "" && !ok {
			return integrity(n.name, "The element has an invalid reference to %q.", to)
		}
	}
	if p := c.refer(n.name, e.references()); p != nil {
		return p
	}
	switch e := e.(type) {
	case lookup:
		return c.records(e.dml, append(slices.Clone(e.queried), e.sort))
	case create:
		return c.records(e.dml, nil)
	case update:
		return c.records(e.dml, nil)
	}
	return nil
}

// records wants the object and all fields of an element to be there.
func (c checker) records(d dml, more []string) *Problem {
	if d.input != "" && d.object == "" {
		return nil
	}
	if !c.schema.HasObject(d.object) {
		return noObject(d.name, d.object)
	}
	for _, v := range slices.Concat(d.filters, d.values) {
		more = append(more, v.field)
	}
	for _, name := range more {
		if name != "" && !c.schema.HasField(d.object, name) {
			return noField(d.name, name, d.object)
		}
	}
	return nil
}

func noField(element, field, object string) *Problem {
	return integrity(element, "The field %q for the object %q doesn't exist.", field, object)
}

// refer wants everything that an element names to be there.
func (c checker) refer(element string, all []reference) *Problem {
	for _, r := range all {
		root, rest, deeper := strings.Cut(r.path, ".")
		if !c.f.knows(root, r.sets) {
			switch {
			case r.condition:
				return integrity(element, "A condition has a reference to %s, which doesn't exist.", r.path)
			case r.formula:
				return integrity(element, "The formula expression is invalid: It contains an invalid flow element %s.", r.path)
			}
			return integrity(element, "The element has an invalid reference to %q.", r.path)
		}
		object := c.f.objectOf(root)
		if field, _, more := strings.Cut(rest, "."); deeper && !more && object != "" && !c.schema.HasField(object, field) {
			return noField(element, field, object)
		}
	}
	return nil
}

// globals are the roots that every flow knows. Not all have values here.
var globals = []string{"$Flow", "$User", "$Organization", "$Profile", "$UserRole", "$Permission", "$Setup", "$System", "$Api", "$Label", "$Client", "$CustomMetadata"}

// knows says whether a name stands for a value; what is set must be a variable.
func (f *Flow) knows(root string, sets bool) bool {
	_, variable := f.variables[root]
	if variable || sets {
		return variable
	}
	_, choice := f.choices[root]
	_, constant := f.constants[root]
	_, text := f.texts[root]
	_, formula := f.formulas[root]
	_, other := f.others[root]
	_, element := f.byName[root]
	_, field := f.fields[root]
	return choice || constant || text || formula || other || element || field || slices.Contains(globals, root)
}

// objectOf is the object of the record that a name stands for; "" for anything else.
func (f *Flow) objectOf(root string) string {
	if v, ok := f.variables[root]; ok && !v.Collection {
		return v.Object
	}
	if l, ok := f.byName[root].(lookup); ok && l.first {
		return l.object
	}
	return ""
}
