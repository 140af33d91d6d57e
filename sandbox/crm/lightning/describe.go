package lightning

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// shownAs is an object's layout: as delivered, as deployed, or all its fields in two columns.
func (s *server) shownAs(ctx context.Context, o object) (layout, error) {
	if l, ok := delivered(o.Name); ok {
		return l, nil
	}
	l, err := s.deployedLayout(ctx, o.Name)
	if err != nil {
		return layout{}, err
	}
	if len(l.sections) == 0 {
		l.sections = []section{plainSection(o)}
	}
	l.sections = append(l.sections, systemInformation)
	l.icon = s.iconOf(ctx, o.Name)
	l.columns = s.columnsOf(ctx, o, l)
	l.highlights = slices.DeleteFunc(slices.Clone(l.columns), func(name string) bool { return name == nameField(o.Name) })
	return l, nil
}

// deployedLayout reads the first layout that was deployed for an object; layouts are named "Object-Layout Name".
func (s *server) deployedLayout(ctx context.Context, object string) (layout, error) {
	names, err := s.deployed(ctx, "Layout")
	if err != nil {
		return layout{}, err
	}
	slices.Sort(names)
	prefix := object + "-"
	for _, name := range names {
		if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
			continue
		}
		source, err := s.source(ctx, "Layout", name)
		if err != nil || source == nil {
			return layout{}, err
		}
		l, err := layoutOf(source)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed layout not readable", "layout", name, "err", err)
			return layout{}, nil
		}
		return l, nil
	}
	return layout{}, nil
}

func plainSection(o object) section {
	columns := [][]string{{}, {}}
	for i, f := range o.Fields {
		columns[i%2] = append(columns[i%2], f.Name)
	}
	return section{Label: "Information", Columns: columns}
}

// columnsOf are those of the deployed list view All, else the name and the first fields of the page.
func (s *server) columnsOf(ctx context.Context, o object, l layout) []string {
	if source, err := s.source(ctx, "ListView", o.Name+".All"); err == nil && source != nil {
		if view, err := parse[listViewXML](source); err == nil && len(view.Columns) > 0 {
			for i, name := range view.Columns {
				view.Columns[i] = columnName(name)
			}
			return view.Columns
		}
	}
	columns := []string{nameField(o.Name)}
	for _, column := range l.sections[0].Columns {
		for _, name := range column {
			if len(columns) < 5 && !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
	}
	return columns
}

// iconOf is that of the object's tab.
func (s *server) iconOf(ctx context.Context, object string) string {
	if l, ok := delivered(object); ok {
		return l.icon
	}
	if source, err := s.source(ctx, "CustomTab", object); err == nil && source != nil {
		if tab, err := parse[tabXML](source); err == nil {
			return tab.icon()
		}
	}
	return "standard:record"
}

// object is what the user may see of an object.
type object struct{ records.Described }

// isCustom says whether it is an object of its own, made for this org; custom settings are none.
func (o object) isCustom() bool { return o.Custom && o.Setting == "" }

// field finds a field that the user may see by its exact name.
func (o object) field(name string) (schema.Field, bool) {
	at := slices.IndexFunc(o.Fields, func(f schema.Field) bool { return f.Name == name })
	if at < 0 {
		return schema.Field{}, false
	}
	return o.Fields[at], true
}

// visible keeps the fields that the object has and the user may see.
func (o object) visible(names []string) []string {
	kept := []string{}
	for _, name := range names {
		if _, ok := o.field(name); ok {
			kept = append(kept, name)
		}
	}
	return kept
}

func (o object) columns(names []string) []columnOut {
	out := []columnOut{}
	for _, name := range o.visible(names) {
		f, _ := o.field(name)
		out = append(out, columnOut{Name: f.Name, Label: labelOf(o, f), Type: f.Type})
	}
	return out
}

// labels are those that pages show instead of the describe's.
var labels = map[string]string{
	"Account.Phone": "Phone", "Account.Fax": "Fax", "Account.Type": "Type", "Account.Description": "Description",
	"Contact.Phone": "Phone", "Contact.Fax": "Fax", "Contact.MobilePhone": "Mobile", "Contact.Description": "Description",
	"Contact.Name": "Name", "Lead.Name": "Name", "User.Name": "Name",
	"Contact.AccountId": "Account Name", "Case.AccountId": "Account Name", "Case.ContactId": "Contact Name",
	"Task.OwnerId": "Assigned To", "Task.ActivityDate": "Due Date", "Task.WhoId": "Name", "Task.WhatId": "Related To",
}

// labelOf is what a page calls a field: "Account ID" is shown as "Account", an owner as "Contact Owner".
func labelOf(o object, f schema.Field) string {
	if label, ok := labels[o.Name+"."+f.Name]; ok {
		return label
	}
	if f.Name == "OwnerId" {
		return o.Label + " Owner"
	}
	if f.Type == "reference" {
		return strings.TrimSuffix(f.Label, " ID")
	}
	return f.Label
}

func describeOut(o object, l layout) objectOut {
	out := objectOut{
		Name: o.Name, Label: o.Label, Plural: o.Plural, Icon: l.icon, NameField: nameField(o.Name),
		Createable: o.Createable, Updateable: o.Updateable, Deletable: o.Deletable,
		Fields: map[string]fieldOut{}, Sections: []section{}, Highlights: o.visible(l.highlights),
	}
	for _, f := range o.Fields {
		may := o.Editable[f.Name] && f.AutoNumber == ""
		field := fieldOut{
			Name: f.Name, Label: labelOf(o, f), Type: f.Type, Length: f.Length, Required: f.Required && f.AutoNumber == "",
			Createable: may && o.Createable, Updateable: may && o.Updateable && !f.CreateOnly, Picklist: []picklistOut{}, ReferenceTo: f.References,
			Filterable: filterable(f), Help: f.Help,
		}
		field.Checked, _ = f.Default.(bool)
		field.Required = field.Required || slices.Contains(l.required, f.Name)
		if slices.Contains(l.readOnly, f.Name) {
			field.Createable, field.Updateable = false, false
		}
		if field.ReferenceTo == nil {
			field.ReferenceTo = []string{}
		}
		for _, v := range f.Values {
			field.Picklist = append(field.Picklist, picklistOut{v.Value, v.Label, v.Default})
		}
		out.Fields[f.Name] = field
	}
	for _, part := range l.sections {
		shown := section{Label: part.Label, Columns: [][]string{}}
		for _, column := range part.Columns {
			shown.Columns = append(shown.Columns, o.visible(column))
		}
		out.Sections = append(out.Sections, shown)
	}
	return out
}

func (s *server) object(ctx context.Context, r asked) (objectOut, error) {
	o, err := addressed(r)
	if err != nil {
		return objectOut{}, err
	}
	l, err := s.shownAs(ctx, o)
	if err != nil {
		return objectOut{}, err
	}
	return describeOut(o, l), nil
}
