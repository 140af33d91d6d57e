package people

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Why a log-in is refused.
var (
	ErrBadCredentials = errors.New("wrong user name or password")
	ErrLocked         = errors.New("user is locked out")
	ErrInactive       = errors.New("user is inactive or frozen")
	ErrNoSession      = errors.New("no such session")
)

// Source: default password policy, ten attempts and fifteen minutes.
const (
	maxFailures = 10
	lockFor     = 15 * time.Minute
)

// CheckPassword finds the user with this name and password. Ten wrong ones lock the user out for a quarter of an hour.
func (p *People) CheckPassword(ctx context.Context, username string, password secret.String) (User, error) {
	user, err := p.UserByName(ctx, username)
	if err != nil {
		_ = bcrypt.CompareHashAndPassword([]byte(decoy), []byte(password.Expose())) // an unknown name takes as long as a wrong password
		return User{}, ErrBadCredentials
	}
	if err := p.verify(ctx, user, password); err != nil {
		return User{}, err
	}
	return user, p.store.Write(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `UPDATE "o_User" SET "LastLoginDate" = ? WHERE "Id" = ?`,
			p.store.Now().UTC().Format(records.Stored), string(user.ID))
		return err
	})
}

// Verify asks a user who has logged in for the password once more. Wrong ones count as in a log-in.
func (p *People) Verify(ctx context.Context, id schema.RecordID, password secret.String) error {
	user, err := p.User(ctx, id)
	if err != nil {
		return err
	}
	return p.verify(ctx, user, password)
}

func (p *People) verify(ctx context.Context, user User, password secret.String) error {
	var hash string
	var failures int
	var locked int64
	err := p.store.DB().QueryRowContext(ctx, `SELECT hash, failures, locked FROM secret WHERE user = ?`,
		string(user.ID)).Scan(&hash, &failures, &locked)
	if errors.Is(err, sql.ErrNoRows) { // not set yet, or reset
		_ = bcrypt.CompareHashAndPassword([]byte(decoy), []byte(password.Expose()))
		return ErrBadCredentials
	}
	if err != nil {
		return err
	}
	now := p.store.Now()
	if locked > now.Unix() {
		return ErrLocked
	}
	if len(password) > 72 || bcrypt.CompareHashAndPassword([]byte(hash), []byte(password.Expose())) != nil {
		failures++
		if failures >= maxFailures {
			failures, locked = 0, now.Add(lockFor).Unix()
		}
		return errors.Join(ErrBadCredentials, p.noteLogin(ctx, user.ID, failures, locked))
	}
	if frozen, err := frozen(ctx, p.store.DB(), user.ID); err != nil || frozen || !user.Active {
		return errors.Join(err, ErrInactive)
	}
	if failures == 0 && locked == 0 {
		return nil
	}
	return p.noteLogin(ctx, user.ID, 0, 0)
}

// decoy is the hash of nothing in particular.
const decoy = "$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5mzmqZzVvSg2Fq6l9c1Ykz2d8kX3e"

func (p *People) noteLogin(ctx context.Context, user schema.RecordID, failures int, locked int64) error {
	return p.store.Write(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `UPDATE secret SET failures = ?, locked = ? WHERE user = ?`, failures, locked, string(user))
		return err
	})
}

// SetPassword gives a user a password.
func (p *People) SetPassword(ctx context.Context, user schema.RecordID, password secret.String) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	return p.store.Write(ctx, func(t *records.Tx) error { return SetHash(ctx, t, user, string(hash)) })
}

// SetHash gives a user the password with this bcrypt hash; whoever was locked out is let in again.
func SetHash(ctx context.Context, t *records.Tx, user schema.RecordID, hash string) error {
	_, err := t.DB.ExecContext(ctx, `INSERT INTO secret (user, hash) VALUES (?, `+
		`?) ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, failures = 0, locked = 0`, string(user), hash)
	return err
}

// Session is what a session id stands for.
type Session struct {
	User   schema.RecordID
	Kind   string // ui, api
	Client string // consumer key; "" for a log-in by password
	Scope  string // what the client may do, space separated; a log-in by password has none and may all
}

// OpensPages says whether pages may be opened with the session: a client's token needs the scope for it.
func (s Session) OpensPages() bool {
	scopes := strings.Fields(s.Scope)
	return s.Client == "" || slices.Contains(scopes, "web") || slices.Contains(scopes, "full")
}

// CreateSession opens a session; its id is also an access token. It ends when it was not used for life. ErrInactive if the user is frozen.
func (p *People) CreateSession(ctx context.Context, s Session, life time.Duration) (string, error) {
	token := string(p.store.ID()[:15]) + "!" + randomText(96)
	err := p.store.Write(ctx, func(t *records.Tx) error {
		if barred, err := frozen(ctx, t.DB, s.User); err != nil || barred {
			return cmp.Or(err, ErrInactive)
		}
		_, err := t.DB.ExecContext(ctx,
			`INSERT INTO session (hash, user, kind, client, scope, life, expires) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			digest(token), string(s.User), s.Kind, s.Client, s.Scope, int64(life.Seconds()), p.store.Now().Add(life).Unix())
		return err
	})
	return token, err
}

// Session finds a live session; ErrNoSession if it never was or is over. Use lengthens it once half its life has gone.
func (p *People) Session(ctx context.Context, token string) (Session, error) {
	var s Session
	var life, expires int64
	const find = `SELECT user, kind, client, scope, life, expires FROM session WHERE hash = ?`
	err := p.store.DB().QueryRowContext(ctx, find, digest(token)).
		Scan(&s.User, &s.Kind, &s.Client, &s.Scope, &life, &expires)
	now := p.store.Now().Unix()
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && expires <= now:
		return Session{}, ErrNoSession
	case err != nil:
		return Session{}, err
	case expires-now > life/2:
		return s, nil
	}
	return s, p.store.Write(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `UPDATE session SET expires = ? WHERE hash = ?`, now+life, digest(token))
		return err
	})
}

// Revoke ends a session or a refresh token; with a refresh token the sessions of its user and client end too. False if it was neither.
func (p *People) Revoke(ctx context.Context, token string) (bool, error) {
	var n int64
	err := p.store.Write(ctx, func(t *records.Tx) (err error) {
		n, err = revoke(ctx, t, digest(token))
		return err
	})
	return n > 0, err
}

func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// randomText is letters, digits, points and underscores, as the platform's own tokens have.
func randomText(n int) string {
	const alphabet = schema.Base62 + "._"
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(raw)
}
