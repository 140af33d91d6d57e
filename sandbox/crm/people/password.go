package people

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/crypto/bcrypt"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Passwords are set by their owners: the platform mails a link that counts once and for a day. Its token is stored as a digest.
const passwordTables = `
CREATE TABLE IF NOT EXISTS password_link (hash TEXT PRIMARY KEY, user TEXT NOT NULL, reason TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS password_link_user ON password_link (user);
CREATE TABLE IF NOT EXISTS old_password (id INTEGER PRIMARY KEY, user TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS old_password_user ON old_password (user);
`

// Source: the platform's default password policy.
const (
	linkLife      = 24 * time.Hour
	minPassword   = 8
	maxPassword   = 72 // bytes that the hash looks at
	remembered    = 3  // passwords that may not come again
	mostForgotten = 5  // mails in a day that a user who forgot the password is sent
)

// ErrNoLink means that a link to set a password never was, was used, or is over.
var ErrNoLink = errors.New("no such link")

// BadPassword is a new password that the org's policy refuses; its text is the platform's.
type BadPassword string

func (b BadPassword) Error() string { return string(b) }

// Why somebody is mailed a link.
type linkReason string

const (
	welcomed  linkReason = "welcome"
	reset     linkReason = "reset"
	forgotten linkReason = "forgotten"
)

// WelcomeUser mails a new user the link to a first password.
func WelcomeUser(ctx context.Context, a *records.Access, user schema.RecordID) error {
	return a.Writing(ctx, func(t *records.Tx) error { return mailLink(ctx, t, a, user, welcomed) })
}

// ResetPassword takes a user's password away, ends the user's sessions, unlocks the user and mails a link to a new password.
func ResetPassword(ctx context.Context, a *records.Access, user schema.RecordID) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		if err := retire(ctx, t, user); err != nil {
			return err
		}
		for _, q := range []string{`DELETE FROM secret WHERE user = ?`, `DELETE FROM session WHERE user = ?`} {
			if _, err := t.DB.ExecContext(ctx, q, string(user)); err != nil {
				return err
			}
		}
		return mailLink(ctx, t, a, user, reset)
	})
}

// ForgotPassword mails a link to the user of this name, if there is one who may log in. Nobody is told whether there is.
func (p *People) ForgotPassword(ctx context.Context, username string) error {
	return p.store.Write(ctx, func(t *records.Tx) error {
		if err := forgetLinks(ctx, t); err != nil {
			return err
		}
		user, err := scanUser(t.DB.QueryRowContext(ctx, userRow+`u."Username" = ?`, username))
		if _, unknown := errors.AsType[*schema.Error](err); unknown {
			return nil
		}
		if err != nil {
			return err
		}
		asked := 0
		if err := t.DB.QueryRowContext(ctx, `SELECT count(*) FROM password_link WHERE user = ? AND reason = ?`,
			string(user.ID), string(forgotten)).Scan(&asked); err != nil {
			return err
		}
		if barred, err := frozen(ctx, t.DB, user.ID); err != nil || barred || !user.Active || asked >= mostForgotten {
			return err
		}
		return mailLink(ctx, t, t.As(rights.All(t.Store.SystemUser())), user.ID, forgotten)
	})
}

func forgetLinks(ctx context.Context, t *records.Tx) error {
	_, err := t.DB.ExecContext(ctx, `DELETE FROM password_link WHERE expires <= ?`, t.Store.Now().Unix())
	return err
}

// mailLink makes a link, the only one of the user's that counts, and mails it.
func mailLink(ctx context.Context, t *records.Tx, a *records.Access, id schema.RecordID, reason linkReason) error {
	user, err := scanUser(t.DB.QueryRowContext(ctx, userRow+`u."Id" = ?`, string(id)))
	if err != nil {
		return err
	}
	if err := forgetLinks(ctx, t); err != nil {
		return err
	}
	if err := useLinks(ctx, t, id); err != nil {
		return err
	}
	token := randomText(48)
	if _, err := t.DB.ExecContext(ctx, `INSERT INTO password_link (hash, user, reason, expires) VALUES (?, ?, ?, ?)`,
		digest(token), string(id), string(reason), t.Store.Now().Add(linkLife).Unix()); err != nil {
		return err
	}
	return SendMail(ctx, a, id, passwordMail(user, reason, t.Store.Origin()+"/?c="+url.QueryEscape(token)))
}

func useLinks(ctx context.Context, t *records.Tx, user schema.RecordID) error {
	_, err := t.DB.ExecContext(ctx, `UPDATE password_link SET used = 1 WHERE user = ?`, string(user))
	return err
}

func passwordMail(user User, reason linkReason, link string) Mail {
	m := Mail{From: "Salesforce <support@salesforce.example>", Subject: "Finish resetting your Salesforce password"}
	const ending = "\n\nThis link can be used once and expires in 24 hours. If you didn't expect this email, contact " +
		"your Salesforce administrator.\n\nUsername: %s\n"
	switch reason {
	case welcomed:
		m.Subject = "Welcome to Salesforce: Verify your account"
		m.Body = fmt.Sprintf("Hi %s,\n\nWelcome to Salesforce! To get started, set your password:\n%s"+ending, user.Name, link, user.Username)
	case forgotten:
		m.Body = fmt.Sprintf("Hi %s,\n\nWe got a request to reset your Salesforce password. To finish, click this link:\n%s"+ending,
			user.Name, link, user.Username)
	default:
		m.Body = fmt.Sprintf("Hi %s,\n\nYour Salesforce password has been reset by your administrator. To set a new one, "+
			"click this link:\n%s"+ending, user.Name, link, user.Username)
	}
	return m
}

// LinkUser is whose password a link sets; ErrNoLink if it does not count.
func (p *People) LinkUser(ctx context.Context, token string) (User, error) {
	var id schema.RecordID
	err := p.store.DB().QueryRowContext(ctx,
		`SELECT user FROM password_link WHERE hash = ? AND used = 0 AND expires > ?`, digest(token), p.store.Now().Unix()).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, ErrNoLink
	}
	if err != nil {
		return User{}, err
	}
	user, err := p.User(ctx, id)
	if _, gone := errors.AsType[*schema.Error](err); gone {
		return User{}, ErrNoLink
	}
	if err != nil {
		return User{}, err
	}
	if barred, err := frozen(ctx, p.store.DB(), id); err != nil || barred || !user.Active {
		return User{}, errors.Join(err, ErrNoLink)
	}
	return user, nil
}

// SetLinkedPassword gives the user of a link a password, uses the link up and ends the user's sessions. It fails with ErrNoLink, or with a
// BadPassword.
func (p *People) SetLinkedPassword(ctx context.Context, token string, password secret.String) (User, error) {
	user, err := p.LinkUser(ctx, token)
	if err != nil {
		return User{}, err
	}
	if err := checkPassword(user, password.Expose()); err != nil {
		return User{}, err
	}
	if err := checkReuse(ctx, p.store.DB(), user.ID, password.Expose()); err != nil {
		return User{}, err
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password.Expose()), bcrypt.DefaultCost)
	if err != nil {
		return User{}, err
	}
	return user, p.store.Write(ctx, func(t *records.Tx) error {
		done, err := t.DB.ExecContext(ctx, `UPDATE password_link SET used = 1 WHERE hash = ? AND used = 0`, digest(token))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNoLink) // somebody was faster
		}
		if err := retire(ctx, t, user.ID); err != nil {
			return err
		}
		if _, err := t.DB.ExecContext(ctx, `DELETE FROM session WHERE user = ?`, string(user.ID)); err != nil {
			return err
		}
		return SetHash(ctx, t, user.ID, string(hash))
	})
}

// checkPassword is the org's policy. Source: default password policies.
func checkPassword(user User, password string) error {
	letter, digit := false, false
	for _, r := range password {
		letter, digit = letter || unicode.IsLetter(r), digit || unicode.IsDigit(r)
	}
	name, _, _ := strings.Cut(strings.ToLower(user.Username), "@")
	lower := strings.ToLower(password)
	switch {
	case len([]rune(password)) < minPassword:
		return BadPassword(fmt.Sprintf("Your password must be at least %d characters long.", minPassword))
	case len(password) > maxPassword:
		return BadPassword(fmt.Sprintf("Your password can be at most %d characters long.", maxPassword))
	case !letter || !digit:
		return BadPassword("Your password must include letters and numbers.")
	case strings.Contains(lower, "password"), len(name) > 2 && strings.Contains(lower, name):
		return BadPassword("Your password cannot be easy to guess. Please choose a different one.")
	}
	return nil
}

// checkReuse refuses the password of now and those before it.
func checkReuse(ctx context.Context, db records.Querier, user schema.RecordID, password string) error {
	rows, err := db.QueryContext(ctx, `SELECT hash FROM secret WHERE user = ? UNION ALL SELECT hash FROM (SELECT hash `+
		`FROM old_password WHERE user = ? ORDER BY id DESC LIMIT ?)`, string(user), string(user), remembered)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return err
		}
		if bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil {
			return BadPassword("You cannot reuse this old password. Please choose a different one.")
		}
	}
	return rows.Err()
}

// retire remembers the password that is about to end.
func retire(ctx context.Context, t *records.Tx, user schema.RecordID) error {
	if _, err := t.DB.ExecContext(ctx, `INSERT INTO old_password (user, hash) SELECT user, hash FROM secret WHERE user = ?`,
		string(user)); err != nil {
		return err
	}
	_, err := t.DB.ExecContext(ctx, `DELETE FROM old_password WHERE user = ? AND id NOT IN (SELECT id FROM old_password `+
		`WHERE user = ? ORDER BY id DESC LIMIT ?)`, string(user), string(user), remembered)
	return err
}
