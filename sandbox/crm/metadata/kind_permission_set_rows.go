package metadata

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// A permission set is its records: Setup, the REST API and deployments write them. The file that was deployed is given back as it was while
// it says what the records say; otherwise it is written anew from them (set_file.go).

// permissionSets are the sets as their records have them, by name; one of them if it is named. kept are their
// components as they were deployed.
func permissionSets(ctx context.Context, actor *crm.Actor, name string, kept []records.Component) ([]records.Component, error) {
	named := " != null"
	if name != "" {
		named = " = " + soql.Quote(name)
	}
	says, rows, err := setRecords(ctx, actor, named)
	if err != nil {
		return nil, err
	}
	k := permissionSet()
	var sets []records.Component
	for _, r := range rows {
		c := records.Component{Type: k.name, FullName: r.Text("Name"), ID: r.ID(), Created: moment(r.Text("CreatedDate")),
			CreatedBy: schema.RecordID(r.Text("CreatedById"))}
		var file []byte
		if i := slices.IndexFunc(kept, func(c records.Component) bool { return strings.EqualFold(c.FullName, r.Text("Name")) }); i >= 0 {
			c = kept[i]
			c.FullName = r.Text("Name")
			file, _ = c.File(k.suffix)
		}
		state := says[r.ID()]
		if state.changed.After(c.Modified) {
			c.Modified, c.ModifiedBy = state.changed, state.by
		}
		if file, err = setFile(file, state.permissionSetXML); err != nil {
			return nil, err
		}
		c.Files = map[string][]byte{k.file(c.FullName): file}
		sets = append(sets, c)
	}
	return sets, nil
}

func moment(text string) time.Time {
	at, err := time.Parse("2006-01-02T15:04:05.000-0700", text)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// setState is what a set's records say, and who wrote the newest of them.
type setState struct {
	permissionSetXML
	changed time.Time
	by      schema.RecordID
}

func (s *setState) wrote(r records.Record) {
	if at := moment(r.Text("LastModifiedDate")); at.After(s.changed) {
		s.changed, s.by = at, schema.RecordID(r.Text("LastModifiedById"))
	}
}

// setRecords reads what the sets whose names fit a condition say, and the sets' own records by name.
func setRecords(ctx context.Context, actor *crm.Actor, named string) (map[schema.RecordID]*setState, []records.Record, error) {
	says := map[schema.RecordID]*setState{}
	var sets []records.Record
	fields := "Id, Name, Label, Description, CreatedDate, CreatedById, LastModifiedDate, LastModifiedById"
	for _, p := range rights.SystemPermissions() {
		fields += ", Permissions" + p.Name
	}
	err := each(ctx, actor, "SELECT "+fields+" FROM PermissionSet WHERE IsOwnedByProfile = false AND Name"+named+" ORDER BY Name",
		func(r records.Record) {
			x := &setState{permissionSetXML: permissionSetXML{Label: r.Text("Label"), Description: r.Text("Description")}}
			x.wrote(r)
			for _, p := range rights.SystemPermissions() {
				x.System = append(x.System, access{Name: p.Name, Enabled: on(r, "Permissions"+p.Name)})
			}
			says[r.ID()] = x
			sets = append(sets, r)
		})
	names := map[string]string{} // of what is recorded by id: pages, flows and presence statuses
	if err == nil {
		err = each(ctx, actor, "SELECT Id, Name FROM ApexPage", func(r records.Record) { names[string(r.ID())] = r.Text("Name") })
	}
	if err == nil {
		err = each(ctx, actor, "SELECT Id, DeveloperName FROM ServicePresenceStatus",
			func(r records.Record) { names[string(r.ID())] = r.Text("DeveloperName") })
	}
	if err == nil {
		var flows []records.Component
		flows, err = actor.Components(ctx, "Flow")
		for _, f := range flows {
			names[string(schema.To18(string(f.ID)))] = f.FullName
		}
	}
	for _, entry := range []struct {
		object, fields string
		add            func(*permissionSetXML, records.Record)
	}{
		{"ObjectPermissions", "SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, " +
			"PermissionsViewAllRecords, PermissionsModifyAllRecords", func(x *permissionSetXML, r records.Record) {
			x.Objects = append(x.Objects, objectAccess{r.Text("SobjectType"), on(r, "PermissionsRead"),
				on(r, "PermissionsCreate"), on(r, "PermissionsEdit"), on(r, "PermissionsDelete"),
				on(r, "PermissionsViewAllRecords"), on(r, "PermissionsModifyAllRecords")})
		}},
		{"FieldPermissions", "Field, PermissionsRead, PermissionsEdit", func(x *permissionSetXML, r records.Record) {
			x.Fields = append(x.Fields, fieldAccess{r.Text("Field"), on(r, "PermissionsRead"), on(r, "PermissionsEdit")})
		}},
		{"PermissionSetTabSetting", "Name, Visibility", func(x *permissionSetXML, r records.Record) {
			x.Tabs = append(x.Tabs, tabAccess{r.Text("Name"), r.Text("Visibility")})
		}},
		{"SetupEntityAccess", "SetupEntityId, SetupEntityType", func(x *permissionSetXML, r records.Record) {
			x.open(r.Text("SetupEntityType"), r.Text("SetupEntityId"), names)
		}},
	} {
		if err != nil {
			break
		}
		err = each(ctx, actor, "SELECT ParentId, LastModifiedDate, LastModifiedById, "+entry.fields+" FROM "+entry.object+
			" WHERE Parent.IsOwnedByProfile = false AND Parent.Name"+named, func(r records.Record) {
			if x := says[schema.RecordID(r.Text("ParentId"))]; x != nil {
				entry.add(&x.permissionSetXML, r)
				x.wrote(r)
			}
		})
	}
	return says, sets, err
}

// open notes access to a thing of set-up. Pages, flows and presence statuses are recorded by id; a kind that files have no element for
// is left out.
func (x *permissionSetXML) open(kind, id string, names map[string]string) {
	switch name := names[string(schema.To18(id))]; kind {
	case "ApexPage":
		if name != "" {
			x.Pages = append(x.Pages, pageAccess{name, true})
		}
	case "FlowDefinition":
		if name != "" {
			x.Flows = append(x.Flows, flowAccess{name, true})
		}
	case "CustomEntityDefinition":
		x.Settings = append(x.Settings, access{id, true})
	case "CustomPermission":
		x.Custom = append(x.Custom, access{id, true})
	case "TabSet":
		x.Applications = append(x.Applications, applicationAccess{id, true})
	case schema.PresenceStatus:
		if name != "" {
			x.Presence = append(x.Presence, presenceAccess{name, true})
		}
	}
}

func on(r records.Record, field string) bool {
	b, _ := r.Get(field).(bool)
	return b
}

// each reads all pages of a query.
func each(ctx context.Context, actor *crm.Actor, soql string, f func(records.Record)) error {
	found, err := actor.Query(ctx, soql, false)
	for err == nil {
		for _, r := range found.Records {
			f(r)
		}
		if found.Done {
			return nil
		}
		found, err = actor.QueryMore(ctx, found.Locator)
	}
	return err
}
