package crm

import (
	"context"
	"fmt"
	"slices"
)

// standardRights are what the profile Standard User gives on standard objects. Nobody but an administrator sees all records.
var standardRights = []struct {
	object string
	remove bool
}{{"Account", true}, {"Contact", true}, {"Case", false}, {"Lead", false}}

// ObjectRights says whether an object has rights of its own that profiles and permission sets give; tasks have the permission Edit Tasks.
func ObjectRights(o Object) bool { return !o.Setup && o.Setting == "" && o.Name != "Task" }

// FieldRights says whether a field has rights of its own that profiles and permission sets give: neither those that every record needs nor
// those that the platform keeps. Source: salesforce-surface.md §9.
func FieldRights(o Object, f Field) bool {
	switch {
	case f.Required, f.NameField, o.Setting != "", f.Type == "masterdetail", f.Cascade && f.CreateOnly:
		return false
	case f.Custom:
		return true
	}
	return !o.Custom && !o.Setup && !o.ReadOnly && !f.ReadOnly && !slices.Contains(withObject, f.Name)
}

// withObject are fields of standard objects that come with the object though nothing else says so.
var withObject = []string{"Id", "OwnerId", "FirstName", "Salutation", "TaskSubtype"}

// deliverProfiles gives each profile its rights on standard objects, their fields and tabs, and on the Service Console, in the actor's
// transaction.
func (a *Actor) deliverProfiles(ctx context.Context) error {
	a.tx.references = map[RecordID]bool{}
	defer func() { a.tx.references = nil }()
	found, err := a.Query(ctx, "SELECT Id, Name, PermissionsModifyAllData, PermissionsEditTask FROM Profile", false)
	if err != nil {
		return err
	}
	for _, p := range found.Records {
		all, _ := p.Get("PermissionsModifyAllData").(bool)
		if edits, _ := p.Get("PermissionsEditTask").(bool); !edits {
			if err := a.Update(ctx, "Profile", p.ID(), Values{"PermissionsEditTask": true}, ""); err != nil {
				return err
			}
		}
		if err := a.deliverRights(ctx, p, all); err != nil {
			return fmt.Errorf("deliver rights of %s: %w", p.Text("Name"), err)
		}
	}
	return nil
}

func (a *Actor) deliverRights(ctx context.Context, profile Record, all bool) error {
	set, err := a.ProfileSet(ctx, profile.ID())
	if err != nil {
		return err
	}
	tabs := []string{"standard-Task"}
	for _, r := range standardRights {
		given := ObjectPermissions{
			Object: r.object, Read: true, Create: true, Edit: true, Delete: r.remove || all, ViewAll: all, ModifyAll: all,
		}
		if err := a.grant(ctx, "ObjectPermissions", set, "SobjectType", r.object, given.Values()); err != nil {
			return err
		}
		tabs = append(tabs, "standard-"+r.object)
	}
	for _, o := range businessObjects() {
		if err := a.deliverFields(ctx, set, o, o.Fields); err != nil {
			return err
		}
	}
	for _, tab := range tabs {
		if err := a.grant(ctx, "PermissionSetTabSetting", set, "Name", tab, Values{"Visibility": "Visible"}); err != nil {
			return err
		}
	}
	return a.grant(ctx, "SetupEntityAccess", set, "SetupEntityId", serviceConsole.FullName, Values{"SetupEntityType": "TabSet"})
}

// deliverNew lets all profiles read and edit fields that standard objects were given.
func (a *Actor) deliverNew(ctx context.Context, added map[string][]Field) error {
	profiles, err := a.Query(ctx, "SELECT Id FROM Profile", false)
	if err != nil {
		return err
	}
	for _, p := range profiles.Records {
		set, err := a.ProfileSet(ctx, p.ID())
		if err != nil {
			return err
		}
		for name, fields := range added {
			o, _ := a.Object(name)
			if err := a.deliverFields(ctx, set, o, fields); err != nil {
				return err
			}
		}
	}
	return nil
}

// deliverFields lets a profile read and edit fields of a standard object.
func (a *Actor) deliverFields(ctx context.Context, set RecordID, o Object, fields []Field) error {
	for _, f := range fields {
		if !FieldRights(o, f) {
			continue
		}
		if _, err := a.Create(ctx, "FieldPermissions", Values{"ParentId": string(set), "SobjectType": o.Name, "Field": o.Name + "." + f.Name, "PermissionsRead": true, "PermissionsEdit": true}); err != nil {
			return err
		}
	}
	return nil
}

// ProfileSet is the permission set that holds a profile's own rights; it is made when there is none.
func (a *Actor) ProfileSet(ctx context.Context, profile RecordID) (RecordID, error) {
	set, err := a.firstID(ctx, fmt.Sprintf("SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = '%s'", profile))
	if err != nil || set != "" {
		return set, err
	}
	name := "X" + string(profile)
	return a.Create(ctx, "PermissionSet", Values{"Name": name, "Label": name, "IsOwnedByProfile": true, "IsCustom": false, "ProfileId": string(profile)})
}
