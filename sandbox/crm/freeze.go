package crm

import (
	"context"
	"fmt"
)

// Frozen says whether a user was frozen: active, but kept from logging in.
func (a *Actor) Frozen(ctx context.Context, user RecordID) (bool, error) {
	return frozen(ctx, a.db(), user)
}

func frozen(ctx context.Context, db querier, user RecordID) (bool, error) {
	n := 0
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM "o_UserLogin" WHERE "UserId" = ? AND "IsFrozen" = 1 AND "IsDeleted" = 0`, string(user)).Scan(&n)
	return n > 0, err
}

// Freeze keeps a user from logging in and ends his sessions, or lets him in again.
func (a *Actor) Freeze(ctx context.Context, user RecordID, on bool) error {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM UserLogin WHERE UserId = '%s'", user), false)
	if err != nil {
		return err
	}
	if len(found.Records) > 0 {
		err = a.Update(ctx, "UserLogin", found.Records[0].ID(), Values{"IsFrozen": on}, "")
	} else {
		_, err = a.Create(ctx, "UserLogin", Values{"UserId": string(user), "IsFrozen": on})
	}
	if err != nil || !on {
		return err
	}
	return a.endSessions(ctx, user)
}

func (a *Actor) endSessions(ctx context.Context, user RecordID) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, string(user))
		return err
	})
}
