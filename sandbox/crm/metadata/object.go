package metadata

import (
	"context"
	"encoding/xml"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

type objectXML struct {
	Label     string `xml:"label"`
	Plural    string `xml:"pluralLabel"`
	Setting   string `xml:"customSettingsType"`
	Search    *bool  `xml:"enableSearch"`
	NameField struct {
		Label  string `xml:"label"`
		Type   string `xml:"type"`
		Format string `xml:"displayFormat"`
	} `xml:"nameField"`
	Fields    []fieldXML `xml:"fields"`
	ListViews []viewXML  `xml:"listViews"`
}

type viewXML struct {
	Name  string `xml:"fullName"`
	Inner string `xml:",innerxml"`
}

type fieldXML struct {
	Name         string `xml:"fullName"`
	Label        string `xml:"label"`
	Type         string `xml:"type"`
	Length       int    `xml:"length"`
	Precision    int    `xml:"precision"`
	Scale        int    `xml:"scale"`
	Required     bool   `xml:"required"`
	Unique       bool   `xml:"unique"`
	ExternalID   bool   `xml:"externalId"`
	Default      string `xml:"defaultValue"`
	Help         string `xml:"inlineHelpText"`
	ReferenceTo  string `xml:"referenceTo"`
	Relationship string `xml:"relationshipName"`
	ValueSet     struct {
		Restricted bool `xml:"restricted"`
		Values     []struct {
			Name    string `xml:"fullName"`
			Label   string `xml:"label"`
			Default bool   `xml:"default"`
		} `xml:"valueSetDefinition>value"`
	} `xml:"valueSet"`
}

// fieldTypes maps the metadata's words to the REST API's.
var fieldTypes = map[string]string{
	"Text": "string", "TextArea": "textarea", "LongTextArea": "textarea", "Html": "textarea", "Checkbox": "boolean", "Number": "double", "Currency": "currency", "Percent": "percent",
	"Date": "date", "DateTime": "datetime", "Picklist": "picklist", "Lookup": "reference", "MasterDetail": "reference", "Phone": "phone", "Email": "email", "Url": "url", "AutoNumber": "string",
}

// lengths are those of types that do not say.
var lengths = map[string]int{"TextArea": 255, "Picklist": 255, "Phone": 40, "Email": 80, "Url": 255, "Lookup": 18, "MasterDetail": 18, "AutoNumber": 30}

// object adds a custom object, or fields to any object; fields of standard objects come in a file of the object's name too.
func (in *installer) object(ctx context.Context, p part) error {
	var x objectXML
	if err := xml.Unmarshal(p.description(), &x); err != nil {
		return &problem{err.Error(), line(err)}
	}
	o, exists := in.actor.Object(p.fullName)
	custom := strings.HasSuffix(p.fullName, "__c")
	switch {
	case !exists && !custom:
		return bad("Entity of type 'CustomObject' named '%s' cannot be found", p.fullName)
	case !exists && x.Label == "":
		return bad("Required field is missing: label")
	case !exists && x.Setting == "" && x.NameField.Label == "":
		return bad("Must specify a nameField of type Text or AutoNumber")
	}
	next := crm.Object{Name: p.fullName, Label: x.Label, Plural: x.Plural, Custom: true, Setting: x.Setting, Searchable: x.Search == nil || *x.Search}
	if exists {
		next = o
		next.Fields = nil
		if x.Label != "" && custom {
			next.Label, next.Plural = x.Label, x.Plural
		}
	}
	if next.Plural == "" {
		next.Plural = next.Label
	}
	if !exists && x.Setting == "" {
		name := crm.Field{Name: "Name", Label: x.NameField.Label, Type: "string", Length: 80, NameField: true, Required: x.NameField.Type != "AutoNumber"}
		if x.NameField.Type == "AutoNumber" {
			name.ReadOnly, name.AutoNumber = true, x.NameField.Format
		}
		next.Fields = append(next.Fields, name)
	}
	for _, f := range x.Fields {
		field, err := in.field(p.fullName, f)
		if err != nil {
			return err
		}
		if field.Cascade {
			next.ControlledBy = field.Name
		}
		next.Fields = append(next.Fields, field)
	}
	if err := in.actor.PutObject(ctx, next); err != nil {
		return err
	}
	for _, v := range x.ListViews {
		body := "<ListView>" + v.Inner + "</ListView>"
		c := crm.Component{Type: "ListView", FullName: p.fullName + "." + v.Name, Files: map[string][]byte{v.Name + ".listView": []byte(body)}}
		if err := in.actor.PutComponent(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (in *installer) field(object string, x fieldXML) (crm.Field, error) {
	kind, known := fieldTypes[x.Type]
	switch {
	case !strings.HasSuffix(x.Name, "__c"):
		return crm.Field{}, bad("%s.%s: the name of a custom field must end in __c", object, x.Name)
	case !known:
		return crm.Field{}, bad("%s.%s: Could not resolve field type: %s", object, x.Name, x.Type)
	case x.Type == "Text" && (x.Length < 1 || x.Length > 255):
		return crm.Field{}, bad("%s.%s: Text Length must be between 1 and 255", object, x.Name)
	case x.Type == "LongTextArea" && (x.Length < 256 || x.Length > 131072):
		return crm.Field{}, bad("%s.%s: Long text area length must be between 256 and 131072", object, x.Name)
	}
	f := crm.Field{
		Name: x.Name, Label: x.Label, Type: kind, Length: x.Length, Precision: x.Precision, Scale: x.Scale, Required: x.Required || x.Type == "MasterDetail", Unique: x.Unique,
		ExternalID: x.ExternalID, Custom: true, Help: x.Help, Restricted: x.ValueSet.Restricted,
	}
	if f.Length == 0 {
		f.Length = lengths[x.Type]
	}
	for _, v := range x.ValueSet.Values {
		if f.Values = append(f.Values, crm.PicklistValue{Value: v.Name, Label: v.Label, Default: v.Default}); v.Default {
			f.Default = v.Name
		}
	}
	switch {
	case kind == "boolean":
		f.Default = x.Default == "true"
	case kind == "reference":
		if _, ok := in.actor.Object(x.ReferenceTo); !ok {
			return crm.Field{}, bad("%s.%s: referenceTo value of '%s' does not resolve to a valid sObject type", object, x.Name, x.ReferenceTo)
		}
		f.References, f.Relationship, f.ChildRelationship = []string{x.ReferenceTo}, strings.TrimSuffix(x.Name, "__c")+"__r", x.Relationship
		f.Cascade, f.CreateOnly = x.Type == "MasterDetail", x.Type == "MasterDetail"
	}
	return f, nil
}
