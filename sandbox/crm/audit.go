package crm

import (
	"context"
	"fmt"
	"strings"
)

// SystemPermission is a right that concerns the whole org. Name is the metadata's word; the field of Profile and PermissionSet has
// Permissions before it.
type SystemPermission struct{ Name, Label string }

// SystemPermissions are those that this org knows, by label.
func SystemPermissions() []SystemPermission {
	return []SystemPermission{
		{"ApiEnabled", "API Enabled"},
		{"AssignPermissionSets", "Assign Permission Sets"},
		{"CustomizeApplication", "Customize Application"},
		{"FreezeUsers", "Freeze Users"},
		{"LightningExperienceUser", "Lightning Experience User"},
		{"ManageCallCenters", "Manage Call Centers"},
		{"ManageUsers", "Manage Users"},
		{"ManageProfilesPermissionsets", "Manage Profiles and Permission Sets"},
		{"ModifyAllData", "Modify All Data"},
		{"ModifyMetadata", "Modify Metadata Through Metadata API Functions"},
		{"ResetPasswords", "Reset User Passwords and Unlock Users"},
		{"ViewAllCustomSettings", "View All Custom Settings"},
		{"ViewAllData", "View All Data"},
		{"ViewSetup", "View Setup and Configuration"},
	}
}

func systemPermissions() []Field {
	var fields []Field
	for _, p := range SystemPermissions() {
		fields = append(fields, flag("Permissions"+p.Name, p.Label))
	}
	return fields
}

// auditObjects are what Setup keeps about users and changes.
func auditObjects() []Object {
	return []Object{
		{Name: "SetupAuditTrail", Label: "Setup Audit Trail Entry", Plural: "Setup Audit Trail Entries", KeyPrefix: "0Ym", Setup: true, ReadOnly: true, Fields: []Field{
			text("Action", "Action", 255), text("Section", "Section", 255), text("Display", "Display", 1000), text("DelegateUser", "Delegate User", 255),
			text("CreatedByContext", "Created By Context", 255), text("CreatedByIssuer", "Created By Issuer", 255), text("ResponsibleNamespacePrefix", "Namespace Prefix", 255),
		}},
		{Name: "UserLogin", Label: "User Login", Plural: "User Logins", KeyPrefix: "0Yw", Setup: true, Fields: []Field{
			required(lookup("UserId", "User ID", "", "", "User")), flag("IsFrozen", "Frozen"), flag("IsPasswordLocked", "Password Locked"),
		}},
	}
}

// MayDo says whether the profile or an assigned permission set gives a system permission, such as ViewSetup.
func (a *Actor) MayDo(permission string) bool {
	return a.system || a.user.Administrator || a.grants.system["permissions"+strings.ToLower(permission)]
}

func (o *Org) loadSystemPermissions(ctx context.Context, u User, g *grants) error {
	names := systemPermissions()
	columns := make([]string, len(names))
	for i, f := range names {
		columns[i] = `coalesce(` + column(f.Name) + `, 0)`
	}
	list := strings.Join(columns, ", ")
	rows, err := o.read.QueryContext(ctx, `SELECT `+list+` FROM "o_Profile" WHERE "Id" = ? UNION ALL SELECT `+list+` FROM "o_PermissionSet" WHERE "IsDeleted" = 0 AND "Id"`+assigned, string(u.ProfileID), string(u.ID))
	if err != nil {
		return err
	}
	defer rows.Close()
	given, into := make([]bool, len(names)), make([]any, len(names))
	for i := range given {
		into[i] = &given[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, f := range names {
			if given[i] {
				g.system[strings.ToLower(f.Name)] = true
			}
		}
	}
	return rows.Err()
}

// Administer runs f with an actor who acts for a user without limits of rights: whoever calls it has asked whether the user may. All that f
// writes counts together or not at all.
func (o *Org) Administer(ctx context.Context, user RecordID, f func(*Actor) error) error {
	return o.inTx(ctx, func(t *tx) error {
		u, err := scanUser(t.db.QueryRowContext(ctx, userRow+`u."Id" = ?`, string(user)))
		if err != nil {
			return err
		}
		return f(&Actor{org: o, tx: t, system: true, user: u})
	})
}

// Audit writes one entry of the setup audit trail in the actor's transaction: the platform's action name, the section of Setup, and the
// sentence that administrators read.
func (a *Actor) Audit(ctx context.Context, action, section, sentence string, args ...any) error {
	display := fmt.Sprintf(sentence, args...)
	if cut := []rune(display); len(cut) > 1000 {
		display = string(cut[:1000])
	}
	as := *a
	as.system = true
	_, err := as.Create(ctx, "SetupAuditTrail", Values{"Action": action, "Section": section, "Display": display})
	return err
}

// complete gives an org that was made by an older release the standard objects and fields that it lacks.
func (o *Org) complete(ctx context.Context) error {
	return o.inTx(ctx, func(t *tx) error {
		for _, object := range standardObjects() {
			have, exists := t.schema.Object(object.Name)
			next, lacks := have, !exists
			if !exists {
				next = object
			}
			for _, f := range object.Fields {
				if _, had := have.Field(f.Name); exists && !had {
					next.Fields, lacks = append(next.Fields[:len(next.Fields):len(next.Fields)], f), true
				}
			}
			if !lacks {
				continue
			}
			if err := t.putObject(ctx, next); err != nil {
				return fmt.Errorf("complete %s: %w", object.Name, err)
			}
		}
		return nil
	})
}

// OrgID is the organization that the actor acts in.
func (a *Actor) OrgID() RecordID { return a.org.id }
