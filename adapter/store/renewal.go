package store

import (
	"context"
	"time"
)

// BeginRenewal has this node alone use a session's refresh token, for so long at most, and gives the session as it is now. mine is false
// while another node uses it. ErrNone if the session is gone. Alone, a node has to see to it itself that it uses one token once.
func (s *Store) BeginRenewal(ctx context.Context, v Session, life time.Duration) (latest Session, mine bool, err error) {
	err = s.Do(ctx, v.UserID, func(t *Tx) (err error) {
		mine = true
		if t.store.nodes != nil {
			if mine, err = leaseRenewal(t, v, life); err != nil {
				return err
			}
		}
		latest, err = scanSession(func(into ...any) error {
			return t.one(sessionColumns+`WHERE token_hash = ?`, []any{v.TokenHash}, into...)
		})
		return err
	})
	return latest, mine && err == nil, err
}

func leaseRenewal(t *Tx, v Session, life time.Duration) (mine bool, err error) {
	n, err := t.exec(`UPDATE session SET renewer = ?, renewing = `+now+` + ? WHERE token_hash = ? AND renewing <= `+now, t.store.nodes.me(),
		life.Milliseconds(), v.TokenHash)
	return n > 0, err
}

// Renew keeps the tokens, sealed, that a session's refresh token got, and ends its renewal. renewed is false if the session is gone, or has
// another refresh token than this one by now.
func (s *Store) Renew(ctx context.Context, v Session, refresh, access []byte) (renewed bool, err error) {
	err = s.Do(ctx, v.UserID, func(t *Tx) error {
		n, err := t.exec(`UPDATE session SET refresh = ?, access = ? WHERE token_hash = ? AND refresh = ?`, refresh, access, v.TokenHash,
			v.Refresh)
		renewed = n > 0
		if err != nil || t.store.nodes == nil {
			return err
		}
		return leaveRenewal(t, v)
	})
	return renewed && err == nil, err
}

// EndRenewal ends a renewal that came to nothing.
func (s *Store) EndRenewal(ctx context.Context, v Session) error {
	if s.nodes == nil {
		return nil
	}
	return s.Do(ctx, v.UserID, func(t *Tx) error { return leaveRenewal(t, v) })
}

func leaveRenewal(t *Tx, v Session) error {
	_, err := t.exec(`UPDATE session SET renewing = 0, renewer = '' WHERE token_hash = ? AND renewer = ?`, v.TokenHash, t.store.nodes.me())
	return err
}
