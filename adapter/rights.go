package adapter

import (
	"context"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/salesforce"
)

// heldSet is a permission set that somebody has.
type heldSet struct {
	PermissionSet struct {
		Name string
		All  bool `json:"PermissionsModifyAllData"`
	}
}

const setColumns = "SELECT PermissionSet.Name, PermissionSet.PermissionsModifyAllData FROM "

// rightsOf asks the org which of the package's permission sets a user has, by itself or by a group of them, and whether the user may do
// everything anyway. Who was deactivated or frozen may nothing.
func rightsOf(ctx context.Context, client *salesforce.Client, userID string) (admin.Rights, error) {
	type user struct {
		IsActive bool
		Profile  struct {
			All bool `json:"PermissionsModifyAllData"`
		}
	}
	users, err := salesforce.Query[user](ctx, client,
		"SELECT IsActive, Profile.PermissionsModifyAllData FROM User WHERE Id = "+salesforce.Quote(userID))
	if err != nil {
		return admin.Rights{}, unanswered(err)
	}
	if len(users) == 0 || !users[0].IsActive || isFrozen(ctx, client, userID) {
		return admin.Rights{}, nil
	}
	assigned, err := salesforce.Query[heldSet](ctx, client, setColumns+"PermissionSetAssignment WHERE AssigneeId = "+salesforce.Quote(userID))
	if err != nil && !users[0].Profile.All {
		return admin.Rights{}, unanswered(err)
	}
	may := mayBy(admin.Rights{Everything: users[0].Profile.All, Flows: users[0].Profile.All}, assigned)
	if may.Everything && may.Flows {
		return may, nil
	}
	grouped, err := salesforce.Query[heldSet](ctx, client, setColumns+"PermissionSetGroupComponent WHERE PermissionSetGroupId IN "+
		"(SELECT PermissionSetGroupId FROM PermissionSetAssignment WHERE AssigneeId = "+salesforce.Quote(userID)+")")
	if err != nil && !salesforce.IsCode(err, "INVALID_TYPE", "INVALID_FIELD", "MALFORMED_QUERY") { // an org without groups
		return admin.Rights{}, unanswered(err)
	}
	return mayBy(may, grouped), nil
}

func mayBy(may admin.Rights, sets []heldSet) admin.Rights {
	for _, held := range sets {
		set := held.PermissionSet
		may.Everything = may.Everything || set.All || set.Name == "AC_Administrator" || set.Name == "AC_Manager"
		may.Flows = may.Flows || set.All || set.Name == "AC_Administrator"
		may.Own = may.Own || set.Name == "AC_Agent"
	}
	return may
}

// isFrozen says whether a user was frozen. An org that does not tell that to the integration user counts as saying no: the sign-in that a
// frozen user needs is refused by the org itself.
func isFrozen(ctx context.Context, client *salesforce.Client, userID string) bool {
	logins, err := salesforce.Query[struct{ IsFrozen bool }](ctx, client,
		"SELECT IsFrozen FROM UserLogin WHERE UserId = "+salesforce.Quote(userID))
	return err == nil && len(logins) > 0 && logins[0].IsFrozen
}
