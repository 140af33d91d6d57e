package metadata

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func customObject() kind {
	return kind{
		name: objectKind, folder: "objects", suffix: ".object", turn: objectTurn, fixed: true,
		label: "custom object", section: "Custom Objects",
		together: (*installer).objects, there: (*installer).objectThere, remove: (*installer).removeObject,
	}
}

const (
	objectKind = "CustomObject"
	objectTurn = 1
)

// opened is an object's file of a deployment, taken apart.
type opened struct {
	part
	root   *element
	object schema.Object // as it will be
	failed bool
}

// objects puts custom objects in, and fields of any objects: first the objects with their own fields, then what refers to other
// objects, then list views and the like.
func (in *installer) objects(ctx context.Context, parts []part) error {
	all := make([]*opened, len(parts))
	for i, p := range parts {
		o := &opened{part: p}
		all[i] = o
		failures := in.deployment.now().Errors
		if err := in.head(ctx, o); err != nil {
			return err
		}
		o.failed = in.deployment.now().Errors > failures && o.object.Name == ""
	}
	for _, relations := range []bool{false, true} {
		for _, o := range all {
			if !o.failed {
				if err := in.fields(ctx, o, relations); err != nil {
					return err
				}
			}
		}
	}
	for _, o := range all {
		if o.failed {
			continue
		}
		if err := in.inside(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// head creates or changes the object itself. A file that brings only children leaves it as it is.
func (in *installer) head(ctx context.Context, o *opened) error {
	m := message{FullName: o.fullName, FileName: o.file, ComponentType: objectKind}
	silent := false
	install := func(m *message) error {
		e, err := o.read()
		if err != nil {
			return err
		}
		var tags []string
		for _, c := range o.kind.children() {
			tags = append(tags, c.element)
		}
		o.root = e
		head := e.without(tags...)
		have, exists := in.actor.Object(o.fullName)
		if len(head.kids) == 0 && exists && !in.manifest.lists(objectKind, o.fullName) {
			o.object, silent = have, true
			return nil
		}
		next, err := in.definition(o.fullName, e, have, exists)
		if err != nil {
			return err
		}
		if err := in.actor.PutObject(ctx, next); err != nil {
			return err
		}
		o.object, _ = in.actor.Object(o.fullName)
		files := map[string][]byte{o.file: head.file()}
		return in.keep(ctx, records.Component{Type: objectKind, FullName: o.fullName, ModifiedBy: in.by, Files: files}, m)
	}
	var told message
	err := in.actor.Try(ctx, func() error { told = m; return install(&told) })
	if silent && err == nil {
		return nil
	}
	return in.one(ctx, m, func(out *message) error { *out = told; out.Success = true; return err })
}

// definition is the object as a file describes it, over what there is.
func (in *installer) definition(name string, e *element, have schema.Object, exists bool) (schema.Object, error) {
	custom := strings.HasSuffix(name, "__c")
	setting := e.get("customSettingsType")
	var title *element
	for _, k := range e.kids {
		if k.name == "nameField" {
			title = k
		}
	}
	switch {
	case !exists && !custom:
		return have, bad(e, "Entity of type 'CustomObject' named '%s' cannot be found", name)
	case !exists && e.get("label") == "":
		return have, bad(e, "Required field is missing: label")
	case !exists && setting == "" && title == nil:
		return have, bad(e, "Must specify a nameField of type Text or AutoNumber")
	case !exists && setting == "" && e.get("sharingModel") == "":
		return have, bad(e, "Required field is missing: sharingModel")
	case e.get("sharingModel") != "" &&
		!slices.Contains([]string{schema.ReadWrite, schema.ReadOnly, schema.Private, schema.ByParent}, e.get("sharingModel")):
		return have, bad(e, "'%s' is not a valid value for the enum 'SharingModel'", e.get("sharingModel"))
	}
	next := have
	if !exists {
		search := e.get("enableSearch")
		next = schema.Object{Name: name, Custom: true, Setting: setting, Searchable: search == "" || search == "true"}
	}
	if custom && e.get("label") != "" {
		next.Label, next.Plural = e.get("label"), e.get("pluralLabel")
	}
	if next.Plural == "" {
		next.Plural = next.Label
	}
	if custom && e.get("description") != "" {
		next.Description = e.get("description")
	}
	if custom && e.get("sharingModel") != "" {
		next.Sharing = e.get("sharingModel")
	}
	if !exists && setting == "" {
		field := schema.Field{Name: "Name", Label: title.get("label"), Type: "string", Length: 80, NameField: true,
			Required: title.get("type") != "AutoNumber"}
		if title.get("type") == "AutoNumber" {
			field.ReadOnly, field.AutoNumber = true, title.get("displayFormat")
		}
		next.Fields = append(next.Fields, field)
		for _, k := range e.kids {
			if k.name == "fields" && k.get("type") == "MasterDetail" {
				next.ControlledBy = k.get("fullName")
			}
		}
	}
	return next, nil
}

// inside keeps the children that are no fields.
func (in *installer) inside(ctx context.Context, o *opened) error {
	for _, c := range o.kind.children() {
		if c.name == customFieldKind {
			continue
		}
		for _, k := range o.root.Kids(c.element) {
			name := o.fullName + "." + k.get("fullName")
			m := message{FullName: name, FileName: o.file, ComponentType: c.name}
			err := in.one(ctx, m, func(out *message) error {
				if k.get("fullName") == "" {
					return bad(k, "Required field is missing: fullName")
				}
				if c.references != nil {
					if err := c.references(in, ctx, name, k); err != nil {
						return err
					}
				}
				return in.keepChild(ctx, c, name, k, out)
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *installer) keepChild(ctx context.Context, k kind, fullName string, e *element, m *message) error {
	_, short, _ := strings.Cut(fullName, ".")
	files := map[string][]byte{k.childFile(fullName): e.named(k.name, short).file()}
	return in.keep(ctx, records.Component{Type: k.name, FullName: fullName, ModifiedBy: in.by, Files: files}, m)
}

// objectThere finds an object in the schema: a standard one has no file.
func (in *installer) objectThere(_ context.Context, name string) (string, error) {
	o, _ := in.actor.Object(name)
	return o.Name, nil
}

// removeObject takes its records, rights, tab, layouts and children away too, and what refers to it, if that goes as
// well.
func (in *installer) removeObject(ctx context.Context, name string, gone manifest) error {
	o, ok := in.actor.Object(name)
	switch {
	case !ok:
		return nil
	case !o.Custom:
		return &problem{fmt.Sprintf("Cannot delete standard object: %s", name), 1, 1}
	}
	for _, child := range in.actor.Children(o.Name) {
		field := child.Object + "." + child.Field
		if child.Object != o.Name && !gone.lists(objectKind, child.Object) && !gone.lists(customFieldKind, field) {
			return &problem{fmt.Sprintf("This custom object is referenced elsewhere in salesforce.com. "+
				"Remove the usage and try again. : %s", field), 1, 1}
		}
	}
	for _, of := range []struct{ object, field string }{
		{"ObjectPermissions", "SobjectType"}, {"FieldPermissions", "SobjectType"}, {"PermissionSetTabSetting", "Name"},
		{"SetupEntityAccess", "SetupEntityId"},
	} {
		if err := in.clear(ctx, of.object, of.field, o.Name); err != nil {
			return err
		}
	}
	if err := in.dropInside(ctx, o.Name); err != nil {
		return err
	}
	for _, child := range in.actor.Children(o.Name) {
		field := child.Object + "." + child.Field
		if child.Object == o.Name {
			continue
		}
		if err := in.removeField(ctx, field, gone); err != nil {
			return err
		}
		if err := in.actor.DropComponent(ctx, customFieldKind, field); err != nil {
			return err
		}
	}
	return in.actor.DropObject(ctx, o.Name)
}

// dropInside forgets the files of what goes with an object.
func (in *installer) dropInside(ctx context.Context, object string) error {
	all, err := in.actor.Components(ctx, "")
	if err != nil {
		return err
	}
	for _, c := range all {
		k, _ := kindNamed(c.Type)
		child := k.parent == objectKind && strings.HasPrefix(c.FullName, object+".")
		layout := c.Type == "Layout" && strings.HasPrefix(c.FullName, object+"-")
		if child || layout || c.Type == tabKind && c.FullName == object {
			if err := in.actor.DropComponent(ctx, c.Type, c.FullName); err != nil {
				return err
			}
		}
	}
	return nil
}
