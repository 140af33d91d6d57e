package metadata

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
)

type permissionSetXML struct {
	Label       string `xml:"label"`
	Description string `xml:"description"`
	Objects     []struct {
		Object    string `xml:"object"`
		Read      bool   `xml:"allowRead"`
		Create    bool   `xml:"allowCreate"`
		Edit      bool   `xml:"allowEdit"`
		Delete    bool   `xml:"allowDelete"`
		ViewAll   bool   `xml:"viewAllRecords"`
		ModifyAll bool   `xml:"modifyAllRecords"`
	} `xml:"objectPermissions"`
	Fields []struct {
		Field    string `xml:"field"`
		Readable bool   `xml:"readable"`
		Editable bool   `xml:"editable"`
	} `xml:"fieldPermissions"`
	Pages []struct {
		Page    string `xml:"apexPage"`
		Enabled bool   `xml:"enabled"`
	} `xml:"pageAccesses"`
	Tabs []struct {
		Tab        string `xml:"tab"`
		Visibility string `xml:"visibility"`
	} `xml:"tabSettings"`
	Settings []struct {
		Name    string `xml:"name"`
		Enabled bool   `xml:"enabled"`
	} `xml:"customSettingAccesses"`
}

// permissionSet writes a set and its entries as the records that they are.
func (in *installer) permissionSet(ctx context.Context, p part) error {
	var x permissionSetXML
	if err := xml.Unmarshal(p.description(), &x); err != nil {
		return &problem{err.Error(), line(err)}
	}
	if x.Label == "" {
		return bad("Required field is missing: label")
	}
	values := crm.Values{"Name": p.fullName, "Label": x.Label, "Description": x.Description}
	id, err := in.put(ctx, "PermissionSet", "Name", p.fullName, values)
	if err != nil {
		return err
	}
	for _, object := range []string{"ObjectPermissions", "FieldPermissions", "SetupEntityAccess", "PermissionSetTabSetting"} {
		if err := in.clear(ctx, object, "ParentId", id); err != nil {
			return err
		}
	}
	return in.entries(ctx, id, x)
}

func (in *installer) entries(ctx context.Context, set crm.RecordID, x permissionSetXML) error {
	add := func(object string, values crm.Values) error {
		values["ParentId"] = string(set)
		_, err := in.actor.Create(ctx, object, values)
		return err
	}
	for _, o := range x.Objects {
		if _, ok := in.actor.Object(o.Object); !ok {
			return bad("In field: field - no CustomObject named %s found", o.Object)
		}
		if (o.Edit || o.Delete || o.Create) && !o.Read {
			return bad("Permission Edit %s depends on permission(s): Read %s", o.Object, o.Object)
		}
		if err := add("ObjectPermissions", crm.Values{"SobjectType": o.Object, "PermissionsRead": o.Read, "PermissionsCreate": o.Create, "PermissionsEdit": o.Edit,
			"PermissionsDelete": o.Delete, "PermissionsViewAllRecords": o.ViewAll, "PermissionsModifyAllRecords": o.ModifyAll}); err != nil {
			return err
		}
	}
	for _, f := range x.Fields {
		object, name, _ := strings.Cut(f.Field, ".")
		o, ok := in.actor.Object(object)
		field, has := o.Field(name)
		switch {
		case !ok || !has:
			return bad("In field: field - no CustomField named %s found", f.Field)
		case field.Required:
			return bad("You cannot deploy to a required field: %s", f.Field)
		}
		if err := add("FieldPermissions", crm.Values{"SobjectType": object, "Field": f.Field, "PermissionsRead": f.Readable, "PermissionsEdit": f.Editable}); err != nil {
			return err
		}
	}
	for _, page := range x.Pages {
		id, err := in.id(ctx, "ApexPage", "Name", page.Page)
		if err != nil {
			return err
		}
		if id == "" {
			return bad("In field: apexPage - no ApexPage named %s found", page.Page)
		}
		if page.Enabled {
			if err := add("SetupEntityAccess", crm.Values{"SetupEntityId": string(id), "SetupEntityType": "ApexPage"}); err != nil {
				return err
			}
		}
	}
	for _, s := range x.Settings {
		if s.Enabled {
			if err := add("SetupEntityAccess", crm.Values{"SetupEntityId": s.Name, "SetupEntityType": "CustomEntityDefinition"}); err != nil {
				return err
			}
		}
	}
	for _, tab := range x.Tabs {
		if err := add("PermissionSetTabSetting", crm.Values{"Name": tab.Tab, "Visibility": tab.Visibility}); err != nil {
			return err
		}
	}
	return nil
}

// id finds a record by one field; "" if there is none.
func (in *installer) id(ctx context.Context, object, field, value string) (crm.RecordID, error) {
	found, err := in.actor.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE %s = '%s'", object, field, strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value)), false)
	if err != nil || len(found.Records) == 0 {
		return "", err
	}
	return found.Records[0].ID(), nil
}

// put creates a record, or updates the one with this value in a field.
func (in *installer) put(ctx context.Context, object, field, value string, values crm.Values) (crm.RecordID, error) {
	id, err := in.id(ctx, object, field, value)
	if err != nil {
		return "", err
	}
	if id != "" {
		return id, in.actor.Update(ctx, object, id, values, "")
	}
	return in.actor.Create(ctx, object, values)
}

func (in *installer) clear(ctx context.Context, object, field string, value crm.RecordID) error {
	found, err := in.actor.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE %s = '%s'", object, field, value), false)
	if err != nil {
		return err
	}
	for _, r := range found.Records {
		if err := in.actor.Delete(ctx, object, r.ID()); err != nil {
			return err
		}
	}
	return nil
}
