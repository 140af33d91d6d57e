package crm

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
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
func (o *Org) CheckPassword(ctx context.Context, username string, password secret.String) (User, error) {
	user, err := o.UserByName(ctx, username)
	if err != nil {
		_ = bcrypt.CompareHashAndPassword([]byte(decoy), []byte(password.Expose())) // an unknown name takes as long as a wrong password
		return User{}, ErrBadCredentials
	}
	if err := o.verify(ctx, user, password); err != nil {
		return User{}, err
	}
	return user, o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `UPDATE "o_User" SET "LastLoginDate" = ? WHERE "Id" = ?`, o.cfg.Clock.Now().UTC().Format(stored), string(user.ID))
		return err
	})
}

// Verify asks a user who has logged in for the password once more. Wrong ones count as in a log-in.
func (o *Org) Verify(ctx context.Context, id RecordID, password secret.String) error {
	user, err := o.User(ctx, id)
	if err != nil {
		return err
	}
	return o.verify(ctx, user, password)
}

func (o *Org) verify(ctx context.Context, user User, password secret.String) error {
	var hash string
	var failures int
	var locked int64
	err := o.read.QueryRowContext(ctx, `SELECT hash, failures, locked FROM secret WHERE user = ?`, string(user.ID)).Scan(&hash, &failures, &locked)
	if errors.Is(err, sql.ErrNoRows) { // not set yet, or reset
		_ = bcrypt.CompareHashAndPassword([]byte(decoy), []byte(password.Expose()))
		return ErrBadCredentials
	}
	if err != nil {
		return err
	}
	now := o.cfg.Clock.Now()
	if locked > now.Unix() {
		return ErrLocked
	}
	if len(password) > 72 || bcrypt.CompareHashAndPassword([]byte(hash), []byte(password.Expose())) != nil {
		failures++
		if failures >= maxFailures {
			failures, locked = 0, now.Add(lockFor).Unix()
		}
		return errors.Join(ErrBadCredentials, o.noteLogin(ctx, user.ID, failures, locked))
	}
	if frozen, err := frozen(ctx, o.read, user.ID); err != nil || frozen || !user.Active {
		return errors.Join(err, ErrInactive)
	}
	if failures == 0 && locked == 0 {
		return nil
	}
	return o.noteLogin(ctx, user.ID, 0, 0)
}

// decoy is the hash of nothing in particular.
const decoy = "$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5mzmqZzVvSg2Fq6l9c1Ykz2d8kX3e"

func (o *Org) noteLogin(ctx context.Context, user RecordID, failures int, locked int64) error {
	return o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `UPDATE secret SET failures = ?, locked = ? WHERE user = ?`, failures, locked, string(user))
		return err
	})
}

// SetPassword gives a user a password.
func (o *Org) SetPassword(ctx context.Context, user RecordID, password secret.String) error {
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	if err != nil {
		return err
	}
	return o.inTx(ctx, func(t *tx) error { return t.setHash(ctx, user, string(hash)) })
}

func (t *tx) setHash(ctx context.Context, user RecordID, hash string) error {
	_, err := t.db.ExecContext(ctx, `INSERT INTO secret (user, hash) VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, failures = 0, locked = 0`, string(user), hash)
	return err
}

// Session is what a session id stands for.
type Session struct {
	User   RecordID
	Kind   string // ui, api
	Client string // consumer key; "" for a log-in by password
}

// CreateSession opens a session; its id is also an access token. It ends when it was not used for life.
func (o *Org) CreateSession(ctx context.Context, s Session, life time.Duration) (string, error) {
	token := string(o.id[:15]) + "!" + randomText(96)
	err := o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO session (hash, user, kind, client, life, expires) VALUES (?, ?, ?, ?, ?, ?)`,
			digest(token), string(s.User), s.Kind, s.Client, int64(life.Seconds()), o.cfg.Clock.Now().Add(life).Unix())
		return err
	})
	return token, err
}

// Session finds a live session; ErrNoSession if it never was or is over. Use lengthens it once half its life has gone.
func (o *Org) Session(ctx context.Context, token string) (Session, error) {
	var s Session
	var life, expires int64
	err := o.read.QueryRowContext(ctx, `SELECT user, kind, client, life, expires FROM session WHERE hash = ?`, digest(token)).Scan(&s.User, &s.Kind, &s.Client, &life, &expires)
	now := o.cfg.Clock.Now().Unix()
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && expires <= now:
		return Session{}, ErrNoSession
	case err != nil:
		return Session{}, err
	case expires-now > life/2:
		return s, nil
	}
	return s, o.inTx(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `UPDATE session SET expires = ? WHERE hash = ?`, now+life, digest(token))
		return err
	})
}

// Revoke ends a session or a refresh token; with a refresh token the sessions of its user and client end too. False if it was neither.
func (o *Org) Revoke(ctx context.Context, token string) (bool, error) {
	var n int64
	err := o.inTx(ctx, func(t *tx) (err error) {
		n, err = t.revoke(ctx, digest(token))
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
	const alphabet = base62 + "._"
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	for i, b := range raw {
		raw[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(raw)
}
