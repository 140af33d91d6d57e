package metadata

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

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

type choice struct {
	Name    string `xml:"fullName"`
	Label   string `xml:"label"`
	Default bool   `xml:"default"`
}

// fieldTypes maps the metadata's words to the REST API's.
var fieldTypes = map[string]string{
	"Text": "string", "TextArea": "textarea", "LongTextArea": "textarea", "Html": "textarea", "Checkbox": "boolean", "Number": "double", "Currency": "currency", "Percent": "percent",
	"Date": "date", "DateTime": "datetime", "Picklist": "picklist", "MultiselectPicklist": "multipicklist", "Lookup": "reference", "MasterDetail": "reference", "Phone": "phone", "Email": "email", "Url": "url", "AutoNumber": "string",
}

// lengths are those of types that do not say.
var lengths = map[string]int{"TextArea": 255, "Picklist": 255, "MultiselectPicklist": 4099, "Phone": 40, "Email": 80, "Url": 255, "Lookup": 18, "MasterDetail": 18, "AutoNumber": 30}

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
		var f crm.Field
		m := message{FullName: o.fullName + "." + k.get("fullName"), FileName: o.file, ComponentType: "CustomField"}
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
		if i := slices.IndexFunc(object.Fields, func(have crm.Field) bool { return have.Name == f.Name }); i >= 0 {
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
		m := message{FullName: name, FileName: o.file, ComponentType: "CustomField"}
		if err := in.one(ctx, m, func(out *message) error { return in.keepChild(ctx, "CustomField", name, k, out) }); err != nil {
			return err
		}
	}
	return nil
}

// field checks a field and says what it is to the org.
func (in *installer) field(ctx context.Context, object string, e *element) (crm.Field, error) {
	var x fieldXML
	if err := decode(e.named("CustomField", e.get("fullName")), &x); err != nil {
		return crm.Field{}, err
	}
	if err := checkField(object, e, x); err != nil {
		return crm.Field{}, err
	}
	f := crm.Field{
		Name: x.Name, Label: x.Label, Type: fieldTypes[x.Type], Length: x.Length, Required: x.Required || x.Type == "MasterDetail", Unique: x.Unique,
		ExternalID: x.ExternalID, Custom: true, Help: x.Help, Restricted: x.ValueSet.Restricted, ValueSet: x.ValueSet.Name, Controller: x.ValueSet.Controller,
	}
	if x.Precision != nil && x.Scale != nil {
		f.Precision, f.Scale = *x.Precision, *x.Scale
	}
	if f.Length == 0 {
		f.Length = lengths[x.Type]
	}
	if x.Type == "AutoNumber" {
		f.ReadOnly, f.AutoNumber = true, x.Format
	}
	switch f.Type {
	case "picklist", "multipicklist":
		return f, in.values(ctx, object, e, x, &f)
	case "boolean":
		f.Default = x.Default == "true"
	case "string", "url", "email", "phone", "textarea":
		if x.Default != "" {
			text, ok := literal(x.Default)
			if !ok {
				return f, bad(e, "Field %s: a defaultValue that is a formula is not supported here; give a text in quotes", x.Name)
			}
			f.Default = text
		}
	case "reference":
		if _, ok := in.actor.Object(x.ReferenceTo); !ok {
			return f, bad(e, "referenceTo value of '%s' does not resolve to a valid sObject type", x.ReferenceTo)
		}
		f.References, f.Relationship, f.ChildRelationship = []string{x.ReferenceTo}, strings.TrimSuffix(x.Name, "__c")+"__r", x.Relationship
		f.ChildLabel = x.ChildLabel
		f.Cascade, f.CreateOnly = x.Type == "MasterDetail", x.Type == "MasterDetail"
	}
	return f, nil
}

// literal is the text of a default value that is a text literal of the formula language.
func literal(formula string) (string, bool) {
	formula = strings.TrimSpace(formula)
	if len(formula) < 2 || formula[0] != '"' && formula[0] != '\'' || formula[len(formula)-1] != formula[0] {
		return "", false
	}
	inner := formula[1 : len(formula)-1]
	if strings.ContainsAny(inner, `"'\`) {
		return "", false
	}
	return inner, true
}

// checkField wants of a field what its type asks for.
func checkField(object string, e *element, x fieldXML) error {
	name, short := object+"."+x.Name, strings.TrimSuffix(x.Name, "__c")
	switch {
	case !strings.HasSuffix(x.Name, "__c"):
		return bad(e, "%s: the name of a custom field must end in __c", name)
	case len(short) > 40 || strings.Trim(short, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" || strings.Contains(short, "__") || short == "" || short[0] == '_' || short[0] >= '0' && short[0] <= '9' || strings.HasSuffix(short, "_"):
		return bad(e, "%s: The Field Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.", name)
	case fieldTypes[x.Type] == "":
		return bad(e, "Could not resolve field type: %s", x.Type)
	case x.Label == "":
		return bad(e, "Required field is missing: label")
	case len([]rune(x.Label)) > 40:
		return bad(e, "Label: data value too large: %s (max length=40)", x.Label)
	case x.Type == "Text" && (x.Length < 1 || x.Length > 255):
		return bad(e, "Text Length must be between 1 and 255")
	case x.Type == "LongTextArea" && (x.Length < 256 || x.Length > 131072):
		return bad(e, "Long text area length must be between 256 and 131072")
	case x.Type == "LongTextArea" && x.VisibleLines < 2:
		return bad(e, "visibleLines must be between 2 and 50")
	case x.Type == "Checkbox" && x.Default == "":
		return bad(e, "Must specify a defaultValue for a checkbox field")
	case slices.Contains([]string{"Number", "Currency", "Percent"}, x.Type) && (x.Precision == nil || x.Scale == nil):
		return bad(e, "Can not specify 'precision' or 'scale' of null for a CustomField of type %s", x.Type)
	case (x.Type == "Lookup" || x.Type == "MasterDetail") && x.Relationship == "":
		return bad(e, "Must specify 'relationshipName' for a CustomField of type %s", x.Type)
	case slices.Contains([]string{"MasterDetail", "Checkbox", "LongTextArea"}, x.Type) && x.Required:
		return bad(e, "Can not specify 'required' for a CustomField of type %s", x.Type)
	case x.Type == "AutoNumber" && !strings.Contains(x.Format, "{0"):
		return bad(e, "Must specify 'displayFormat' for a CustomField of type AutoNumber")
	}
	return nil
}

// values fills a picklist: from its own list, or from a global value set.
func (in *installer) values(ctx context.Context, object string, e *element, x fieldXML, f *crm.Field) error {
	choices := x.ValueSet.Values
	if x.ValueSet.Name != "" {
		var err error
		if choices, err = in.globalValues(ctx, x.ValueSet.Name); err != nil {
			return err
		}
		if choices == nil {
			return bad(e, "In field: valueSetName - no GlobalValueSet named %s found", x.ValueSet.Name)
		}
	}
	if len(choices) == 0 {
		return bad(e, "Must specify a valueSet for a CustomField of type %s", x.Type)
	}
	seen := map[string]bool{}
	for _, c := range choices {
		if seen[strings.ToLower(c.Name)] {
			return bad(e, "Duplicate label: %s", c.Name)
		}
		seen[strings.ToLower(c.Name)] = true
		v := crm.PicklistValue{Value: c.Name, Label: c.Label, Default: c.Default}
		for _, s := range x.ValueSet.Settings {
			if s.Value == c.Name {
				v.ValidFor = s.Controllers
			}
		}
		if f.Values = append(f.Values, v); c.Default {
			f.Default = c.Name
		}
	}
	return nil
}

func (in *installer) globalValues(ctx context.Context, name string) ([]choice, error) {
	c, ok, err := in.actor.Component(ctx, "GlobalValueSet", name)
	if err != nil || !ok {
		return nil, err
	}
	body, _ := c.File(".globalValueSet")
	e, err := tree(body)
	if err != nil {
		return nil, err
	}
	return choicesOf(e)
}

func choicesOf(e *element) ([]choice, error) {
	var x struct {
		Values []choice `xml:"customValue"`
	}
	err := decode(e, &x)
	return x.Values, err
}

// valueSet gives fields that use a global value set its values.
func (in *installer) valueSet(ctx context.Context, p part, e *element) (crm.RecordID, error) {
	choices, err := choicesOf(e)
	if err != nil {
		return "", err
	}
	var values []crm.PicklistValue
	for _, c := range choices {
		values = append(values, crm.PicklistValue{Value: c.Name, Label: c.Label, Default: c.Default})
	}
	for _, o := range in.actor.Objects() {
		changed := false
		fields := slices.Clone(o.Fields)
		for i, f := range fields {
			if f.ValueSet == p.fullName {
				fields[i].Values, changed = values, true
			}
		}
		if changed {
			o.Fields = fields
			if err := in.actor.PutObject(ctx, o); err != nil {
				return "", err
			}
		}
	}
	return "", nil
}
