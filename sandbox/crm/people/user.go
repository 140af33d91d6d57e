// Package people is the sandbox CRM's users: who they are, how they log in, what programs and pages keep in their name.
//
// Read first: People, User, Session. It knows no HTTP; pages and APIs ask it.
package people

import (
	"context"
	"database/sql"
	"errors"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// People are an org's users as whoever is not logged in yet meets them: log-ins, sessions, tokens, links.
type People struct{ store *records.Store }

// Of are the users of the org that is kept in store.
func Of(store *records.Store) *People { return &People{store} }

// Tables is SQL that makes what this room keeps, if it is not there.
const Tables = userTables + passwordTables

const userTables = `
CREATE TABLE IF NOT EXISTS secret (user TEXT PRIMARY KEY, hash TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0,
  locked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, user TEXT NOT NULL, kind TEXT NOT NULL, client TEXT NOT NULL,
  life INTEGER NOT NULL, expires INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS refresh (hash TEXT PRIMARY KEY, user TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spent_refresh (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, now TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS spent_refresh_now ON spent_refresh (now);
CREATE TABLE IF NOT EXISTS preference (user TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (user TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (user, what)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL, at TEXT NOT NULL, read INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS mail_user ON mail (user, id);
`

// User is a person who may log in.
type User struct {
	ID, ProfileID, CallCenterID     schema.RecordID
	Username, Name, Email, TimeZone string
	Active, Administrator           bool
}

const userRow = `SELECT u."Id", u."Username", u."Name", u."Email", u."TimeZoneSidKey", u."IsActive", u."ProfileId",
coalesce(u."CallCenterId", ''), p."PermissionsModifyAllData"
FROM "o_User" u LEFT JOIN "o_Profile" p ON p."Id" = u."ProfileId" WHERE u."IsDeleted" = 0 AND `

// UserByName finds a user by the name to log in with; NOT_FOUND if there is none.
func (p *People) UserByName(ctx context.Context, username string) (User, error) {
	return scanUser(p.store.DB().QueryRowContext(ctx, userRow+`u."Username" = ?`, username))
}

// User finds a user; NOT_FOUND if there is none.
func (p *People) User(ctx context.Context, id schema.RecordID) (User, error) {
	return Find(ctx, p.store.DB(), id)
}

// Find finds a user as a transaction has it; NOT_FOUND if there is none.
func Find(ctx context.Context, db records.Querier, id schema.RecordID) (User, error) {
	return scanUser(db.QueryRowContext(ctx, userRow+`u."Id" = ?`, string(id)))
}

func scanUser(row *sql.Row) (User, error) {
	var u User
	var admin sql.NullBool
	err := row.Scan(&u.ID, &u.Username, &u.Name, &u.Email, &u.TimeZone, &u.Active, &u.ProfileID, &u.CallCenterID, &admin)
	if errors.Is(err, sql.ErrNoRows) {
		return u, schema.NotFound()
	}
	u.Administrator = admin.Bool
	return u, err
}
