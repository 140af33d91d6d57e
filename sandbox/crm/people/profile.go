package people

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// ProfileSet is the permission set that holds a profile's own rights; it is made when there is none.
func ProfileSet(ctx context.Context, a *records.Access, profile schema.RecordID) (schema.RecordID, error) {
	set, err := a.FirstID(ctx, fmt.Sprintf("SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = '%s'", profile))
	if err != nil || set != "" {
		return set, err
	}
	name := "X" + string(profile)
	return a.Create(ctx, "PermissionSet", records.Values{"Name": name, "Label": name, "IsOwnedByProfile": true,
		"IsCustom": false, "ProfileId": string(profile)})
}

// Give writes a row of rights into a permission set, unless it is there: field is what the row is about, value which.
func Give(ctx context.Context, a *records.Access, object string, set schema.RecordID, field, value string, values records.Values) error {
	have, err := a.FirstID(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE ParentId = '%s' AND %s = %s", object, set, field, soql.Quote(value)))
	if err != nil || have != "" {
		return err
	}
	values["ParentId"], values[field] = string(set), value
	_, err = a.Create(ctx, object, values)
	return err
}
