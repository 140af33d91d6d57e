package setup

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// setOut is all that a permission set gives.
type setOut struct {
	permissionSetOut
	Assigned int           `json:"assigned"`
	Objects  []objectRight `json:"objects"`
	Apps     []accessOut   `json:"apps"`
	Pages    []accessOut   `json:"pages"`
	Settings []accessOut   `json:"settings"`
	Statuses []accessOut   `json:"statuses"`
	System   []accessOut   `json:"system"`
}

// objectRight is the rights on one object.
type objectRight struct {
	Name      string       `json:"name"`
	Label     string       `json:"label"`
	Custom    bool         `json:"custom"`
	Tab       string       `json:"tab"`    // None, Available or Visible
	Rights    bool         `json:"rights"` // the object has rights of its own; tasks have a system permission
	Read      bool         `json:"read"`
	Create    bool         `json:"create"`
	Edit      bool         `json:"edit"`
	Delete    bool         `json:"delete"`
	ViewAll   bool         `json:"viewAll"`
	ModifyAll bool         `json:"modifyAll"`
	Fields    []fieldRight `json:"fields"`
}

type fieldRight struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Read  bool   `json:"read"`
	Edit  bool   `json:"edit"`
	Fixed bool   `json:"fixed"` // required and system fields follow the object
}

// accessOut is something that a permission set lets people use, or not.
type accessOut struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	On    bool   `json:"on"`
}

func (s *server) permissionSet(ctx context.Context, r asked) (setOut, error) {
	var out setOut
	err := s.system(ctx, r, func(a *crm.Actor) (err error) {
		if out.permissionSetOut, err = setNamed(ctx, a, r); err != nil {
			return err
		}
		for _, part := range []func(context.Context, *crm.Actor, *setOut) error{objectRights, entities, apps, statuses, systemRights} {
			if err := part(ctx, a, &out); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// rows reads a set's entries of one object.
func rows(ctx context.Context, a *crm.Actor, object, fields, set string) ([]records.Record, error) {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE ParentId = %s LIMIT 2000", fields, object, soql.Quote(set)), false)
	return found.Records, err
}

func on(r records.Record, field string) bool {
	b, _ := r.Get(field).(bool)
	return b
}

func objectRights(ctx context.Context, a *crm.Actor, out *setOut) error {
	objects, err := rows(ctx, a, "ObjectPermissions", rightsOf[0].fields, out.ID)
	if err != nil {
		return err
	}
	fields, err := rows(ctx, a, "FieldPermissions", rightsOf[1].fields, out.ID)
	if err != nil {
		return err
	}
	tabs, err := rows(ctx, a, "PermissionSetTabSetting", rightsOf[3].fields, out.ID)
	if err != nil {
		return err
	}
	out.Objects = []objectRight{}
	for _, o := range a.Schema().Objects() {
		if o.Setup || o.ReadOnly || o.Setting != "" {
			continue
		}
		right := objectRight{Name: o.Name, Label: o.Plural, Custom: o.Custom, Tab: "None", Rights: rights.OfObject(o), Fields: []fieldRight{}}
		for _, t := range tabs {
			if strings.EqualFold(t.Text("Name"), rights.TabOf(o)) {
				right.Tab = t.Text("Visibility")
			}
		}
		for _, p := range objects {
			if strings.EqualFold(p.Text("SobjectType"), o.Name) {
				right.Read, right.Create, right.Edit, right.Delete = on(p, "PermissionsRead"), on(p, "PermissionsCreate"),
					on(p, "PermissionsEdit"), on(p, "PermissionsDelete")
				right.ViewAll, right.ModifyAll = on(p, "PermissionsViewAllRecords"), on(p, "PermissionsModifyAllRecords")
			}
		}
		for _, f := range o.Fields {
			if f.Name == "Id" || f.Name == "IsDeleted" || f.Name == "SystemModstamp" {
				continue
			}
			one := fieldRight{Name: f.Name, Label: f.Label, Fixed: !rights.OfField(o, f)}
			if one.Fixed {
				one.Read, one.Edit = right.Read, right.Edit && !f.ReadOnly
			}
			for _, p := range fields {
				if strings.EqualFold(p.Text("Field"), o.Name+"."+f.Name) {
					one.Read, one.Edit = on(p, "PermissionsRead"), on(p, "PermissionsEdit")
				}
			}
			right.Fields = append(right.Fields, one)
		}
		out.Objects = append(out.Objects, right)
	}
	return nil
}

// entities are pages and custom settings.
func entities(ctx context.Context, a *crm.Actor, out *setOut) error {
	given, err := rows(ctx, a, "SetupEntityAccess", rightsOf[2].fields, out.ID)
	if err != nil {
		return err
	}
	has := func(entity string) bool {
		return slices.ContainsFunc(given, func(r records.Record) bool { return strings.EqualFold(r.Text("SetupEntityId"), entity) })
	}
	pages, err := a.Query(ctx, "SELECT Id, Name, MasterLabel FROM ApexPage ORDER BY Name", false)
	if err != nil {
		return err
	}
	out.Pages, out.Settings = []accessOut{}, []accessOut{}
	for _, p := range pages.Records {
		out.Pages = append(out.Pages, accessOut{string(p.ID()), p.Text("Name"), has(string(p.ID()))})
	}
	for _, o := range a.Schema().Objects() {
		if o.Setting != "" {
			out.Settings = append(out.Settings, accessOut{o.Name, o.Label, has(o.Name)})
		}
	}
	return nil
}

func systemRights(ctx context.Context, a *crm.Actor, out *setOut) error {
	own, err := a.Get(ctx, "PermissionSet", schema.RecordID(out.ID))
	if err != nil {
		return err
	}
	out.System = []accessOut{}
	for _, p := range rights.SystemPermissions() {
		out.System = append(out.System, accessOut{p.Name, p.Label, on(own, "Permissions"+p.Name)})
	}
	found, err := a.Query(ctx, "SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = "+soql.Quote(out.ID), false)
	out.Assigned = found.TotalSize
	return err
}

type objectRightIn struct {
	Tab       string `json:"tab"`
	Read      bool   `json:"read"`
	Create    bool   `json:"create"`
	Edit      bool   `json:"edit"`
	Delete    bool   `json:"delete"`
	ViewAll   bool   `json:"viewAll"`
	ModifyAll bool   `json:"modifyAll"`
	Fields    []struct {
		Name string `json:"name"`
		Read bool   `json:"read"`
		Edit bool   `json:"edit"`
	} `json:"fields"`
}

func setObjectRights(ctx context.Context, a *crm.Actor, r asked, in objectRightIn) (nothing, error) {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return nothing{}, err
	}
	o, ok := a.Object(r.PathValue("object"))
	if !ok || o.Setup || o.ReadOnly || o.Setting != "" {
		return nothing{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "There is no object with these settings.")
	}
	given := rights.ObjectPermissions{
		Object: o.Name, Read: in.Read, Create: in.Create, Edit: in.Edit, Delete: in.Delete, ViewAll: in.ViewAll, ModifyAll: in.ModifyAll,
	}
	if given.Any() && !rights.OfObject(o) {
		return nothing{}, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION",
			fmt.Sprintf("There are no object permissions for %s; the permission Edit Tasks lets people create and edit them.", o.Plural))
	}
	for _, object := range []string{"ObjectPermissions", "FieldPermissions"} {
		if err := clear(ctx, a, object, fmt.Sprintf("ParentId = %s AND SobjectType = %s", soql.Quote(set.ID), soql.Quote(o.Name))); err != nil {
			return nothing{}, err
		}
	}
	if given.Any() {
		values := given.Values()
		values["ParentId"] = set.ID
		if _, err := a.Create(ctx, "ObjectPermissions", values); err != nil {
			return nothing{}, err
		}
	}
	for _, f := range in.Fields {
		field, has := o.Field(f.Name)
		if !has || !rights.OfField(o, field) || !f.Read && !f.Edit {
			continue
		}
		if _, err := a.Create(ctx, "FieldPermissions", records.Values{"ParentId": set.ID, "SobjectType": o.Name,
			"Field": o.Name + "." + field.Name, "PermissionsRead": f.Read, "PermissionsEdit": f.Edit}); err != nil {
			return nothing{}, err
		}
	}
	if err := setTab(ctx, a, set, rights.TabOf(o), in.Tab); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "PermSetEntityPermChanged", manageUsers,
		"Changed permission set %s: object permissions of %s were changed", set.Label, o.Label)
}

func setTab(ctx context.Context, a *crm.Actor, set permissionSetOut, tab, visibility string) error {
	if !slices.Contains([]string{"None", "Available", "Visible"}, visibility) {
		return edge.Refuse(http.StatusBadRequest, "INVALID_FIELD",
			fmt.Sprintf("Tab Settings: bad value for restricted picklist field: %.40s", visibility))
	}
	if err := clear(ctx, a, "PermissionSetTabSetting", fmt.Sprintf("ParentId = %s AND Name = %s", soql.Quote(set.ID),
		soql.Quote(tab))); err != nil || visibility == "None" {
		return err
	}
	_, err := a.Create(ctx, "PermissionSetTabSetting", records.Values{"ParentId": set.ID, "Name": tab, "Visibility": visibility})
	return err
}

// enabledIn names what is on; everything else of its kind is off.
type enabledIn struct {
	On []string `json:"on"`
}

func setPages(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	return nothing{}, setEntities(ctx, a, r, in, "ApexPage", "Visualforce page access", func(id string) bool {
		found, err := a.Query(ctx, "SELECT Id FROM ApexPage WHERE Id = "+soql.Quote(id), false)
		return err == nil && found.TotalSize == 1
	})
}

func setSettings(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	return nothing{}, setEntities(ctx, a, r, in, "CustomEntityDefinition", "custom setting definition access", func(name string) bool {
		o, ok := a.Object(name)
		return ok && o.Setting != ""
	})
}

func setEntities(ctx context.Context, a *crm.Actor, r asked, in enabledIn, kind, what string, known func(string) bool) error {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return err
	}
	if err := replaceEntities(ctx, a, set.ID, in, kind, known); err != nil {
		return err
	}
	return a.Audit(ctx, "PermSetSetupEntityAccess", manageUsers, "Changed permission set %s: %s was changed", set.Label, what)
}

// replaceEntities lets a set open what is on, and nothing else of its kind.
func replaceEntities(ctx context.Context, a *crm.Actor, set string, in enabledIn, kind string, known func(string) bool) error {
	if err := clear(ctx, a, "SetupEntityAccess", fmt.Sprintf("ParentId = %s AND SetupEntityType = %s",
		soql.Quote(set), soql.Quote(kind))); err != nil {
		return err
	}
	for _, name := range in.On {
		if !known(name) {
			return edge.Refuse(http.StatusBadRequest, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
		}
		if _, err := a.Create(ctx, "SetupEntityAccess", records.Values{"ParentId": set, "SetupEntityId": name,
			"SetupEntityType": kind}); err != nil {
			return err
		}
	}
	return nil
}

func setSystemPermissions(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return nothing{}, err
	}
	have, err := a.Get(ctx, "PermissionSet", schema.RecordID(set.ID))
	if err != nil {
		return nothing{}, err
	}
	values := records.Values{}
	for _, p := range rights.SystemPermissions() {
		want := slices.Contains(in.On, p.Name)
		if on(have, "Permissions"+p.Name) == want {
			continue
		}
		values["Permissions"+p.Name] = want
		was, is := "enabled", "disabled"
		if want {
			was, is = is, was
		}
		const sentence = "Changed permission set %s: %s was changed from %s to %s"
		if err := a.Audit(ctx, "PermSetPermission", manageUsers, sentence, set.Label, p.Label, was, is); err != nil {
			return nothing{}, err
		}
	}
	return nothing{}, a.Update(ctx, "PermissionSet", schema.RecordID(set.ID), values, "")
}
