package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Grant is what a refresh token stands for.
type Grant struct {
	User         schema.RecordID
	Scope        string
	Issued, Used time.Time // Used is Issued until a session was got with it
}

// Upgrade gives the tokens of an older build the columns that have come since: refresh tokens their age, as if they were
// issued now, and sessions their scope; those of clients have none and open no pages.
func (p *People) Upgrade(ctx context.Context) error {
	now := p.store.Now().Unix()
	return errors.Join(
		p.widen(ctx, "refresh", "issued", `ALTER TABLE refresh ADD COLUMN issued INTEGER NOT NULL DEFAULT 0`,
			`ALTER TABLE refresh ADD COLUMN used INTEGER NOT NULL DEFAULT 0`,
			fmt.Sprintf(`UPDATE refresh SET issued = %d, used = %d`, now, now)),
		p.widen(ctx, "session", "scope", `ALTER TABLE session ADD COLUMN scope TEXT NOT NULL DEFAULT ''`),
	)
}

// widen changes a table that does not have a column yet.
func (p *People) widen(ctx context.Context, table, column string, changes ...string) error {
	var have int
	const count = `SELECT count(*) FROM pragma_table_info(?) WHERE name = ?`
	if err := p.store.DB().QueryRowContext(ctx, count, table, column).Scan(&have); err != nil || have > 0 {
		return err
	}
	return p.store.Write(ctx, func(t *records.Tx) error {
		for _, change := range changes {
			if _, err := t.DB.ExecContext(ctx, change); err != nil {
				return err
			}
		}
		return nil
	})
}

func newRefresh() string { return "5Aep" + randomText(80) }

// CreateRefresh gives a refresh token for a user and a client.
func (p *People) CreateRefresh(ctx context.Context, user schema.RecordID, client, scope string) (string, error) {
	token, now := newRefresh(), p.store.Now().Unix()
	return token, p.store.Write(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `INSERT INTO refresh (hash, user, client, scope, issued, used) VALUES (?, ?, ?, ?, `+
			`?, ?)`, digest(token), string(user), client, scope, now, now)
		return err
	})
}

// Refresh finds what a refresh token stands for; ErrNoSession if it is not good for this client.
func (p *People) Refresh(ctx context.Context, token, client string) (Grant, error) {
	var g Grant
	var issued, used int64
	err := p.store.DB().QueryRowContext(ctx,
		`SELECT user, scope, issued, used FROM refresh WHERE hash = ? AND client = ?`, digest(token), client).Scan(&g.User,
		&g.Scope, &issued, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return Grant{}, ErrNoSession
	}
	g.Issued, g.Used = time.Unix(issued, 0), time.Unix(used, 0)
	return g, err
}

// UseRefresh notes that a session was got with a refresh token.
func (p *People) UseRefresh(ctx context.Context, token string) error {
	return p.store.Write(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `UPDATE refresh SET used = ? WHERE hash = ?`, p.store.Now().Unix(), digest(token))
		return err
	})
}

const keptSpent = 100 // refresh tokens that went before the one that is good

// RotateRefresh puts a new refresh token in an old one's place; ErrNoSession if somebody else was quicker. Its age stays that of the first.
func (p *People) RotateRefresh(ctx context.Context, old string) (string, error) {
	token, before := newRefresh(), digest(old)
	now := digest(token)
	return token, p.store.Write(ctx, func(t *records.Tx) error {
		done, err := t.DB.ExecContext(ctx, `UPDATE refresh SET hash = ?, used = ? WHERE hash = ?`, now, p.store.Now().Unix(), before)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNoSession)
		}
		if _, err := t.DB.ExecContext(ctx, `UPDATE spent_refresh SET now = ? WHERE now = ?`, now, before); err != nil {
			return err
		}
		if _, err := t.DB.ExecContext(ctx, `INSERT INTO spent_refresh (hash, now) VALUES (?, ?)`, before, now); err != nil {
			return err
		}
		_, err = t.DB.ExecContext(ctx, `DELETE FROM spent_refresh WHERE now = ? AND id NOT IN (SELECT id FROM spent_refresh `+
			`WHERE now = ? ORDER BY id DESC LIMIT ?)`, now, now, keptSpent)
		return err
	})
}

// RevokeReused ends everything that came from a refresh token that had been replaced before: whoever sends it may have stolen it.
func (p *People) RevokeReused(ctx context.Context, token string) error {
	var now string
	err := p.store.DB().QueryRowContext(ctx, `SELECT now FROM spent_refresh WHERE hash = ?`, digest(token)).Scan(&now)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return p.store.Write(ctx, func(t *records.Tx) error {
		_, err := revoke(ctx, t, now)
		return err
	})
}

// revoke ends the session or the refresh token with this digest; with a refresh token the sessions of its user and client end too. It
// counts what there was.
func revoke(ctx context.Context, t *records.Tx, hash string) (int64, error) {
	var all int64
	for _, q := range []struct {
		text  string
		count bool
	}{
		{`DELETE FROM session WHERE (user, client) IN (SELECT user, client FROM refresh WHERE hash = ?)`, false},
		{`DELETE FROM spent_refresh WHERE now = ?`, false},
		{`DELETE FROM refresh WHERE hash = ?`, true},
		{`DELETE FROM session WHERE hash = ?`, true},
	} {
		done, err := t.DB.ExecContext(ctx, q.text, hash)
		if err != nil {
			return all, err
		}
		if n, err := done.RowsAffected(); err != nil {
			return all, err
		} else if q.count {
			all += n
		}
	}
	return all, nil
}

// Authorized says whether a user has let a client act, and not taken that back.
func (p *People) Authorized(ctx context.Context, user schema.RecordID, client string) (bool, error) {
	var n int
	err := p.store.DB().QueryRowContext(ctx, `SELECT count(*) FROM refresh WHERE user = ? AND client = ?`, string(user), client).Scan(&n)
	return n > 0, err
}

// EndSessions ends all sessions of a client; its refresh tokens stay. Log-ins by password are of no client.
func EndSessions(ctx context.Context, a *records.Access, client string) error {
	if client == "" {
		return nil
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `DELETE FROM session WHERE client = ?`, client)
		return err
	})
}

// RevokeClient ends all sessions of a client and forgets its refresh tokens.
func RevokeClient(ctx context.Context, a *records.Access, client string) error {
	if err := EndSessions(ctx, a, client); err != nil {
		return err
	}
	return a.Writing(ctx, func(t *records.Tx) error {
		for _, q := range []string{`DELETE FROM spent_refresh WHERE now IN (SELECT hash FROM refresh WHERE client = ?)`,
			`DELETE FROM refresh WHERE client = ?`} {
			if _, err := t.DB.ExecContext(ctx, q, client); err != nil {
				return err
			}
		}
		return nil
	})
}
