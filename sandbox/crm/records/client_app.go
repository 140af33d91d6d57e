package records

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// An external client app is a component, and a record that stands for it: rows of SetupEntityAccess connect permission
// sets with that record. The record follows the component.

// appRecords finds the record of an app; none if there is none.
func (t *Tx) appRecords(ctx context.Context, name string) ([]schema.RecordID, error) {
	table := schema.Table(schema.ClientApp)
	return t.ids(ctx, `SELECT "Id" FROM `+table+` WHERE "DeveloperName" = ? AND "IsDeleted" = 0`, name)
}

// addAppRecord makes the record of an app that has none, and gives its id.
func (t *Tx) addAppRecord(ctx context.Context, a *Access, name string) (schema.RecordID, error) {
	have, err := t.appRecords(ctx, name)
	if err != nil {
		return "", err
	}
	if len(have) > 0 {
		return have[0], nil
	}
	o, _ := t.schema.Object(schema.ClientApp)
	return t.create(ctx, a.Unbound(), o, Values{"DeveloperName": name, "MasterLabel": name})
}

// dropAppRecord takes the record of an app away, and what connects permission sets with it.
func (t *Tx) dropAppRecord(ctx context.Context, name string) error {
	have, err := t.appRecords(ctx, name)
	if err != nil {
		return err
	}
	now := t.Store.Now().UTC().Format(Stored)
	app, _ := t.schema.Object(schema.ClientApp)
	access, _ := t.schema.Object(schema.SetupAccess)
	for _, id := range have {
		where := ` WHERE "SetupEntityId" = ? AND "IsDeleted" = 0`
		rows, err := t.ids(ctx, `SELECT "Id" FROM `+schema.Table(schema.SetupAccess)+where, string(id))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := t.remove(ctx, access, row, now, 0); err != nil {
				return err
			}
		}
		if err := t.remove(ctx, app, id, now, 0); err != nil {
			return err
		}
	}
	return nil
}
