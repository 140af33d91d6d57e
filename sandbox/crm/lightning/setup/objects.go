package setup

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

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
