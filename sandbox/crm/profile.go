package crm

import (
	"context"
	"fmt"
)

// standardRights are what the profile Standard User gives on standard objects. Nobody but an administrator sees all records.
var standardRights = []struct {
	object string
	remove bool
}{{"Account", true}, {"Contact", true}, {"Case", false}, {"Lead", false}}

// ObjectRights says whether an object has rights of its own that profiles and permission sets give; tasks have the permission Edit Tasks.
func ObjectRights(o Object) bool { return !o.Setup && o.Setting == "" && o.Name != "Task" }

// deliverProfiles gives each profile its rights on standard objects, tabs and the Service Console, as far as it has none yet.
func (a *Actor) deliverProfiles(ctx context.Context) error {
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
		if err := a.grant(ctx, "ObjectPermissions", set, "SobjectType", r.object, Values{"PermissionsRead": true, "PermissionsCreate": true, "PermissionsEdit": true,
			"PermissionsDelete": r.remove || all, "PermissionsViewAllRecords": all, "PermissionsModifyAllRecords": all}); err != nil {
			return err
		}
		tabs = append(tabs, "standard-"+r.object)
	}
	for _, tab := range tabs {
		if err := a.grant(ctx, "PermissionSetTabSetting", set, "Name", tab, Values{"Visibility": "Visible"}); err != nil {
			return err
		}
	}
	return a.grant(ctx, "SetupEntityAccess", set, "SetupEntityId", serviceConsole.FullName, Values{"SetupEntityType": "TabSet"})
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
