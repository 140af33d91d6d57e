package metadata

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func customField() kind {
	k := childOfObject(customFieldKind, "fields")
	k.suffix, k.label, k.section = ".field", "custom field", "Customize Custom Objects"
	k.there, k.remove = (*installer).fieldThere, (*installer).removeField
	return k
}

const customFieldKind = "CustomField"

type fieldXML struct {
	Name         string `xml:"fullName"`
	Label        string `xml:"label"`
	Type         string `xml:"type"`
	Length       int    `xml:"length"`
	VisibleLines int    `xml:"visibleLines"`
	Precision    *int   `xml:"precision"`
	Scale        *int   `xml:"scale"`
	Required     bool   `xml:"required"`
	Unique       bool   `xml:"unique"`
	ExternalID   bool   `xml:"externalId"`
	Case         bool   `xml:"caseSensitive"`
	Default      string `xml:"defaultValue"`
	Format       string `xml:"displayFormat"`
	Help         string `xml:"inlineHelpText"`
	ReferenceTo  string `xml:"referenceTo"`
	Relationship string `xml:"relationshipName"`
	ChildLabel   string `xml:"relationshipLabel"`
	Delete       string `xml:"deleteConstraint"`
	ValueSet     struct {
		Restricted bool     `xml:"restricted"`
		Name       string   `xml:"valueSetName"`
		Controller string   `xml:"controllingField"`
		Values     []choice `xml:"valueSetDefinition>value"`
		Settings   []struct {
			Controllers []string `xml:"controllingFieldValue"`
			Value       string   `xml:"valueName"`
		} `xml:"valueSettings"`
	} `xml:"valueSet"`
}

// fields puts an object's fields in; relations are those that refer to other objects, and come later.
func (in *installer) fields(ctx context.Context, o *opened, relations bool) error {
	object, _ := in.actor.Object(o.fullName)
	var kept []*element
	for _, k := range o.root.kids {
		if k.name != "fields" {
			continue
		}
		kind := k.get("type")
		if (kind == "Lookup" || kind == "MasterDetail") != relations {
			continue
		}
		if kind == "" && !strings.HasSuffix(k.get("fullName"), "__c") {
			continue // a standard field, named for its history or help
		}
		var f schema.Field
		m := message{FullName: o.fullName + "." + k.get("fullName"), FileName: o.file, ComponentType: customFieldKind}
		failures := in.deployment.now().Errors
		var err error
		if f, err = in.field(ctx, o.fullName, k); err != nil {
			if err := in.one(ctx, m, func(*message) error { return err }); err != nil {
				return err
			}
		}
		if in.deployment.now().Errors > failures {
			continue
		}
		if f.Cascade {
			object.ControlledBy = f.Name
		}
		if i := slices.IndexFunc(object.Fields, func(have schema.Field) bool { return have.Name == f.Name }); i >= 0 {
			object.Fields = slices.Clone(object.Fields)
			object.Fields[i] = f
		} else {
			object.Fields = append(slices.Clone(object.Fields), f)
		}
		kept = append(kept, k)
	}
	if len(kept) == 0 {
		return nil
	}
	if err := in.actor.PutObject(ctx, object); err != nil {
		return err
	}
	for _, k := range kept {
		name := o.fullName + "." + k.get("fullName")
		m := message{FullName: name, FileName: o.file, ComponentType: customFieldKind}
		if err := in.one(ctx, m, func(out *message) error { return in.keepChild(ctx, customField(), name, k, out) }); err != nil {
			return err
		}
	}
	return nil
}

// field says what a field is to the org, which checks it.
func (in *installer) field(ctx context.Context, object string, e *element) (schema.Field, error) {
	var x fieldXML
	if err := decode(e.named(customFieldKind, e.get("fullName")), &x); err != nil {
		return schema.Field{}, err
	}
	choices := x.ValueSet.Values
	if x.ValueSet.Name != "" {
		var err error
		if choices, err = in.globalValues(ctx, x.ValueSet.Name); err != nil {
			return schema.Field{}, err
		}
		if choices == nil {
			return schema.Field{}, bad(e, "In field: valueSetName - no GlobalValueSet named %s found", x.ValueSet.Name)
		}
	}
	f, err := x.described(choices).Field(in.actor.Schema(), object)
	if refused, ok := errors.AsType[*schema.Error](err); ok {
		err = bad(e, "%s", refused.Message)
	}
	return f, err
}

// described is the field as the org takes it, with the values that its own file or its value set gives.
func (x fieldXML) described(choices []choice) schema.CustomField {
	d := schema.CustomField{
		Name: x.Name, Label: x.Label, Type: x.Type, Help: x.Help, Default: x.Default, Format: x.Format,
		Length: x.Length, VisibleLines: x.VisibleLines, Precision: x.Precision, Scale: x.Scale,
		Required: x.Required, Unique: x.Unique, ExternalID: x.ExternalID, CaseSensitive: x.Case,
		ReferenceTo: x.ReferenceTo, Relationship: x.Relationship, ChildLabel: x.ChildLabel,
		Restricted: x.ValueSet.Restricted, ValueSet: x.ValueSet.Name, Controller: x.ValueSet.Controller,
	}
	for _, c := range choices {
		v := c.value()
		for _, s := range x.ValueSet.Settings {
			if s.Value == c.Name {
				v.ValidFor = s.Controllers
			}
		}
		d.Values = append(d.Values, v)
	}
	return d
}

// fieldThere finds a custom field by its object's definition: it may have been made without a file.
func (in *installer) fieldThere(_ context.Context, name string) (string, error) {
	object, field, _ := strings.Cut(name, ".")
	o, ok := in.actor.Object(object)
	f, has := o.Field(field)
	if !ok || !has || !f.Custom {
		return "", nil
	}
	return o.Name + "." + f.Name, nil
}

// removeField takes the rights on it away too.
func (in *installer) removeField(ctx context.Context, name string, _ manifest) error {
	object, field, _ := strings.Cut(name, ".")
	if err := in.clear(ctx, "FieldPermissions", "Field", name); err != nil {
		return err
	}
	return in.actor.DropField(ctx, object, field)
}
