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
	return a.preference(ctx, string(a.user.ID), key)
}

// PutPreference keeps it; "" forgets it.
func (a *Actor) PutPreference(ctx context.Context, key, value string) error {
	return a.putPreference(ctx, string(a.user.ID), key, value)
}

// SharedPreference is what is kept for all users of the org under a key.
func (a *Actor) SharedPreference(ctx context.Context, key string) (string, error) {
	return a.preference(ctx, "", key)
}

// PutSharedPreference keeps it; "" forgets it. Whether the user may is for the caller to decide.
func (a *Actor) PutSharedPreference(ctx context.Context, key, value string) error {
	return a.putPreference(ctx, "", key, value)
}

func (a *Actor) preference(ctx context.Context, user, key string) (string, error) {
	var value string
	err := a.db().QueryRowContext(ctx, `SELECT value FROM preference WHERE user = ? AND key = ?`, user, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func (a *Actor) putPreference(ctx context.Context, user, key, value string) error {
	if len(value) > longestPreference {
		return fail(400, "STRING_TOO_LONG", "data value too large: %s", key)
	}
	return a.writing(ctx, func(t *tx) error {
		if value == "" {
			_, err := t.db.ExecContext(ctx, `DELETE FROM preference WHERE user = ? AND key = ?`, user, key)
			return err
		}
		_, err := t.db.ExecContext(ctx, `INSERT INTO preference (user, key, value) VALUES (?, ?, ?) ON CONFLICT (user, key) DO UPDATE SET value = excluded.value`, user, key, value)
		return err
	})
}
