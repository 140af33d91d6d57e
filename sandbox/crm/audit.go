package crm

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// SystemPermission is a right that concerns the whole org. Name is the metadata's word; the field of Profile and PermissionSet has
// Permissions before it.
type SystemPermission struct{ Name, Label string }

// SystemPermissions are those that this org knows, by label.
func SystemPermissions() []SystemPermission {
	all := make([]SystemPermission, 0, len(permissions))
	for _, p := range permissions {
		all = append(all, SystemPermission{string(p.name), p.label})
	}
	slices.SortFunc(all, func(a, b SystemPermission) int { return strings.Compare(a.Label, b.Label) })
	return all
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

// OrgID is the organization that the actor acts in.
func (a *Actor) OrgID() RecordID { return a.org.id }
