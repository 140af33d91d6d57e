package store

import "context"

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
