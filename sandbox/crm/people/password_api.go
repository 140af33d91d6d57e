package people

import (
	"context"
	"database/sql"
	"errors"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Programs set passwords through the APIs: their own user's, or another's with the right to. Refusals carry the platform's codes.

// SetUserPassword gives a user the password that a program chose.
func SetUserPassword(ctx context.Context, a *records.Access, id schema.RecordID, password secret.String) error {
	user, err := passwordOf(ctx, a, id)
	if err != nil {
		return err
	}
	if err = checkPassword(user, password.Expose()); err == nil {
		err = checkReuse(ctx, a.DB(), user.ID, password.Expose())
	}
	if bad, refused := errors.AsType[BadPassword](err); refused {
		return schema.Fail(400, "INVALID_NEW_PASSWORD", "%s", string(bad))
	}
	if err != nil {
		return err
	}
	return givePassword(ctx, a, user, password)
}

// GeneratePassword gives a user a random password, and tells it.
func GeneratePassword(ctx context.Context, a *records.Access, id schema.RecordID) (secret.String, error) {
	user, err := passwordOf(ctx, a, id)
	if err != nil {
		return "", err
	}
	password := secret.String("Pc1-" + randomText(12))
	return password, givePassword(ctx, a, user, password)
}

// HasPassword says whether a user has a password that lets in.
func HasPassword(ctx context.Context, a *records.Access, id schema.RecordID) (bool, error) {
	user, err := passwordOf(ctx, a, id)
	if err != nil {
		return false, err
	}
	var hash string
	err = a.DB().QueryRowContext(ctx, `SELECT hash FROM secret WHERE user = ?`, string(user.ID)).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// passwordOf finds the user whose password the asker may set: nobody sets that of a user who may do more.
func passwordOf(ctx context.Context, a *records.Access, id schema.RecordID) (User, error) {
	user, err := scanUser(a.DB().QueryRowContext(ctx, userRow+`u."Id" = ?`, string(schema.To18(string(id)))))
	switch {
	case err != nil:
		return User{}, err
	case user.ID == a.Who():
		return user, nil
	case user.Administrator && !a.Can(rights.ModifyAllData):
		return User{}, schema.NoAccess()
	}
	return user, a.Require(rights.ResetPasswords)
}

// givePassword stores a password, tells the audit trail of another user's and ends that user's sessions.
func givePassword(ctx context.Context, a *records.Access, user User, password secret.String) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		if err := retire(ctx, t, user.ID); err != nil {
			return err
		}
		if err := SetHash(ctx, t, user.ID, string(hash)); err != nil {
			return err
		}
		if err := useLinks(ctx, t, user.ID); err != nil || user.ID == a.Who() {
			return err
		}
		if _, err := t.DB.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, string(user.ID)); err != nil {
			return err
		}
		return t.As(a.Rights).Audit(ctx, "resetpassword", "Manage Users", "Reset password for user %s", user.Name)
	})
}
