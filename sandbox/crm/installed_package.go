package crm

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// InstalledPackage is what the org remembers of a package that was installed into it.
type InstalledPackage struct {
	ID, PackageID, VersionID                      string
	Name, Publisher, VersionName, Version, ByName string
	At                                            time.Time
	Components                                    []ComponentName
}

const packageTables = `
CREATE TABLE IF NOT EXISTS installed_package (id TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
`

// ComponentName names a component.
type ComponentName struct{ Type, FullName string }

// InstalledPackages lists them.
func (o *Org) InstalledPackages(ctx context.Context) ([]InstalledPackage, error) {
	rows, err := o.DB().QueryContext(ctx, `SELECT definition FROM installed_package`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []InstalledPackage
	for rows.Next() {
		var definition string
		if err := rows.Scan(&definition); err != nil {
			return nil, err
		}
		var p InstalledPackage
		if err := json.Unmarshal([]byte(definition), &p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// PutInstalledPackage remembers a package; a newer version takes the older one's place.
func (a *Actor) PutInstalledPackage(ctx context.Context, p InstalledPackage) error {
	definition, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `INSERT INTO installed_package (id, definition) VALUES (?, `+
			`?) ON CONFLICT (id) DO UPDATE SET definition = excluded.definition`, p.ID, string(definition))
		return err
	})
}

// DropInstalledPackage forgets a package.
func (a *Actor) DropInstalledPackage(ctx context.Context, id string) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `DELETE FROM installed_package WHERE id = ?`, id)
		return err
	})
}

// GrantPackage gives profiles full access to a package's objects, fields, pages and tabs, as an installation does: always to
// administrators, to all custom profiles when everybody shall have it, and to those that were chosen.
func (a *Actor) GrantPackage(ctx context.Context, p InstalledPackage, everybody bool, chosen []schema.RecordID) error {
	found, err := a.Query(ctx, "SELECT Id, Name, PermissionsModifyAllData FROM Profile", false)
	if err != nil {
		return err
	}
	for _, row := range found.Records {
		custom := row.ID() != profile(administrators) && row.ID() != profile(standardUsers)
		if admin, _ := row.Get("PermissionsModifyAllData").(bool); admin || custom && everybody || custom && slices.Contains(chosen, row.ID()) {
			if err := a.grantTo(ctx, row, p); err != nil {
				return fmt.Errorf("grant %s to %s: %w", p.Name, row.Text("Name"), err)
			}
		}
	}
	return nil
}

// grantTo writes the rights into the permission set that belongs to the profile.
func (a *Actor) grantTo(ctx context.Context, owner records.Record, p InstalledPackage) error {
	set, err := people.ProfileSet(ctx, a.Access, owner.ID())
	if err != nil {
		return err
	}
	for _, c := range p.Components {
		if err := a.grantComponent(ctx, set, c); err != nil {
			return err
		}
	}
	return nil
}

func (a *Actor) grantComponent(ctx context.Context, set schema.RecordID, c ComponentName) error {
	switch c.Type {
	case "CustomObject":
		o, ok := a.Object(c.FullName)
		if !ok || !o.Custom || o.Setting != "" {
			return nil
		}
		all := rights.ObjectPermissions{Object: o.Name, Read: true, Create: true, Edit: true, Delete: true, ViewAll: true, ModifyAll: true}
		if err := people.Give(ctx, a.Access, "ObjectPermissions", set, "SobjectType", o.Name, all.Values()); err != nil {
			return err
		}
		for _, f := range o.Fields {
			if f.Custom && !f.Required {
				if err := people.Give(ctx, a.Access, "FieldPermissions", set, "Field", o.Name+"."+f.Name,
					records.Values{"SobjectType": o.Name, "PermissionsRead": true, "PermissionsEdit": true}); err != nil {
					return err
				}
			}
		}
	case "CustomApplication":
		return people.Give(ctx, a.Access, "SetupEntityAccess", set, "SetupEntityId", c.FullName,
			records.Values{"SetupEntityType": people.AppEntity})
	case "CustomTab":
		return people.Give(ctx, a.Access, "PermissionSetTabSetting", set, "Name", c.FullName, records.Values{"Visibility": "Visible"})
	case "ApexPage":
		id, err := a.FirstID(ctx, "SELECT Id FROM ApexPage WHERE Name = "+soql.Quote(c.FullName))
		if err != nil || id == "" {
			return err
		}
		return people.Give(ctx, a.Access, "SetupEntityAccess", set, "SetupEntityId", string(id), records.Values{"SetupEntityType": "ApexPage"})
	}
	return nil
}

// CustomProfiles are the profiles that somebody made: the two that every org has are not among them.
func (o *Org) CustomProfiles(ctx context.Context) (custom []records.Record, err error) {
	err = o.Transact(ctx, func(a *Actor) error {
		found, err := a.Query(ctx, "SELECT Id, Name FROM Profile ORDER BY Name", false)
		for _, p := range found.Records {
			if p.ID() != profile(administrators) && p.ID() != profile(standardUsers) {
				custom = append(custom, p)
			}
		}
		return err
	})
	return custom, err
}
