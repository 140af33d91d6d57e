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

// Unbind lets a user of the CRM (by id) or of the contact centre (by username) be bound anew, while an adapter of the folder or the nodes
// of the database run or not. ErrNotBound if nobody is bound by that name.
func Unbind(ctx context.Context, cfg Config, user string) error {
	s, err := openKept(ctx, cfg)
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

// openKept opens what an adapter has worked on, beside it.
func openKept(ctx context.Context, cfg Config) (*store.Store, error) {
	if cfg.Postgres != "" {
		return openServer(ctx, cfg)
	}
	file, err := worked(cfg.Data)
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, file)
}

// worked is the store's file in a folder in which an adapter has worked.
func worked(data string) (file string, err error) {
	home := folder{path: data}
	if err := home.fits(false); err != nil {
		return "", err
	}
	file = home.file(storeFile)
	if _, err := os.Stat(file); err != nil {
		return "", fmt.Errorf("no adapter has worked in the folder %s: %w", data, err)
	}
	return file, nil
}
