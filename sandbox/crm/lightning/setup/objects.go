package setup

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

func (s *server) objectRoutes() []route {
	return []route{
		{"GET /objects", crm.ViewSetup, read(s.objects)},
		{"GET /objects/{object}", crm.ViewSetup, read(s.object)},
		{"POST /objects/{object}/fields", crm.CustomizeApplication, write(s, createField)},
	}
}

type objectRowOut struct {
	Name        string `json:"name"`
	Label       string `json:"label"`
	Plural      string `json:"plural"`
	Kind        string `json:"kind"` // Standard Object, Custom Object, Custom Setting
	Description string `json:"description"`
	Modified    string `json:"modified"`
}

type objectsOut struct {
	Objects []objectRowOut `json:"objects"`
}

func (s *server) objectRow(ctx context.Context, o crm.Object) (objectRowOut, error) {
	out := objectRowOut{Name: o.Name, Label: o.Label, Plural: o.Plural, Kind: "Standard Object", Description: o.Description}
	switch {
	case o.Setting != "":
		out.Kind = "Custom Setting"
	case o.Custom:
		out.Kind = "Custom Object"
	}
	c, found, err := s.cfg.Org.Component(ctx, "CustomObject", o.Name)
	if found {
		out.Modified = c.Modified.UTC().Format(crm.DateTime)
	}
	return out, err
}

func (s *server) objects(ctx context.Context, _ asked) (objectsOut, error) {
	out := objectsOut{Objects: []objectRowOut{}}
	for _, o := range s.cfg.Org.Schema().Objects() {
		if o.Setup && o.Name != "User" || o.Setting != "" {
			continue
		}
		row, err := s.objectRow(ctx, o)
		if err != nil {
			return out, err
		}
		out.Objects = append(out.Objects, row)
	}
	return out, nil
}

type fieldRowOut struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Type    string   `json:"type"` // as people read it: Text(80)
	Custom  bool     `json:"custom"`
	Indexed bool     `json:"indexed"`
	Help    string   `json:"help"`
	Values  []string `json:"values"`
}

type objectPageOut struct {
	objectRowOut
	KeyPrefix string        `json:"keyPrefix"`
	Search    bool          `json:"search"`
	Fields    []fieldRowOut `json:"fields"`
	Layouts   []layoutOut   `json:"layouts"`
}

// layoutOut is a page layout; its fields are told by name.
type layoutOut struct {
	Name     string              `json:"name"`
	Sections []lightning.Section `json:"sections"`
}

func (s *server) object(ctx context.Context, r asked) (objectPageOut, error) {
	out := objectPageOut{Fields: []fieldRowOut{}, Layouts: []layoutOut{}}
	o, ok := s.cfg.Org.Schema().Object(r.PathValue("object"))
	if !ok {
		return out, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The object isn't available; it may have been deleted.")
	}
	var err error
	if out.objectRowOut, err = s.objectRow(ctx, o); err != nil {
		return out, err
	}
	out.KeyPrefix, out.Search = o.KeyPrefix, o.Searchable
	for _, f := range o.Fields {
		row := fieldRowOut{f.Name, f.Label, typeName(f), f.Custom, f.Unique || f.ExternalID || f.Type == "reference" || f.NameField || f.Type == "id", f.Help, []string{}}
		for _, v := range f.Values {
			row.Values = append(row.Values, v.Label)
		}
		out.Fields = append(out.Fields, row)
	}
	layouts, err := s.cfg.Org.Components(ctx, "Layout")
	for _, l := range layouts {
		if name, own := strings.CutPrefix(l.FullName, o.Name+"-"); own {
			out.Layouts = append(out.Layouts, s.layout(ctx, name, l))
		}
	}
	return out, err
}

// layout reads a deployed layout; one whose file says nothing of sections has none.
func (s *server) layout(ctx context.Context, name string, c crm.Component) layoutOut {
	out := layoutOut{Name: name, Sections: []lightning.Section{}}
	for file, body := range c.Files {
		sections, err := lightning.LayoutSections(body)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "layout not readable", "file", file, "err", err)
			continue
		}
		out.Sections = append(out.Sections, sections...)
	}
	return out
}

// typeName is a field's type as Setup writes it.
func typeName(f crm.Field) string {
	switch f.Type {
	case "string":
		if f.AutoNumber != "" {
			return "Auto Number"
		}
		return fmt.Sprintf("Text(%d)", f.Length)
	case "textarea":
		if f.Length > 255 {
			return fmt.Sprintf("Long Text Area(%d)", f.Length)
		}
		return fmt.Sprintf("Text Area(%d)", f.Length)
	case "reference":
		kind := "Lookup"
		if f.Cascade {
			kind = "Master-Detail"
		}
		return kind + "(" + strings.Join(f.References, ",") + ")"
	case "double":
		return fmt.Sprintf("Number(%d, %d)", f.Precision-f.Scale, f.Scale)
	}
	names := map[string]string{"id": "Record ID", "boolean": "Checkbox", "picklist": "Picklist", "multipicklist": "Picklist (Multi-Select)", "int": "Number", "currency": "Currency", "percent": "Percent",
		"date": "Date", "datetime": "Date/Time", "phone": "Phone", "email": "Email", "url": "URL(" + fmt.Sprint(f.Length) + ")"}
	if name, known := names[f.Type]; known {
		return name
	}
	return f.Type
}

type fieldIn struct {
	Type        string   `json:"type"` // the metadata's word
	Label       string   `json:"label"`
	Name        string   `json:"name"` // without __c
	Help        string   `json:"help"`
	Length      int      `json:"length"`
	Digits      int      `json:"digits"`   // before the point
	Decimals    int      `json:"decimals"` // after it
	Required    bool     `json:"required"`
	Unique      bool     `json:"unique"`
	ExternalID  bool     `json:"externalId"`
	Checked     bool     `json:"checked"` // a check box's default
	Values      []string `json:"values"`
	ReferenceTo string   `json:"referenceTo"`
	Sets        []string `json:"sets"` // permission sets that may read and edit the field
}

// fieldKinds maps the metadata's types that the wizard makes to the API's, with the length of those that do not ask.
var fieldKinds = map[string]struct {
	api    string
	length int
}{
	"Text": {"string", 0}, "TextArea": {"textarea", 255}, "LongTextArea": {"textarea", 0}, "Checkbox": {"boolean", 0}, "Number": {"double", 0}, "Currency": {"currency", 0}, "Percent": {"percent", 0},
	"Date": {"date", 0}, "DateTime": {"datetime", 0}, "Picklist": {"picklist", 255}, "Phone": {"phone", 40}, "Email": {"email", 80}, "Url": {"url", 255}, "Lookup": {"reference", 18},
}

// customFieldXML is the field as the Metadata API gives it back.
type customFieldXML struct {
	XMLName      xml.Name   `xml:"http://soap.sforce.com/2006/04/metadata CustomField"`
	Name         string     `xml:"fullName"`
	Default      string     `xml:"defaultValue,omitempty"`
	ExternalID   bool       `xml:"externalId,omitempty"`
	Help         string     `xml:"inlineHelpText,omitempty"`
	Label        string     `xml:"label"`
	Length       int        `xml:"length,omitempty"`
	Precision    int        `xml:"precision,omitempty"`
	ReferenceTo  string     `xml:"referenceTo,omitempty"`
	Relationship string     `xml:"relationshipName,omitempty"`
	Required     bool       `xml:"required,omitempty"`
	Scale        *int       `xml:"scale,omitempty"`
	Type         string     `xml:"type"`
	Unique       bool       `xml:"unique,omitempty"`
	Values       []valueXML `xml:"valueSet>valueSetDefinition>value,omitempty"`
	Lines        int        `xml:"visibleLines,omitempty"`
}

type valueXML struct {
	Name    string `xml:"fullName"`
	Default bool   `xml:"default"`
	Label   string `xml:"label"`
}

func (in fieldIn) check(a *crm.Actor, o crm.Object) error {
	var w wrong
	kind, known := fieldKinds[in.Type]
	if !known {
		w.field("type", "You must select a data type.")
	}
	w.required("label", in.Label)
	checkLength(&w, "label", "Field Label", in.Label, 40)
	checkName(&w, "name", "Field Name", in.Name)
	if len(in.Name) > 40 {
		w.field("name", "Field Name: data value too large (max length=40)")
	}
	if _, taken := o.Field(in.Name + "__c"); taken {
		w.field("name", "There is already a field named %s on %s.", in.Name, o.Label)
	}
	switch {
	case in.Type == "Text" && (in.Length < 1 || in.Length > 255):
		w.field("length", "Length must be between 1 and 255.")
	case in.Type == "LongTextArea" && (in.Length < 256 || in.Length > 131072):
		w.field("length", "Length must be between 256 and 131,072.")
	case slices.Contains([]string{"double", "currency", "percent"}, kind.api) && (in.Digits < 1 || in.Decimals < 0 || in.Digits+in.Decimals > 18):
		w.field("digits", "The sum of the length and decimal places must be an integer less than or equal to 18.")
	case in.Type == "Picklist" && (len(in.Values) == 0 || len(in.Values) > 1000):
		w.field("values", "You must enter at least one picklist value.")
	}
	seen := map[string]bool{}
	for _, v := range in.Values {
		if key := strings.ToLower(v); seen[key] || len([]rune(v)) > 255 || strings.TrimSpace(v) == "" {
			w.field("values", "Picklist values must be unique, not empty, and at most 255 characters long: %.40s", v)
			break
		} else {
			seen[key] = true
		}
	}
	if in.Type == "Lookup" {
		if to, ok := a.Object(in.ReferenceTo); !ok || to.Setting != "" {
			w.field("referenceTo", "You must select an object.")
		}
	}
	return w.err()
}

func (in fieldIn) field() (crm.Field, customFieldXML) {
	kind := fieldKinds[in.Type]
	name := in.Name + "__c"
	f := crm.Field{Name: name, Label: strings.TrimSpace(in.Label), Type: kind.api, Length: kind.length, Required: in.Required && in.Type != "Checkbox", Unique: in.Unique, ExternalID: in.ExternalID, Custom: true, Help: in.Help}
	x := customFieldXML{Name: name, Label: f.Label, Type: in.Type, Required: f.Required, Unique: in.Unique, ExternalID: in.ExternalID, Help: in.Help}
	switch in.Type {
	case "Text", "LongTextArea":
		f.Length, x.Length = in.Length, in.Length
		if in.Type == "LongTextArea" {
			x.Lines = 3
		}
	case "Number", "Currency", "Percent":
		f.Precision, f.Scale = in.Digits+in.Decimals, in.Decimals
		x.Precision, x.Scale = f.Precision, &f.Scale
	case "Checkbox":
		f.Default, x.Default = in.Checked, fmt.Sprint(in.Checked)
	case "Picklist":
		for _, v := range in.Values {
			v = strings.TrimSpace(v)
			f.Values = append(f.Values, crm.PicklistValue{Value: v, Label: v})
			x.Values = append(x.Values, valueXML{Name: v, Label: v})
		}
	case "Lookup":
		f.References, f.Relationship = []string{in.ReferenceTo}, in.Name+"__r"
		f.ChildRelationship = in.Name + "s"
		x.ReferenceTo, x.Relationship = in.ReferenceTo, f.ChildRelationship
	}
	return f, x
}

func createField(ctx context.Context, a *crm.Actor, r asked, in fieldIn) (none, error) {
	o, ok := a.Object(r.PathValue("object"))
	if !ok || o.Setup && o.Name != "User" {
		return none{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The object isn't available; it may have been deleted.")
	}
	if err := in.check(a, o); err != nil {
		return none{}, err
	}
	f, x := in.field()
	o.Fields = append(slices.Clone(o.Fields), f)
	if err := a.PutObject(ctx, o); err != nil {
		return none{}, err
	}
	body, err := xml.MarshalIndent(x, "", "    ")
	if err != nil {
		return none{}, err
	}
	if err := a.PutComponent(ctx, crm.Component{Type: "CustomField", FullName: o.Name + "." + f.Name, Files: map[string][]byte{f.Name + ".field": append([]byte(xml.Header), body...)}}); err != nil {
		return none{}, err
	}
	if !f.Required {
		for _, set := range in.Sets {
			if _, err := a.Create(ctx, "FieldPermissions", crm.Values{"ParentId": set, "SobjectType": o.Name, "Field": o.Name + "." + f.Name, "PermissionsRead": true, "PermissionsEdit": true}); err != nil {
				return none{}, err
			}
		}
	}
	return none{}, a.Audit(ctx, "createdCF", "Customize "+o.Plural, "Created custom field: %s (%s)", f.Label, typeName(f))
}
