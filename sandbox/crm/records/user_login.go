package records

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const userLogin = "UserLogin"

// addUserLogin makes the record that says whether a new user is frozen: over the APIs it may only be changed.
func (t *Tx) addUserLogin(ctx context.Context, a *Access, o schema.Object, id schema.RecordID) error {
	login, ok := t.schema.Object(userLogin)
	if o.Name != "User" || !ok {
		return nil
	}
	_, err := t.create(ctx, a.Unbound(), login, Values{"UserId": string(id)})
	return err
}

// endSessions ends those of a user who is frozen by a write.
func (t *Tx) endSessions(ctx context.Context, o schema.Object, row map[string]any) error {
	if o.Name != userLogin || row["IsFrozen"] != int64(1) {
		return nil
	}
	_, err := t.DB.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, row["UserId"])
	return err
}
