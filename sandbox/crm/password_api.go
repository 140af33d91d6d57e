package crm

import (
	"context"
	"database/sql"
	"errors"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
)

// Programs set passwords through the APIs: their own user's, or another's with the right to. Refusals carry the platform's codes.

// SetUserPassword gives a user the password that a program chose.
func (a *Actor) SetUserPassword(ctx context.Context, id RecordID, password secret.String) error {
	user, err := a.passwordOf(ctx, id)
	if err != nil {
		return err
	}
	if err = checkPassword(user, password.Expose()); err == nil {
		err = checkReuse(ctx, a.db(), user.ID, password.Expose())
	}
	if bad, refused := errors.AsType[BadPassword](err); refused {
		return fail(400, "INVALID_NEW_PASSWORD", "%s", string(bad))
	}
	if err != nil {
		return err
	}
	return a.givePassword(ctx, user, password)
}

// GeneratePassword gives a user a random password, and tells it.
func (a *Actor) GeneratePassword(ctx context.Context, id RecordID) (secret.String, error) {
	user, err := a.passwordOf(ctx, id)
	if err != nil {
		return "", err
	}
	password := secret.String("Pc1-" + randomText(12))
	return password, a.givePassword(ctx, user, password)
}

// HasPassword says whether a user has a password that lets in.
func (a *Actor) HasPassword(ctx context.Context, id RecordID) (bool, error) {
	user, err := a.passwordOf(ctx, id)
	if err != nil {
		return false, err
	}
	var hash string
	err = a.db().QueryRowContext(ctx, `SELECT hash FROM secret WHERE user = ?`, string(user.ID)).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// passwordOf finds the user whose password the actor may set: nobody sets that of a user who may do more than the actor.
func (a *Actor) passwordOf(ctx context.Context, id RecordID) (User, error) {
	user, err := scanUser(a.db().QueryRowContext(ctx, userRow+`u."Id" = ?`, string(To18(string(id)))))
	switch {
	case err != nil:
		return User{}, err
	case user.ID == a.user.ID:
		return user, nil
	case user.Administrator && !a.Can(ModifyAllData):
		return User{}, errNoAccess()
	}
	return user, a.Require(ResetPasswords)
}

// givePassword stores a password, tells the audit trail of another user's and ends that user's sessions.
func (a *Actor) givePassword(ctx context.Context, user User, password secret.String) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	return a.writing(ctx, func(t *tx) error {
		if err := t.retire(ctx, user.ID); err != nil {
			return err
		}
		if err := t.setHash(ctx, user.ID, string(hash)); err != nil {
			return err
		}
		if err := t.useLinks(ctx, user.ID); err != nil || user.ID == a.user.ID {
			return err
		}
		if _, err := t.db.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, string(user.ID)); err != nil {
			return err
		}
		within := *a
		within.tx = t
		return within.Audit(ctx, "resetpassword", "Manage Users", "Reset password for user %s", user.Name)
	})
}
