package store

import (
	"context"
	"errors"
	"time"
)

// Session is an agent who signed in.
type Session struct {
	TokenHash string // of what the page holds
	UserID    string // CRM user, 18 characters
	Username  string
	Name      string
	Instance  string // origin of the CRM
	Refresh   []byte // sealed refresh token
	Access    []byte // sealed access token that was made by it last; empty for none
	Expires   time.Time
}

const (
	putSession = `INSERT INTO session (token_hash, user_id, username, name, instance, refresh, access, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (token_hash) DO UPDATE SET refresh = excluded.refresh, access = excluded.access, expires = excluded.expires`
	sessionColumns  = `SELECT token_hash, user_id, username, name, instance, refresh, access, expires FROM session `
	getSession      = sessionColumns + `WHERE token_hash = ? AND expires > ?`
	latestSession   = sessionColumns + `WHERE user_id = ? AND expires > ? ORDER BY expires DESC LIMIT 1`
	expiredSessions = sessionColumns + `WHERE expires <= ? ORDER BY expires LIMIT ?`
)

// PutSession adds a session, or renews all of it: from then on its user is signed in.
func (s *Store) PutSession(ctx context.Context, v Session, at time.Time) error {
	return s.Do(ctx, v.UserID, func(t *Tx) error {
		if err := signIn(t, v.UserID, at); err != nil {
			return err
		}
		_, err := t.exec(putSession, v.TokenHash, v.UserID, v.Username, v.Name, v.Instance, v.Refresh,
			append([]byte{}, v.Access...), v.Expires.Unix())
		return err
	})
}

// LengthenSession moves a session's end; one that is gone stays gone.
func (s *Store) LengthenSession(ctx context.Context, tokenHash string, expires time.Time) error {
	return s.exec(ctx, `UPDATE session SET expires = ? WHERE token_hash = ?`, expires.Unix(), tokenHash)
}

// Session finds a session that is good at a moment; ErrNone if there is none. All pages ask for theirs at once after a restart: the
// question stands outside of a transaction, which would cost as much as the one row.
func (s *Store) Session(ctx context.Context, tokenHash string, now time.Time) (Session, error) {
	var v Session
	err := s.read(ctx, func(t *Tx) (err error) {
		v, err = scanSession(func(into ...any) error { return t.one(getSession, []any{tokenHash, now.Unix()}, into...) })
		return err
	})
	return v, err
}

// SessionUsers says whose some sessions are, good or over; of those that have ended there is nothing left.
func (s *Store) SessionUsers(ctx context.Context, tokenHashes []string) (users map[string]string, err error) {
	err = s.View(ctx, func(t *Tx) (err error) {
		users, err = sessionUsers(t, tokenHashes)
		return err
	})
	return users, err
}

func sessionUsers(t *Tx, tokenHashes []string) (map[string]string, error) {
	users := map[string]string{}
	list, args := marksOf(tokenHashes)
	return users, t.each(`SELECT token_hash, user_id FROM session WHERE token_hash IN (`+list+`)`, args, func(scan func(...any) error) error {
		var hash, user string
		err := scan(&hash, &user)
		users[hash] = user
		return err
	})
}

// SessionOf finds a user's latest session; ErrNone if the user is signed out.
func (s *Store) SessionOf(ctx context.Context, userID string, now time.Time) (Session, error) {
	var v Session
	err := s.View(ctx, func(t *Tx) (err error) {
		v, err = scanSession(func(into ...any) error { return t.one(latestSession, []any{userID, now.Unix()}, into...) })
		return err
	})
	return v, err
}

// ExpiredSessions lists sessions that are over, at most limit.
func (s *Store) ExpiredSessions(ctx context.Context, now time.Time, limit int) (found []Session, err error) {
	err = s.View(ctx, func(t *Tx) error {
		return t.each(expiredSessions, []any{now.Unix(), limit}, func(scan func(...any) error) error {
			v, err := scanSession(scan)
			found = append(found, v)
			return err
		})
	})
	return found, err
}

func scanSession(scan func(...any) error) (v Session, err error) {
	var expires int64
	err = scan(&v.TokenHash, &v.UserID, &v.Username, &v.Name, &v.Instance, &v.Refresh, &v.Access, &expires)
	v.Expires = time.Unix(expires, 0)
	return v, err
}

// exec is a transaction of one statement.
func (s *Store) exec(ctx context.Context, text string, args ...any) error {
	return s.Do(ctx, "", func(t *Tx) error {
		_, err := t.exec(text, args...)
		return err
	})
}

// Binding says which user of the contact centre a user of the CRM works as.
type Binding struct {
	UserID   string // CRM user, 18 characters
	Username string // of the contact centre
	At       time.Time
}

// Bound finds the bindings of a CRM user or of a contact centre's user: none, one, or two that do not agree.
func (t *Tx) Bound(userID, username string) (found []Binding, err error) {
	err = t.each(`SELECT user_id, username, at FROM binding WHERE user_id = ? OR username = ?`, []any{userID, username},
		func(scan func(...any) error) error {
			var b Binding
			var at int64
			err := scan(&b.UserID, &b.Username, &at)
			b.At = moment(at)
			found = append(found, b)
			return err
		})
	return found, err
}

// Bind adds a binding.
func (t *Tx) Bind(b Binding) error {
	_, err := t.exec(`INSERT INTO binding (user_id, username, at) VALUES (?, ?, ?)`, b.UserID, b.Username, millis(b.At))
	return err
}

// Unbind drops the bindings of a user of either platform, and says how many there were.
func (t *Tx) Unbind(user string) (int64, error) {
	return t.exec(`DELETE FROM binding WHERE user_id = ? OR username = ?`, user, user)
}

// UsernameOf is the CRM username of a user who signed in; "" if nobody knows it any more.
func (t *Tx) UsernameOf(userID string) (username string, err error) {
	err = t.one(`SELECT username FROM session WHERE user_id = ? LIMIT 1`, []any{userID}, &username)
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	return username, err
}
