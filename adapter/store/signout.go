package store

import (
	"context"
	"errors"
	"time"
)

// Out is a time in which a user had no session.
type Out struct {
	From time.Time
	To   time.Time // zero while it lasts
}

const (
	// noteSignOut notes that a user has no session any more, if one is the user's last.
	noteSignOut = `INSERT INTO signed_out (user_id, at, until) SELECT user_id, ?2, 0 FROM session WHERE token_hash = ?1
AND NOT EXISTS (SELECT 1 FROM session other WHERE other.user_id = session.user_id AND other.token_hash <> ?1)
ON CONFLICT DO NOTHING`
	// dropKept drops what a user's flows have kept, if a session is the user's last one.
	dropKept = `DELETE FROM property WHERE user_id = (SELECT user_id FROM session WHERE token_hash = ?1)
AND NOT EXISTS (SELECT 1 FROM session WHERE user_id = property.user_id AND token_hash <> ?1)`
)

// DropSession ends a session; dropping it again changes nothing. One whose refresh token is another one by now stays: dropped is false
// then. With the last one of a user goes what the user's flows have kept.
func (s *Store) DropSession(ctx context.Context, v Session, at time.Time) (dropped bool, err error) {
	err = s.Do(ctx, v.UserID, func(t *Tx) error {
		var others int
		dropped = false
		err := t.one(`SELECT COUNT(*) FROM session WHERE token_hash = ? AND refresh <> ?`, []any{v.TokenHash, v.Refresh}, &others)
		if err != nil || others > 0 {
			return err
		}
		dropped = true
		if _, err := t.exec(noteSignOut, v.TokenHash, millis(at)); err != nil {
			return err
		}
		if _, err := t.exec(dropKept, v.TokenHash); err != nil {
			return err
		}
		_, err = t.exec(`DELETE FROM session WHERE token_hash = ?`, v.TokenHash)
		return err
	})
	return dropped && err == nil, err
}

// signIn ends the times in which a user had no session.
func signIn(t *Tx, userID string, at time.Time) error {
	_, err := t.exec(`UPDATE signed_out SET until = ? WHERE user_id = ? AND until = 0`, millis(at), userID)
	return err
}

// SignedOut is the latest time without a session that meets a span; none if the user was signed in all along, or never was.
func SignedOut(t *Tx, userID string, from, to time.Time) (out Out, err error) {
	var at, until int64
	err = t.one(`SELECT at, until FROM signed_out WHERE user_id = ? AND at < ? AND (until = 0 OR until > ?) ORDER BY at DESC LIMIT 1`,
		[]any{userID, millis(to), millis(from)}, &at, &until)
	if errors.Is(err, ErrNone) {
		return Out{}, nil
	}
	return Out{From: moment(at), To: moment(until)}, err
}
