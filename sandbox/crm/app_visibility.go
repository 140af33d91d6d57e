package crm

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// An app is shown to whom a profile or a permission set shows it: an entry of SetupEntityAccess of this type, with the app's full name.
// What a profile shows stands in the permission set that belongs to it.
const appEntity = "TabSet"

// AppProfiles lists the profiles whose users see an app.
func (a *Actor) AppProfiles(ctx context.Context, fullName string) ([]RecordID, error) {
	found, err := a.Query(ctx, "SELECT Id, Parent.ProfileId FROM SetupEntityAccess WHERE SetupEntityType = '"+appEntity+"' AND SetupEntityId = "+soql.Quote(fullName)+" AND Parent.IsOwnedByProfile = true", false)
	var profiles []RecordID
	for _, row := range found.Records {
		if set, ok := row.Get("Parent").(*Record); ok && set != nil {
			profiles = append(profiles, RecordID(set.Text("ProfileId")))
		}
	}
	slices.Sort(profiles)
	return profiles, err
}

// ShowApp shows an app to the users of exactly these profiles. What permission sets show stays.
func (a *Actor) ShowApp(ctx context.Context, fullName string, profiles []RecordID) error {
	found, err := a.Query(ctx, "SELECT Id, Parent.ProfileId FROM SetupEntityAccess WHERE SetupEntityType = '"+appEntity+"' AND SetupEntityId = "+soql.Quote(fullName)+" AND Parent.IsOwnedByProfile = true", false)
	if err != nil {
		return err
	}
	for _, row := range found.Records {
		if set, ok := row.Get("Parent").(*Record); ok && set != nil && slices.Contains(profiles, RecordID(set.Text("ProfileId"))) {
			continue
		}
		if err := a.Delete(ctx, "SetupEntityAccess", row.ID()); err != nil {
			return err
		}
	}
	for _, id := range profiles {
		set, err := a.ProfileSet(ctx, id)
		if err != nil {
			return err
		}
		if err := a.grant(ctx, "SetupEntityAccess", set, "SetupEntityId", fullName, Values{"SetupEntityType": appEntity}); err != nil {
			return err
		}
	}
	return nil
}
