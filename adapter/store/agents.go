package store

// Agents lists users of whom something is known as agents, after a user, at most limit.
func (t *Tx) Agents(after string, limit int) (users []string, err error) {
	err = t.each(`SELECT user_id FROM state WHERE live = 1 AND contact = '' AND user_id > ? ORDER BY user_id LIMIT ?`, []any{after, limit},
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			users = append(users, id)
			return err
		})
	return users, err
}
