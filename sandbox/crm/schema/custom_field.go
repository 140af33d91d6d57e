package schema

import (
	"slices"
	"strings"
)

// CustomField is a field as who makes or changes it describes it, in the words of the Metadata API.
type CustomField struct {
	Name, Label, Type                     string // Type is the Metadata API's: Text, Lookup, MasterDetail, …
	Length, VisibleLines                  int    // 0 if not said
	Precision, Scale                      *int   // nil if not said
	Required, Unique, ExternalID          bool
	CaseSensitive                         bool   // of a unique text: capital and small letters count
	Default                               string // a formula; "" if not said
	Format                                string // of an auto-number
	Help                                  string
	ReferenceTo, Relationship, ChildLabel string // of a Lookup or MasterDetail: the object, and what its records call these
	Values                                []PicklistValue
	Restricted                            bool
	ValueSet, Controller                  string
}

// fieldTypes are the Metadata API's types: the REST API's word, and the length of a type that does not say.
var fieldTypes = map[string]struct {
	api    string
	length int
}{
	"Text": {"string", 0}, "TextArea": {"textarea", 255}, "LongTextArea": {"textarea", 0}, "Html": {"textarea", 0},
	"Checkbox": {"boolean", 0}, "Number": {"double", 0}, "Currency": {"currency", 0}, "Percent": {"percent", 0},
	"Date": {"date", 0}, "DateTime": {"datetime", 0}, "Picklist": {"picklist", 255}, "MultiselectPicklist": {"multipicklist", 4099},
	"Lookup": {"reference", 18}, "MasterDetail": {"reference", 18}, "AutoNumber": {"string", 30},
	"Phone": {"phone", 40}, "Email": {"email", 80}, "Url": {"url", 255},
}

// Field checks the description, whatever door it came by, and says what the field is to the org. The error is in the
// platform's words. Source: Metadata API developer guide, CustomField.
func (d CustomField) Field(schema Schema, object string) (Field, error) {
	if err := d.check(object); err != nil {
		return Field{}, err
	}
	kind := fieldTypes[d.Type]
	f := Field{
		Name: d.Name, Label: d.Label, Type: kind.api, Length: d.Length, Custom: true, Help: d.Help,
		Required: d.Required || d.Type == "MasterDetail", Unique: d.Unique, ExternalID: d.ExternalID,
		CaseSensitive: d.CaseSensitive,
		Values:        d.Values, Restricted: d.Restricted, ValueSet: d.ValueSet, Controller: d.Controller,
	}
	if d.Precision != nil && d.Scale != nil {
		f.Precision, f.Scale = *d.Precision, *d.Scale
	}
	if f.Length == 0 {
		f.Length = kind.length
	}
	if d.Type == "AutoNumber" {
		f.ReadOnly, f.AutoNumber = true, d.Format
	}
	if f.Type == "reference" {
		if _, ok := schema.Object(d.ReferenceTo); !ok {
			return f, errField("referenceTo value of '%s' does not resolve to a valid sObject type", d.ReferenceTo)
		}
		f.References, f.Relationship = []string{d.ReferenceTo}, strings.TrimSuffix(d.Name, "__c")+"__r"
		f.ChildRelationship, f.ChildLabel = d.Relationship, d.ChildLabel
		f.Cascade, f.CreateOnly = d.Type == "MasterDetail", d.Type == "MasterDetail"
	}
	var err error
	f.Default, err = d.standard(f.Type)
	return f, err
}

func (d CustomField) check(object string) error {
	if err := d.checkName(object); err != nil {
		return err
	}
	if err := d.checkType(); err != nil {
		return err
	}
	return d.checkValues()
}

func errField(format string, args ...any) *Error {
	return Fail(400, "FIELD_INTEGRITY_EXCEPTION", format, args...)
}

const (
	maxFieldName  = 40
	maxFieldLabel = 40 // in characters
	nameLetters   = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	nameRest      = "0123456789_"
)

func (d CustomField) checkName(object string) error {
	name, short := object+"."+d.Name, strings.TrimSuffix(d.Name, "__c")
	switch {
	case short == d.Name:
		return errField("%s: the name of a custom field must end in __c", name)
	case len(short) > maxFieldName, strings.Trim(short, nameLetters+nameRest) != "", strings.Contains(short, "__"),
		short == "", strings.ContainsRune(nameRest, rune(short[0])), strings.HasSuffix(short, "_"):
		return errField("%s: The Field Name can only contain underscores and alphanumeric characters. It must be unique, "+
			"begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.", name)
	case fieldTypes[d.Type].api == "":
		return errField("Could not resolve field type: %s", d.Type)
	case d.Label == "":
		return errField("Required field is missing: label")
	case len([]rune(d.Label)) > maxFieldLabel:
		return errField("Label: data value too large: %s (max length=40)", d.Label)
	}
	return nil
}

// checkType wants of a field what its type asks for.
func (d CustomField) checkType() error {
	is := func(types ...string) bool { return slices.Contains(types, d.Type) }
	switch {
	case is("Text") && (d.Length < 1 || d.Length > 255):
		return errField("Text Length must be between 1 and 255")
	case is("LongTextArea") && (d.Length < 256 || d.Length > 131072):
		return errField("Long text area length must be between 256 and 131072")
	case is("LongTextArea") && d.VisibleLines < 2:
		return errField("visibleLines must be between 2 and 50")
	case is("Checkbox") && d.Default == "":
		return errField("Must specify a defaultValue for a checkbox field")
	case is("Number", "Currency", "Percent") && (d.Precision == nil || d.Scale == nil):
		return errField("Can not specify 'precision' or 'scale' of null for a CustomField of type %s", d.Type)
	case is("Lookup", "MasterDetail") && d.Relationship == "":
		return errField("Must specify 'relationshipName' for a CustomField of type %s", d.Type)
	case is("MasterDetail", "Checkbox", "LongTextArea") && d.Required:
		return errField("Can not specify 'required' for a CustomField of type %s", d.Type)
	case is("AutoNumber") && !strings.Contains(d.Format, "{0"):
		return errField("Must specify 'displayFormat' for a CustomField of type AutoNumber")
	}
	return nil
}

func (d CustomField) checkValues() error {
	if !strings.HasSuffix(fieldTypes[d.Type].api, "picklist") {
		return nil
	}
	if len(d.Values) == 0 {
		return errField("Must specify a valueSet for a CustomField of type %s", d.Type)
	}
	seen := map[string]bool{}
	for _, v := range d.Values {
		if seen[strings.ToLower(v.Value)] {
			return errField("Duplicate label: %s", v.Value)
		}
		seen[strings.ToLower(v.Value)] = true
	}
	return nil
}

// standard is the value of a record that does not say: nil for none. kind is the REST API's word for the field's type.
func (d CustomField) standard(kind string) (any, error) {
	switch kind {
	case "boolean":
		return d.Default == "true", nil
	case "picklist", "multipicklist":
		for _, v := range slices.Backward(d.Values) {
			if v.Default {
				return v.Value, nil
			}
		}
	case "string", "url", "email", "phone", "textarea":
		if d.Default == "" {
			return nil, nil
		}
		text, ok := literal(d.Default)
		if !ok {
			return nil, errField("Field %s: a defaultValue that is a formula is not supported here; give a text in quotes", d.Name)
		}
		return text, nil
	}
	return nil, nil
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
