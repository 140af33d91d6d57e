package adapter

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/store"
)

// bind binds users whom the contact centre knows. What an unknown one tells counts all the same, unless somebody else works as that one; it
// is bound when the contact centre has said who that is.
func (u *users) bind(tx *store.Tx, userID, username string, now time.Time) (bound bool, err error) {
	if !u.known(userID, username) {
		_, err := agree(tx, userID, username, now)
		return false, err
	}
	return bind(tx, userID, username, now)
}

// bind binds at first sight.
func bind(tx *store.Tx, userID, username string, now time.Time) (bound bool, err error) {
	fresh, err := agree(tx, userID, username, now)
	if err != nil || !fresh {
		return err == nil, err
	}
	return true, tx.Bind(store.Binding{UserID: userID, Username: username, At: now})
}

// agree checks that a CRM user works as no other user of the contact centre than before, and nobody else as that one; fresh says that
// neither is bound. fault.Conflict otherwise.
func agree(tx *store.Tx, userID, username string, now time.Time) (fresh bool, err error) {
	found, err := tx.Bound(userID, username)
	if err != nil {
		return false, err
	}
	return identity.Bind(found, store.Binding{UserID: userID, Username: username, At: now}, func(other string) string {
		name, err := tx.UsernameOf(other)
		if err != nil {
			return ""
		}
		return name
	})
}

// ErrNotBound means that there was nothing to unbind.
var ErrNotBound = errors.New("no such user is bound")

// Unbind lets a user of the CRM (by id) or of the contact centre (by username) be bound anew, while the adapter of the data folder runs or
// not. ErrNotBound if nobody is bound by that name.
func Unbind(ctx context.Context, data, user string) error {
	file := folder{path: data}.file("adapter.db")
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("no adapter has worked in the folder %s: %w", data, err)
	}
	s, err := store.Open(ctx, file)
	if err != nil {
		return err
	}
	var n int64
	err = s.Do(ctx, "", func(tx *store.Tx) (err error) {
		n, err = tx.Unbind(user)
		return err
	})
	if err == nil && n == 0 {
		err = ErrNotBound
	}
	return errors.Join(err, s.Close())
}
