package crm

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Grant is what a refresh token stands for.
type Grant struct {
	User         RecordID
	Scope        string
	Issued, Used time.Time // Used is Issued until a session was got with it
}

// widenRefresh gives the refresh tokens of an older build the columns for their age, as if they were issued now.
func (o *Org) widenRefresh(ctx context.Context) error {
	var have int
	err := o.write.QueryRowContext(ctx, `SELECT count(*) FROM pragma_table_info('refresh') WHERE name = 'issued'`).Scan(&have)
	if err != nil || have > 0 {
		return err
	}
	if _, err := o.write.ExecContext(ctx, `ALTER TABLE refresh ADD COLUMN issued INTEGER NOT NULL DEFAULT 0; ALTER TABLE refresh ADD COLUMN used INTEGER NOT NULL DEFAULT 0;`); err != nil {
		return err
	}
	now := o.cfg.Clock.Now().Unix()
	_, err = o.write.ExecContext(ctx, `UPDATE refresh SET issued = ?, used = ?`, now, now)
	return err
}

func newRefresh() string { return "5Aep" + randomText(80) }

// CreateRefresh gives a refresh token for a user and a client.
func (o *Org) CreateRefresh(ctx context.Context, user RecordID, client, scope string) (string, error) {
	token, now := newRefresh(), o.cfg.Clock.Now().Unix()
	return token, o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO refresh (hash, user, client, scope, issued, used) VALUES (?, ?, ?, ?, ?, ?)`, digest(token), string(user), client, scope, now, now)
		return err
	})
}

// Refresh finds what a refresh token stands for; ErrNoSession if it is not good for this client.
func (o *Org) Refresh(ctx context.Context, token, client string) (Grant, error) {
	var g Grant
	var issued, used int64
	err := o.read.QueryRowContext(ctx, `SELECT user, scope, issued, used FROM refresh WHERE hash = ? AND client = ?`, digest(token), client).Scan(&g.User, &g.Scope, &issued, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return Grant{}, ErrNoSession
	}
	g.Issued, g.Used = time.Unix(issued, 0), time.Unix(used, 0)
	return g, err
}

// UseRefresh notes that a session was got with a refresh token.
func (o *Org) UseRefresh(ctx context.Context, token string) error {
	return o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `UPDATE refresh SET used = ? WHERE hash = ?`, o.cfg.Clock.Now().Unix(), digest(token))
		return err
	})
}

// RotateRefresh puts a new refresh token in an old one's place; ErrNoSession if somebody else was quicker. Its age stays that of the first.
func (o *Org) RotateRefresh(ctx context.Context, old string) (string, error) {
	token := newRefresh()
	return token, o.inTx(ctx, func(t *tx) error {
		done, err := t.db.ExecContext(ctx, `UPDATE refresh SET hash = ?, used = ? WHERE hash = ?`, digest(token), o.cfg.Clock.Now().Unix(), digest(old))
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		if err == nil && n == 0 {
			return ErrNoSession
		}
		return err
	})
}

// Authorized says whether a user has let a client act, and not taken that back.
func (o *Org) Authorized(ctx context.Context, user RecordID, client string) (bool, error) {
	var n int
	err := o.read.QueryRowContext(ctx, `SELECT count(*) FROM refresh WHERE user = ? AND client = ?`, string(user), client).Scan(&n)
	return n > 0, err
}

// ClientUsers counts the users for whom a client holds a token that is still good.
func (a *Actor) ClientUsers(ctx context.Context, client string) (int, error) {
	var n int
	err := a.db().QueryRowContext(ctx, `SELECT count(*) FROM (SELECT user FROM refresh WHERE client = ? UNION SELECT user FROM session WHERE client = ? AND expires > ?)`,
		client, client, a.org.cfg.Clock.Now().Unix()).Scan(&n)
	return n, err
}

// EndSessions ends all sessions of a client; its refresh tokens stay. Log-ins by password are of no client.
func (a *Actor) EndSessions(ctx context.Context, client string) error {
	if client == "" {
		return nil
	}
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `DELETE FROM session WHERE client = ?`, client)
		return err
	})
}

// RevokeClient ends all sessions of a client and forgets its refresh tokens.
func (a *Actor) RevokeClient(ctx context.Context, client string) error {
	if err := a.EndSessions(ctx, client); err != nil {
		return err
	}
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `DELETE FROM refresh WHERE client = ?`, client)
		return err
	})
}
