package people

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// AppEntity is the type of a right to an app: an app is shown to whom a profile or a permission set shows it, by an entry of
// SetupEntityAccess with the app's full name. What a profile shows stands in the permission set that belongs to it.
const AppEntity = "TabSet"

// AppProfiles lists the profiles whose users see an app.
func AppProfiles(ctx context.Context, a *records.Access, fullName string) ([]schema.RecordID, error) {
	found, err := a.Query(ctx, "SELECT Id, Parent.ProfileId FROM SetupEntityAccess WHERE SetupEntityType = '"+AppEntity+
		"' AND SetupEntityId = "+soql.Quote(fullName)+" AND Parent.IsOwnedByProfile = true", false)
	var profiles []schema.RecordID
	for _, row := range found.Records {
		if set, ok := row.Get("Parent").(*records.Record); ok && set != nil {
			profiles = append(profiles, schema.RecordID(set.Text("ProfileId")))
		}
	}
	slices.Sort(profiles)
	return profiles, err
}

// ShowApp shows an app to the users of exactly these profiles. What permission sets show stays.
func ShowApp(ctx context.Context, a *records.Access, fullName string, profiles []schema.RecordID) error {
	found, err := a.Query(ctx, "SELECT Id, Parent.ProfileId FROM SetupEntityAccess WHERE SetupEntityType = '"+AppEntity+
		"' AND SetupEntityId = "+soql.Quote(fullName)+" AND Parent.IsOwnedByProfile = true", false)
	if err != nil {
		return err
	}
	for _, row := range found.Records {
		if set, ok := row.Get("Parent").(*records.Record); ok && set != nil && slices.Contains(profiles, schema.RecordID(set.Text("ProfileId"))) {
			continue
		}
		if err := a.Delete(ctx, "SetupEntityAccess", row.ID()); err != nil {
			return err
		}
	}
	for _, id := range profiles {
		set, err := ProfileSet(ctx, a, id)
		if err != nil {
			return err
		}
		if err := Give(ctx, a, "SetupEntityAccess", set, "SetupEntityId", fullName, records.Values{"SetupEntityType": AppEntity}); err != nil {
			return err
		}
	}
	return nil
}
