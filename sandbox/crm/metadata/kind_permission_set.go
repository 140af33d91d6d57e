package metadata

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func permissionSet() kind {
	return kind{
		name: "PermissionSet", folder: "permissionsets", suffix: ".permissionset", turn: 5,
		label: "permission set", section: "Manage Users",
		install: (*installer).installSet, remove: (*installer).removeSet, current: permissionSets,
	}
}

type permissionSetXML struct {
	Label        string              `xml:"label"`
	Description  string              `xml:"description"`
	Objects      []objectAccess      `xml:"objectPermissions"`
	Fields       []fieldAccess       `xml:"fieldPermissions"`
	Pages        []pageAccess        `xml:"pageAccesses"`
	Tabs         []tabAccess         `xml:"tabSettings"`
	System       []access            `xml:"userPermissions"`
	Settings     []access            `xml:"customSettingAccesses"`
	Custom       []access            `xml:"customPermissions"`
	Flows        []flowAccess        `xml:"flowAccesses"`
	Applications []applicationAccess `xml:"applicationVisibilities"`
	Presence     []presenceAccess    `xml:"servicePresenceStatusAccesses"`
}

type objectAccess struct {
	Object    string `xml:"object"`
	Read      bool   `xml:"allowRead"`
	Create    bool   `xml:"allowCreate"`
	Edit      bool   `xml:"allowEdit"`
	Delete    bool   `xml:"allowDelete"`
	ViewAll   bool   `xml:"viewAllRecords"`
	ModifyAll bool   `xml:"modifyAllRecords"`
}

type fieldAccess struct {
	Field    string `xml:"field"`
	Readable bool   `xml:"readable"`
	Editable bool   `xml:"editable"`
}

type pageAccess struct {
	Page    string `xml:"apexPage"`
	Enabled bool   `xml:"enabled"`
}

type tabAccess struct {
	Tab        string `xml:"tab"`
	Visibility string `xml:"visibility"`
}

type flowAccess struct {
	Flow    string `xml:"flow"`
	Enabled bool   `xml:"enabled"`
}

type applicationAccess struct {
	Name    string `xml:"application"`
	Enabled bool   `xml:"visible"`
}

type presenceAccess struct {
	Name    string `xml:"servicePresenceStatus"`
	Enabled bool   `xml:"enabled"`
}

type access struct {
	Name    string `xml:"name"`
	Enabled bool   `xml:"enabled"`
}

// setEntries are the objects whose records are the entries of a permission set.
var setEntries = []string{"ObjectPermissions", "FieldPermissions", "SetupEntityAccess", "PermissionSetTabSetting"}

// installSet writes a set and its entries as the records that they are.
func (in *installer) installSet(ctx context.Context, p part, e *element, c *records.Component) error {
	var x permissionSetXML
	if err := decode(e, &x); err != nil {
		return err
	}
	values := records.Values{"Name": p.fullName, "Label": x.Label, "Description": x.Description}
	for name := range rights.Permissions() {
		values["Permissions"+string(name)] = slices.ContainsFunc(x.System, func(a access) bool { return a.Enabled && a.Name == string(name) })
	}
	var err error
	if c.ID, err = in.put(ctx, p.kind.name, p.fullName, values); err != nil {
		return err
	}
	for _, object := range setEntries {
		if err := in.clear(ctx, object, "ParentId", string(c.ID)); err != nil {
			return err
		}
	}
	add := func(object string, values records.Values) error {
		values["ParentId"] = string(c.ID)
		_, err := in.actor.Create(ctx, object, values)
		return err
	}
	for _, write := range []func(permissionSetXML, *element, adder) error{in.objectRights, in.fieldRights, in.tabRights} {
		if err := write(x, e, add); err != nil {
			return err
		}
	}
	return in.entities(ctx, x, e, add)
}

// removeSet takes the set from whom it was assigned to, and from the policies of client apps.
func (in *installer) removeSet(ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, "PermissionSet", name)
	if err != nil || id == "" {
		return err
	}
	for _, object := range setEntries {
		if err := in.clear(ctx, object, "ParentId", string(id)); err != nil {
			return err
		}
	}
	if err := in.clear(ctx, "PermissionSetAssignment", "PermissionSetId", string(id)); err != nil {
		return err
	}
	if err := clientapp.RenameSet(ctx, in.actor, name, ""); err != nil {
		return err
	}
	return in.actor.Delete(ctx, "PermissionSet", id)
}

// adder writes one entry of a permission set.
type adder func(object string, values records.Values) error

func (in *installer) objectRights(x permissionSetXML, e *element, add adder) error {
	var all []rights.ObjectPermissions
	for _, o := range x.Objects {
		have, ok := in.actor.Object(o.Object)
		if !ok || !rights.OfObject(have) {
			return bad(e, "In field: field - no CustomObject named %s found", o.Object)
		}
		o.Object = have.Name
		all = append(all, rights.ObjectPermissions(o))
	}
	if refused, ok := errors.AsType[*schema.Error](rights.CheckObjectPermissions(in.actor.Schema(), all)); ok {
		return bad(e, "%s", refused.Message)
	}
	for _, p := range all {
		if err := add("ObjectPermissions", p.Values()); err != nil {
			return err
		}
	}
	return nil
}

func (in *installer) fieldRights(x permissionSetXML, e *element, add adder) error {
	for _, f := range x.Fields {
		object, name, _ := strings.Cut(f.Field, ".")
		o, ok := in.actor.Object(object)
		field, has := o.Field(name)
		switch {
		case !ok || !has:
			return bad(e, "In field: field - no CustomField named %s found", f.Field)
		case field.Required, !field.Custom && !rights.OfField(o, field):
			return bad(e, "You cannot deploy to a required field: %s", f.Field)
		}
		if err := add("FieldPermissions", records.Values{"SobjectType": o.Name, "Field": o.Name + "." + field.Name,
			"PermissionsRead": f.Readable || f.Editable, "PermissionsEdit": f.Editable}); err != nil {
			return err
		}
	}
	return nil
}

func (in *installer) tabRights(x permissionSetXML, e *element, add adder) error {
	for _, tab := range x.Tabs {
		if !slices.Contains([]string{"None", "Available", "Visible"}, tab.Visibility) {
			return bad(e, "'%s' is not a valid value for the enum 'PermissionSetTabVisibility'", tab.Visibility)
		}
		if err := add("PermissionSetTabSetting", records.Values{"Name": tab.Tab, "Visibility": tab.Visibility}); err != nil {
			return err
		}
	}
	return nil
}

// entities writes access to pages, settings and other things of set-up.
func (in *installer) entities(ctx context.Context, x permissionSetXML, e *element, add adder) error {
	grant := func(kind, id string, enabled bool) error {
		if !enabled {
			return nil
		}
		return add("SetupEntityAccess", records.Values{"SetupEntityId": id, "SetupEntityType": kind})
	}
	for _, page := range x.Pages {
		id, err := in.id(ctx, pageKind, page.Page)
		if err != nil {
			return err
		}
		if id == "" {
			return bad(e, "In field: apexPage - no ApexPage named %s found", page.Page)
		}
		if err := grant("ApexPage", string(id), page.Enabled); err != nil {
			return err
		}
	}
	for _, s := range x.Settings {
		o, ok := in.actor.Object(s.Name)
		if !ok || o.Setting == "" {
			return bad(e, "In field: name - no CustomObject named %s found", s.Name)
		}
		if err := grant("CustomEntityDefinition", o.Name, s.Enabled); err != nil {
			return err
		}
	}
	for _, c := range x.Custom {
		if _, ok, err := in.actor.Component(ctx, "CustomPermission", c.Name); err != nil || !ok {
			return errors.Join(err, bad(e, "In field: name - no CustomPermission named %s found", c.Name))
		}
		if err := grant("CustomPermission", c.Name, c.Enabled); err != nil {
			return err
		}
	}
	for _, f := range x.Flows {
		c, ok, err := in.actor.Component(ctx, "Flow", f.Flow)
		if err != nil || !ok {
			return errors.Join(err, bad(e, "In field: flow - no Flow named %s found", f.Flow))
		}
		if err := grant("FlowDefinition", string(c.ID), f.Enabled); err != nil {
			return err
		}
	}
	for _, a := range x.Applications {
		if !strings.HasPrefix(a.Name, "standard__") { // this org has not all standard apps
			if err := in.component(ctx, e, "application", "CustomApplication", a.Name); err != nil {
				return err
			}
		}
		if err := grant("TabSet", a.Name, a.Enabled); err != nil {
			return err
		}
	}
	return statuses(in, ctx, x, e, grant)
}

// statuses writes which presence statuses one may choose.
func statuses(in *installer, ctx context.Context, x permissionSetXML, e *element, grant func(kind, id string, enabled bool) error) error {
	for _, p := range x.Presence {
		id, err := recordNamed(in, ctx, e, "servicePresenceStatus", schema.PresenceStatus, "DeveloperName", p.Name)
		if err != nil {
			return err
		}
		if err := grant(schema.PresenceStatus, string(id), p.Enabled); err != nil {
			return err
		}
	}
	return nil
}
