package steps

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/rights"
	"github.com/patchcord/patchcord/sfdx"
)

// AppAccess connects the permission sets with the External Client App by rows, beside the list in its policies: orgs
// have been seen to go by the one, and by the other.
type AppAccess struct{}

// Name says what it is.
func (AppAccess) Name() string { return "access to the External Client App" }

// appSets are the permission sets whose users the app lets in: people's, and the adapter's own.
func appSets() []string { return append(slices.Clone(config.Sets), rights.IntegrationSet) }

const appAccessWhy = "without it the org lets nobody with the set in: user hasn't approved this consumer"

// Plan looks for each set's row.
func (AppAccess) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	app, err := appID(ctx, p)
	if salesforce.IsCode(err, "INVALID_TYPE") {
		return []setup.Change{setup.Right("the app's policies let the sets in: this org has no rows for it")}, nil
	}
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, set := range appSets() {
		access := AppRow{Set: set}
		row, err := access.find(ctx, p, app)
		if err != nil {
			return changes, err
		}
		if row != "" {
			changes = append(changes, setup.Right("%s lets its users into the app", set))
			continue
		}
		what := set + " lets its users into the app"
		changes = append(changes, setup.Change{
			Action: setup.Create, What: what, Why: appAccessWhy, Made: []setup.Made{{What: what, Entry: access}},
			Do: func(ctx context.Context) error { return access.make(ctx, p) },
		})
	}
	return changes, nil
}

// appID is the id of the app's record; "" if there is none yet. INVALID_TYPE from an org that shows no such records.
func appID(ctx context.Context, p setup.Platforms) (string, error) {
	found, err := salesforce.Query[struct{ Id string }](ctx, p.CRM,
		"SELECT Id FROM "+sfdx.AppHeader.Type+" WHERE "+org.Equals("DeveloperName", sfdx.AppName))
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].Id, nil
}

// AppRow is the row that connects a permission set with the app: it is deleted.
type AppRow struct {
	Set string `json:"set"` // API name
}

const accessObject = "SetupEntityAccess"

// Kind is its name in the record.
func (AppRow) Kind() string { return "app access" }

// Key is the set.
func (r AppRow) Key() string { return r.Set }

func (r AppRow) find(ctx context.Context, p setup.Platforms, app string) (string, error) {
	if app == "" {
		return "", nil
	}
	return org.Find(ctx, p.CRM, accessObject, org.Unmanaged("Parent.", r.Set)+" AND "+org.Equals("SetupEntityId", app))
}

// make creates the row; the org sees by the ids of what type it is.
func (r AppRow) make(ctx context.Context, p setup.Platforms) error {
	app, err := org.Must(ctx, p.CRM, sfdx.AppHeader.Type, org.Equals("DeveloperName", sfdx.AppName))
	if err != nil {
		return err
	}
	set, err := org.Must(ctx, p.CRM, "PermissionSet", org.Unmanaged("", r.Set))
	if err != nil {
		return err
	}
	_, err = p.CRM.Create(ctx, accessObject, salesforce.Values{"ParentId": set, "SetupEntityId": app})
	if salesforce.IsCode(err, "DUPLICATE_VALUE") {
		return nil // the org made it of the policies
	}
	return err
}

// Undo deletes it.
func (r AppRow) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	app, err := appID(ctx, p)
	if salesforce.IsCode(err, "INVALID_TYPE") {
		return m.Gone(), nil
	}
	if err != nil {
		return setup.Change{}, err
	}
	row, err := r.find(ctx, p, app)
	if err != nil || row == "" {
		return m.Gone(), err
	}
	return m.Remove(func(ctx context.Context) error {
		err := p.CRM.Delete(ctx, accessObject, row)
		if salesforce.IsCode(err, "ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY") {
			return nil // somebody was faster
		}
		return err
	}), nil
}
