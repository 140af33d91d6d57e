package auth

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// A permission set lets its users in when a row of SetupEntityAccess connects it with the app, whatever the policies
// say of sets.
func TestARowConnectsAPermissionSetWithAnApp(t *testing.T) {
	d := newDoor(t)
	refresh := d.logIn()["refresh_token"]
	d.change(func(a *clientapp.App) { a.Policy.Permitted = clientapp.AdminApproved })
	d.assign("Wall")
	wantError(t, d.refresh(refresh, "s3cret"), "invalid_app_access", "user is not admin approved to access this app")
	d.do(func(a *crm.Actor) error {
		app, _, err := clientapp.Find(t.Context(), a, "Wallboard")
		if err != nil {
			return err
		}
		set, err := a.Query(t.Context(), "SELECT Id FROM PermissionSet WHERE Name = 'Wall'", false)
		if err != nil {
			return err
		}
		_, err = a.Create(t.Context(), "SetupEntityAccess", records.Values{
			"ParentId": string(set.Records[0].ID()), "SetupEntityId": string(app.ID),
		})
		return err
	})
	if out := d.refresh(refresh, "s3cret"); out["access_token"] == nil {
		t.Errorf("connected by a row: %v", out)
	}
}
