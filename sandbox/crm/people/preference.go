package people

import (
	"context"
	"database/sql"
	"errors"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// longestPreference bounds what is kept under one key, in bytes.
const longestPreference = 256 << 10

// Preference is what a page keeps for this user under a key, as JSON; "" for nothing.
func Preference(ctx context.Context, a *records.Access, key string) (string, error) {
	var value string
	err := a.DB().QueryRowContext(ctx, `SELECT value FROM preference WHERE user = ? AND key = ?`, string(a.Who()), key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// PutPreference keeps it; "" forgets it.
func PutPreference(ctx context.Context, a *records.Access, key, value string) error {
	if len(value) > longestPreference {
		return schema.Fail(400, "STRING_TOO_LONG", "data value too large: %s", key)
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		if value == "" {
			_, err := t.DB.ExecContext(ctx, `DELETE FROM preference WHERE user = ? AND key = ?`, string(a.Who()), key)
			return err
		}
		_, err := t.DB.ExecContext(ctx, `INSERT INTO preference (user, key, value) VALUES (?, ?, ?)
ON CONFLICT (user, key) DO UPDATE SET value = excluded.value`, string(a.Who()), key, value)
		return err
	})
}
