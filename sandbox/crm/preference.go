package crm

import (
	"context"
	"database/sql"
	"errors"
)

// longestPreference bounds what is kept under one key, in bytes.
const longestPreference = 256 << 10

// Preference is what a page keeps for this user under a key, as JSON; "" for nothing.
func (a *Actor) Preference(ctx context.Context, key string) (string, error) {
	var value string
	err := a.db().QueryRowContext(ctx, `SELECT value FROM preference WHERE user = ? AND key = ?`, string(a.user.ID), key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// PutPreference keeps it; "" forgets it.
func (a *Actor) PutPreference(ctx context.Context, key, value string) error {
	if len(value) > longestPreference {
		return fail(400, "STRING_TOO_LONG", "data value too large: %s", key)
	}
	return a.writing(ctx, func(t *tx) error {
		if value == "" {
			_, err := t.db.ExecContext(ctx, `DELETE FROM preference WHERE user = ? AND key = ?`, string(a.user.ID), key)
			return err
		}
		_, err := t.db.ExecContext(ctx, `INSERT INTO preference (user, key, value) VALUES (?, ?, ?) ON CONFLICT (user, key) DO UPDATE SET value = excluded.value`,
			string(a.user.ID), key, value)
		return err
	})
}
