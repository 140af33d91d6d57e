package crm

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"
)

// User is a person who may log in.
type User struct {
	ID, ProfileID, CallCenterID     RecordID
	Username, Name, Email, TimeZone string
	Active, Administrator           bool
}

// Actor does things in the org as a user, within that user's rights. It is bound to one request.
type Actor struct {
	org    *Org
	tx     *tx // set inside Transact
	user   User
	system bool
	grants *grants
	paged  int    // most of a page of a query; 0 is batch
	at     string // path of the API that it uses, which addresses of records begin with; "" is the newest
}

// Through is the actor as one who came by an API: its path with its version, such as /services/data/v60.0.
func (a *Actor) Through(api string) *Actor {
	through := *a
	through.at = api
	return &through
}

// Paging is the actor with pages of so many rows, within the platform's bounds. Source: REST API developer guide, Query Options Header.
func (a *Actor) Paging(rows int) *Actor {
	paging := *a
	paging.paged = min(max(rows, leastBatch), batch)
	return &paging
}

// Record is an empty record of an object that may be no sObject, as one that the actor has read.
func (a *Actor) Record(object string) Record { return Record{Object: object, at: a.at} }

// grants are what permission sets add to a profile.
type grants struct {
	objects map[string]objectGrant // by lower-case name
	fields  map[string]fieldGrant  // by lower-case Object.Field
	pages   map[RecordID]bool
	entries map[string]bool // names of setup entities, lower case
	tabs    map[string]string
	sets    map[string]bool // names of assigned permission sets
	system  map[Permission]bool
}

type objectGrant struct{ read, create, edit, remove, viewAll, modifyAll bool }

type fieldGrant struct{ read, edit bool }

const userRow = `SELECT u."Id", u."Username", u."Name", u."Email", u."TimeZoneSidKey", u."IsActive", u."ProfileId", coalesce(u."CallCenterId", ''), p."PermissionsModifyAllData"
FROM "o_User" u LEFT JOIN "o_Profile" p ON p."Id" = u."ProfileId" WHERE u."IsDeleted" = 0 AND `

// UserByName finds a user by the name to log in with; NOT_FOUND if there is none.
func (o *Org) UserByName(ctx context.Context, username string) (User, error) {
	return scanUser(o.read.QueryRowContext(ctx, userRow+`u."Username" = ?`, username))
}

// User finds a user; NOT_FOUND if there is none.
func (o *Org) User(ctx context.Context, id RecordID) (User, error) {
	return scanUser(o.read.QueryRowContext(ctx, userRow+`u."Id" = ?`, string(id)))
}

func scanUser(row *sql.Row) (User, error) {
	var u User
	var admin sql.NullBool
	err := row.Scan(&u.ID, &u.Username, &u.Name, &u.Email, &u.TimeZone, &u.Active, &u.ProfileID, &u.CallCenterID, &admin)
	if errors.Is(err, sql.ErrNoRows) {
		return u, errNotFound()
	}
	u.Administrator = admin.Bool
	return u, err
}

// As gives an actor with a user's rights as they are now.
func (o *Org) As(ctx context.Context, id RecordID) (*Actor, error) {
	known, at := o.rights.get(id)
	if known == nil {
		user, err := o.User(ctx, id)
		if err != nil {
			return nil, err
		}
		g, err := o.loadGrants(ctx, user)
		if err != nil {
			return nil, err
		}
		known = &rights{user, g}
		o.rights.put(id, known, at)
	}
	if !known.user.Active {
		return nil, fail(401, "INVALID_SESSION_ID", "Session expired or invalid")
	}
	return &Actor{org: o, user: known.user, grants: known.grants}, nil
}

// rights are a user with what permission sets add; never changed in place.
type rights struct {
	user   User
	grants *grants
}

// rightsCache keeps rights until a record that they come from is written. Each request asks for them, and hardly anybody changes them.
type rightsCache struct {
	mu  sync.Mutex // guards what follows
	by  map[RecordID]*rights
	age int // how often it was emptied
	off int // commits under way that change rights: meanwhile everybody asks the database, which alone knows when they count
}

const maxRights = 10_000

// get gives what is known, and the cache's age for put.
func (c *rightsCache) get(id RecordID) (*rights, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.by[id], c.age
}

// put keeps rights, unless something was written since they were asked for.
func (c *rightsCache) put(id RecordID, r *rights, age int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.age != age || c.off > 0 {
		return
	}
	if c.by == nil || len(c.by) >= maxRights {
		c.by = map[RecordID]*rights{}
	}
	c.by[id] = r
}

// rightsCome from records of these objects.
var rightsCome = []string{
	"User", "Profile", "PermissionSet", "PermissionSetAssignment", "ObjectPermissions", "FieldPermissions", "SetupEntityAccess", "PermissionSetTabSetting",
}

// close empties the cache before a commit if one of its changes matters, and keeps it empty until open. It says whether it did: readers
// see a commit before its call returns.
func (c *rightsCache) close(changes []Change) bool {
	if !slices.ContainsFunc(changes, func(w Change) bool { return slices.Contains(rightsCome, w.Object) }) {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by, c.age, c.off = nil, c.age+1, c.off+1
	return true
}

// open lets the cache fill again once a commit is over; what was read while it went on is not kept.
func (c *rightsCache) open() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.age, c.off = c.age+1, c.off-1
}

// User is whom the actor acts for.
func (a *Actor) User() User { return a.user }

// assigned are a user's permission sets; a profile's own rights are kept as a set that belongs to it.
const assigned = ` IN (WITH me(id) AS (SELECT ?) SELECT "PermissionSetId" FROM "o_PermissionSetAssignment", me WHERE "AssigneeId" = me.id AND "IsDeleted" = 0
UNION SELECT s."Id" FROM me JOIN "o_User" u ON u."Id" = me.id JOIN "o_PermissionSet" s ON s."ProfileId" = u."ProfileId" AND s."IsOwnedByProfile" = 1 AND s."IsDeleted" = 0)`

func (o *Org) loadGrants(ctx context.Context, u User) (*grants, error) {
	g := &grants{map[string]objectGrant{}, map[string]fieldGrant{}, map[RecordID]bool{}, map[string]bool{}, map[string]string{}, map[string]bool{}, map[Permission]bool{}}
	id := string(u.ID)
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
		{`SELECT "SobjectType", "PermissionsRead", "PermissionsCreate", "PermissionsEdit", "PermissionsDelete", "PermissionsViewAllRecords", "PermissionsModifyAllRecords" FROM "o_ObjectPermissions" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&object, &read, &create, &edit, &remove, &viewAll, &modifyAll}, func() {
				have := g.objects[strings.ToLower(object)]
				g.objects[strings.ToLower(object)] = objectGrant{have.read || read, have.create || create, have.edit || edit, have.remove || remove, have.viewAll || viewAll, have.modifyAll || modifyAll}
			}},
		{`SELECT "Field", "PermissionsRead", "PermissionsEdit" FROM "o_FieldPermissions" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&field, &read, &edit}, func() {
				have := g.fields[strings.ToLower(field)]
				g.fields[strings.ToLower(field)] = fieldGrant{have.read || read, have.edit || edit}
			}},
		{`SELECT "SetupEntityId" FROM "o_SetupEntityAccess" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&entity}, func() { g.pages[RecordID(entity)], g.entries[strings.ToLower(entity)] = true, true }},
		{`SELECT "Name", "Visibility" FROM "o_PermissionSetTabSetting" WHERE "IsDeleted" = 0 AND "ParentId"` + assigned,
			[]any{&entity, &visibility}, func() {
				if tab := strings.ToLower(entity); tabShown(visibility) || g.tabs[tab] == "" { // what one set shows, another does not hide
					g.tabs[tab] = visibility
				}
			}},
		{`SELECT "Name", ` + permissionColumns() + ` FROM "o_PermissionSet" WHERE "IsDeleted" = 0 AND "Id"` + assigned, heldInto, func() { g.sets[entity] = true; g.hold(held) }},
		{`SELECT '', ` + permissionColumns() + ` FROM "o_Profile" WHERE "Id" = (SELECT "ProfileId" FROM "o_User" WHERE "Id" = ?)`, heldInto, func() { g.hold(held) }},
	} {
		rows, err := o.read.QueryContext(ctx, q.text, id)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			if err := rows.Scan(q.into...); err != nil {
				return nil, errors.Join(err, rows.Close())
			}
			q.then()
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// hold adds what a row of a profile or a permission set allows.
func (g *grants) hold(row []sql.NullBool) {
	for i, p := range permissions {
		if row[i].Bool {
			g.system[p.name] = true
		}
	}
}

// HasPermissionSet says whether a permission set of this name is assigned to the user.
func (a *Actor) HasPermissionSet(name string) bool { return a.system || a.grants.sets[name] }

// MayOpenPage says whether the user may open a Visualforce page: who customises the org, and whoever a permission set lets in.
func (a *Actor) MayOpenPage(id RecordID) bool {
	return a.Can(CustomizeApplication) || a.grants.pages[id]
}

// SetsOpening names the permission sets that let their users open a page, by name.
func (o *Org) SetsOpening(ctx context.Context, page RecordID) ([]string, error) {
	rows, err := o.read.QueryContext(ctx, `SELECT s."Name" FROM "o_SetupEntityAccess" e JOIN "o_PermissionSet" s ON s."Id" = e."ParentId" WHERE e."SetupEntityId" = ? AND e."IsDeleted" = 0 AND s."IsDeleted" = 0 AND s."IsOwnedByProfile" = 0 ORDER BY s."Name"`, string(page))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// TabVisible says whether the tab of an object is shown to the user: a profile or a permission set shows it, and the object may be read.
func (a *Actor) TabVisible(object string) bool {
	o, ok := a.schema().Object(object)
	if a.system {
		return ok
	}
	return ok && a.can(o).read && tabShown(a.grants.tabs[strings.ToLower(TabOf(o))])
}

// TabOf is how metadata names an object's tab.
func TabOf(o Object) string {
	if o.Custom {
		return o.Name
	}
	return "standard-" + o.Name
}

func tabShown(visibility string) bool { return visibility == "Visible" || visibility == "Available" }

// AppVisible says whether the user may open an app, by its name in metadata.
func (a *Actor) AppVisible(app string) bool {
	return a.system || a.grants.entries[strings.ToLower(app)]
}

func (a *Actor) can(o Object) objectGrant {
	all := objectGrant{true, true, true, true, true, true}
	switch {
	case a.system:
		return all
	case o.Setup:
		return a.setup(o)
	case o.ReadOnly:
		return objectGrant{read: true}
	case o.Setting != "":
		return a.settings(o)
	case a.Can(ModifyAllData):
		return all
	case o.Name == "Task": // whose rights are no object's
		write := a.Can(EditTask)
		return objectGrant{read: true, create: write, edit: write, remove: write}
	}
	can := a.grants.objects[strings.ToLower(o.Name)]
	can.read = can.read || a.Can(ViewAllData)
	return can
}

// field says what the actor may do with a field. System, required and name fields follow the object; others need an entry of their own
// even for an administrator. Source: salesforce-surface.md §9.
func (a *Actor) field(o Object, f Field) fieldGrant {
	if a.system {
		return fieldGrant{true, true}
	}
	can := a.can(o)
	if o.Setup && f.Name == "Markup" && !a.Can(CustomizeApplication) {
		return fieldGrant{}
	}
	if FieldRights(o, f) {
		return a.grants.fields[strings.ToLower(o.Name+"."+f.Name)]
	}
	return fieldGrant{can.read, can.create || can.edit}
}

// Object finds an object that the actor may read.
func (a *Actor) object(name string) (Object, error) {
	o, ok := a.schema().Object(name)
	if !ok || !a.can(o).read {
		return Object{}, errNoObject(name)
	}
	return o, nil
}

// visible finds a field that the actor may read.
func (a *Actor) visible(o Object, name string) (Field, bool) {
	f, ok := o.Field(name)
	return f, ok && a.field(o, f).read
}

func (a *Actor) schema() Schema {
	if a.tx != nil {
		return a.tx.schema
	}
	return a.org.Schema()
}

func (a *Actor) db() querier {
	if a.tx != nil {
		return a.tx.db
	}
	return a.org.read
}

// writing runs f in the actor's transaction, or in one of its own.
func (a *Actor) writing(ctx context.Context, f func(*tx) error) error {
	if a.tx != nil {
		return f(a.tx)
	}
	return a.org.inTx(ctx, f)
}
