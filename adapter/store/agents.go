package store

import (
	"context"
	"errors"
)

// Agents lists users of whom something is known as agents, after a user, at most limit.
func (s *Store) Agents(ctx context.Context, after string, limit int) (users []string, err error) {
	const agents = `SELECT user_id FROM state WHERE live = 1 AND contact = '' AND user_id > ? ORDER BY user_id LIMIT ?`
	err = s.View(ctx, func(tx *Tx) error {
		return tx.each(agents, []any{after, limit}, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			users = append(users, id)
			return err
		})
	})
	return users, err
}

// EachAgent reads what is known of users as agents, by their ids, at most limit. What is damaged is left out, and named by Damage.
func EachAgent[T any](t *Tx, limit int, do func(userID string, known T) error) error {
	const states = `SELECT user_id, body, sum FROM state WHERE live = 1 AND contact = '' AND user_id <> '' ORDER BY user_id LIMIT ?`
	return t.each(states, []any{limit}, func(scan func(...any) error) error {
		var userID string
		var body []byte
		var want int64
		if err := scan(&userID, &body, &want); err != nil {
			return err
		}
		var known T
		err := t.store.decode(body, want, "the state of the agent "+userID, &known)
		switch {
		case errors.Is(err, ErrDamaged):
			return nil
		case err != nil:
			return err
		}
		return do(userID, known)
	})
}
