package people

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Frozen says whether a user was frozen: active, but kept from logging in.
func Frozen(ctx context.Context, a *records.Access, user schema.RecordID) (bool, error) {
	return frozen(ctx, a.DB(), user)
}

// Frozen says the same to whoever lets users in.
func (p *People) Frozen(ctx context.Context, user schema.RecordID) (bool, error) {
	return frozen(ctx, p.store.DB(), user)
}

func frozen(ctx context.Context, db records.Querier, user schema.RecordID) (bool, error) {
	n := 0
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM "o_UserLogin" WHERE "UserId" = ? AND "IsFrozen" = 1 AND `+
		`"IsDeleted" = 0`, string(user)).Scan(&n)
	return n > 0, err
}

// Freeze keeps a user from logging in and ends his sessions, or lets him in again.
func Freeze(ctx context.Context, a *records.Access, user schema.RecordID, on bool) error {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM UserLogin WHERE UserId = '%s'", user), false)
	if err != nil {
		return err
	}
	if len(found.Records) > 0 {
		err = a.Update(ctx, "UserLogin", found.Records[0].ID(), records.Values{"IsFrozen": on}, "")
	} else {
		_, err = a.Create(ctx, "UserLogin", records.Values{"UserId": string(user), "IsFrozen": on})
	}
	return err
}
