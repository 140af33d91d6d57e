package checks

import (
	"context"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// agentsMaySignIn looks for the rights whose lack shows as Insufficient Privileges, and for the user at the contact
// centre.
func agentsMaySignIn(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.PermissionSets, "every user has a permission set")
	if err != nil {
		return found, err
	}
	page, err := org.Find(ctx, on.Site.CRM, "ApexPage", org.Unmanaged("", "AC_LightningAdapter"))
	if err != nil || page == "" {
		return found, err
	}
	closed, err := setsWithoutPage(ctx, on, page)
	if found = append(found, closed...); err != nil {
		return found, err
	}
	users, err := on.Site.Connect.Users(ctx, on.Site.Instance.ID)
	if err != nil {
		return found, err
	}
	if len(users) == 0 {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: "the instance has no user",
			Why:  "agents sign in to it",
			Mend: "Add users in the contact centre's user management.",
		})
	}
	return found, nil
}

// setsWithoutPage finds the permission sets that do not open the softphone page.
func setsWithoutPage(ctx context.Context, on On, page string) ([]setup.Finding, error) {
	var found []setup.Finding
	for _, set := range config.Sets {
		where := org.Unmanaged("Parent.", set) + " AND " + org.Equals("SetupEntityId", page)
		access, err := org.Find(ctx, on.Site.CRM, "SetupEntityAccess", where)
		if err != nil {
			return found, err
		}
		if access == "" {
			found = append(found, setup.Finding{
				Verdict: setup.Failed, What: set + " does not give access to the page AC_LightningAdapter",
				Why:  "its users read Insufficient Privileges when they sign in",
				Mend: "Deploy the package again: delete nothing, run patchcord setup apply.",
			})
		}
	}
	return found, nil
}
