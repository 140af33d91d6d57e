package crm

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// standardRights are what the profile Standard User gives on standard objects. Nobody but an administrator sees all records.
var standardRights = []struct {
	object string
	remove bool
}{{"Account", true}, {"Contact", true}, {"Case", false}, {"Lead", false}}

// deliverProfiles gives each profile its rights on standard objects, their fields and tabs, and on the Service Console, in the actor's
// transaction.
func (a *Actor) deliverProfiles(ctx context.Context) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		defer t.RememberReferences()()
		return a.deliverEachProfile(ctx)
	})
}

func (a *Actor) deliverEachProfile(ctx context.Context) error {
	found, err := a.Query(ctx, "SELECT Id, Name, PermissionsModifyAllData, PermissionsEditTask FROM Profile", false)
	if err != nil {
		return err
	}
	for _, p := range found.Records {
		all, _ := p.Get("PermissionsModifyAllData").(bool)
		if edits, _ := p.Get("PermissionsEditTask").(bool); !edits {
			if err := a.Update(ctx, "Profile", p.ID(), records.Values{"PermissionsEditTask": true}, ""); err != nil {
				return err
			}
		}
		if err := a.deliverRights(ctx, p, all); err != nil {
			return fmt.Errorf("deliver rights of %s: %w", p.Text("Name"), err)
		}
	}
	return nil
}

func (a *Actor) deliverRights(ctx context.Context, profile records.Record, all bool) error {
	set, err := people.ProfileSet(ctx, a.Access, profile.ID())
	if err != nil {
		return err
	}
	tabs := []string{"standard-Task"}
	for _, r := range standardRights {
		given := rights.ObjectPermissions{
			Object: r.object, Read: true, Create: true, Edit: true, Delete: r.remove || all, ViewAll: all, ModifyAll: all,
		}
		if err := people.Give(ctx, a.Access, "ObjectPermissions", set, "SobjectType", r.object, given.Values()); err != nil {
			return err
		}
		tabs = append(tabs, "standard-"+r.object)
	}
	for _, o := range schema.Business() {
		if err := a.deliverFields(ctx, set, o, o.Fields); err != nil {
			return err
		}
	}
	for _, tab := range tabs {
		if err := people.Give(ctx, a.Access, "PermissionSetTabSetting", set, "Name", tab, records.Values{"Visibility": "Visible"}); err != nil {
			return err
		}
	}
	return people.Give(ctx, a.Access, "SetupEntityAccess", set, "SetupEntityId", serviceConsole.FullName,
		records.Values{"SetupEntityType": "TabSet"})
}

// deliverNew lets all profiles read and edit fields that standard objects were given.
func (a *Actor) deliverNew(ctx context.Context, added map[string][]schema.Field) error {
	profiles, err := a.Query(ctx, "SELECT Id FROM Profile", false)
	if err != nil {
		return err
	}
	for _, p := range profiles.Records {
		set, err := people.ProfileSet(ctx, a.Access, p.ID())
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
func (a *Actor) deliverFields(ctx context.Context, set schema.RecordID, o schema.Object, fields []schema.Field) error {
	for _, f := range fields {
		if !rights.OfField(o, f) {
			continue
		}
		if _, err := a.Create(ctx, "FieldPermissions", records.Values{"ParentId": string(set), "SobjectType": o.Name,
			"Field": o.Name + "." + f.Name, "PermissionsRead": true, "PermissionsEdit": true}); err != nil {
			return err
		}
	}
	return nil
}
