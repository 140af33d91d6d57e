package rights

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Grants are what a user's profile and permission sets give. They are never changed once they are loaded.
type Grants struct {
	objects map[string]ObjectGrant   // by lower-case name
	fields  map[string]FieldGrant    // by lower-case Object.Field
	given   map[schema.RecordID]bool // setup entities by id: pages and flows
	entries map[string]bool          // names of setup entities, lower case
	tabs    map[string]string
	sets    map[string]bool // names of assigned permission sets
	system  map[Permission]bool
}

// ObjectGrant is what one may do with records of an object.
type ObjectGrant struct{ Read, Create, Edit, Remove, ViewAll, ModifyAll bool }

// FieldGrant is what one may do with a field.
type FieldGrant struct{ Read, Edit bool }

// assigned are a user's permission sets; a profile's own rights are kept as a set that belongs to it.
const assigned = ` IN (WITH me(id) AS (SELECT ?) SELECT "PermissionSetId" FROM "o_PermissionSetAssignment",
me WHERE "AssigneeId" = me.id AND "IsDeleted" = 0
UNION SELECT s."Id" FROM me JOIN "o_User" u ON u."Id" = me.id
JOIN "o_PermissionSet" s ON s."ProfileId" = u."ProfileId" AND s."IsOwnedByProfile" = 1 AND s."IsDeleted" = 0)`

// rows is the database, or a transaction.
type rows interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Load reads what a user's profile and permission sets give.
func Load(ctx context.Context, db rows, user schema.RecordID) (*Grants, error) {
	g := &Grants{map[string]ObjectGrant{}, map[string]FieldGrant{}, map[schema.RecordID]bool{}, map[string]bool{},
		map[string]string{}, map[string]bool{}, map[Permission]bool{}}
	var object, field, entity, visibility string
	var read, create, edit, remove, viewAll, modifyAll bool
	held := make([]sql.NullBool, len(permissions))
	heldInto := []any{&entity}
	for i := range held {
		heldInto = append(heldInto, &held[i])
	}
	for _, q := range []struct {
		text string
		into []any
		then func()
	}{
		{`SELECT "SobjectType", "PermissionsRead", "PermissionsCreate", "PermissionsEdit", "PermissionsDelete", ` +
			`"PermissionsViewAllRecords", "PermissionsModifyAllRecords" FROM "o_ObjectPermissions" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&object, &read, &create, &edit, &remove, &viewAll, &modifyAll}, func() {
				have := g.objects[strings.ToLower(object)]
				g.objects[strings.ToLower(object)] = ObjectGrant{have.Read || read, have.Create || create, have.Edit || edit,
					have.Remove || remove, have.ViewAll || viewAll, have.ModifyAll || modifyAll}
			}},
		{`SELECT "Field", "PermissionsRead", "PermissionsEdit" FROM "o_FieldPermissions" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&field, &read, &edit}, func() {
				have := g.fields[strings.ToLower(field)]
				g.fields[strings.ToLower(field)] = FieldGrant{have.Read || read, have.Edit || edit}
			}},
		{`SELECT "SetupEntityId" FROM "o_SetupEntityAccess" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&entity}, func() { g.given[schema.RecordID(entity)], g.entries[strings.ToLower(entity)] = true, true }},
		{`SELECT "Name", "Visibility" FROM "o_PermissionSetTabSetting" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&entity, &visibility}, func() {
				if tab := strings.ToLower(entity); tabShown(visibility) || g.tabs[tab] == "" { // what one set shows, another does not hide
					g.tabs[tab] = visibility
				}
			}},
		{`SELECT "Name", ` + columns() + ` FROM "o_PermissionSet" WHERE "IsDeleted" = 0 AND "Id"` + assigned, heldInto,
			func() { g.sets[entity] = true; g.hold(held) }},
		{`SELECT '', ` + columns() + ` FROM "o_Profile" WHERE "Id" = (SELECT "ProfileId" FROM "o_User" WHERE "Id" = ?)`,
			heldInto, func() { g.hold(held) }},
	} {
		found, err := db.QueryContext(ctx, q.text, string(user))
		if err != nil {
			return nil, err
		}
		for found.Next() {
			if err := found.Scan(q.into...); err != nil {
				return nil, errors.Join(err, found.Close())
			}
			q.then()
		}
		if err := errors.Join(found.Err(), found.Close()); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// hold adds what a row of a profile or a permission set allows.
func (g *Grants) hold(row []sql.NullBool) {
	for i, p := range permissions {
		if row[i].Bool {
			g.system[p.name] = true
		}
	}
}

// SetsOpening names the permission sets that let their users open a page, by name.
func SetsOpening(ctx context.Context, db rows, page schema.RecordID) ([]string, error) {
	found, err := db.QueryContext(ctx, `SELECT s."Name" FROM "o_SetupEntityAccess" e JOIN "o_PermissionSet" s ON s."Id" `+
		`= e."ParentId" WHERE e."SetupEntityId" = ? AND e."IsDeleted" = 0 AND s."IsDeleted" = 0 AND s."IsOwnedByProfile" = `+
		`0 ORDER BY s."Name"`, string(page))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var names []string
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, found.Err()
}
