package people

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Mail is a message of the platform to one of its users. It is kept in the org instead of being sent.
type Mail struct {
	ID                  int64
	From, Subject, Body string
	To                  string // name and address of the user
	At                  time.Time
	Read                bool
}

const mostMail = 200 // of a user; the oldest go first

// SendMail puts a message into a user's mailbox.
func SendMail(ctx context.Context, a *records.Access, to schema.RecordID, m Mail) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		if _, err := t.DB.ExecContext(ctx, `INSERT INTO mail (user, sender, subject, body, at) VALUES (?, ?, ?, ?, ?)`,
			string(to), m.From, m.Subject, m.Body, t.Store.Now().UTC().Format(records.Stored)); err != nil {
			return err
		}
		_, err := t.DB.ExecContext(ctx, `DELETE FROM mail WHERE user = ? AND id NOT IN (SELECT id FROM mail WHERE user = ? `+
			`ORDER BY id DESC LIMIT ?)`, string(to), string(to), mostMail)
		return err
	})
}

// Mailbox lists a user's messages, newest first.
func (p *People) Mailbox(ctx context.Context, user schema.RecordID) ([]Mail, error) {
	return p.mail(ctx, `m.user = ?`, string(user))
}

// AllMail lists the latest messages of all users, newest first; for administrators, as messages hold links that let their readers in.
func (p *People) AllMail(ctx context.Context) ([]Mail, error) {
	return p.mail(ctx, `1`)
}

func (p *People) mail(ctx context.Context, where string, args ...any) ([]Mail, error) {
	rows, err := p.store.DB().QueryContext(ctx,
		`SELECT m.id, m.sender, m.subject, m.body, m.at, m.read, coalesce(u."Name" || ' <' || u."Email" || '>', `+
			`'') FROM mail m LEFT JOIN "o_User" u ON u."Id" = m.user WHERE `+where+` ORDER BY m.id DESC LIMIT ?`, append(args, mostMail)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Mail
	for rows.Next() {
		var m Mail
		var at string
		if err := rows.Scan(&m.ID, &m.From, &m.Subject, &m.Body, &at, &m.Read, &m.To); err != nil {
			return nil, err
		}
		if m.At, err = time.Parse(records.Stored, at); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// ReadsAllMail says whether the mail of everybody is shown to the user who asks: only to those who may do anything in the org.
func ReadsAllMail(a *records.Access) bool {
	return a.Can(rights.ViewSetup) && a.Can(rights.ModifyAllData) && a.Can(rights.ManageUsers)
}

// ReadMail notes that a message of the user's own, or one that the user may see, was read.
func ReadMail(ctx context.Context, a *records.Access, id int64) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `UPDATE mail SET read = 1 WHERE id = ? AND (user = ? OR ?)`, id, string(a.Who()), ReadsAllMail(a))
		return err
	})
}

// Seen says whether the user has been past a page that shows only once.
func (p *People) Seen(ctx context.Context, user schema.RecordID, what string) (bool, error) {
	var n int
	err := p.store.DB().QueryRowContext(ctx, `SELECT count(*) FROM seen WHERE user = ? AND what = ?`, string(user), what).Scan(&n)
	return n > 0, err
}

// See notes that the user has been past it.
func See(ctx context.Context, a *records.Access, what string) error {
	return a.Writing(ctx, func(t *records.Tx) error {
		_, err := t.DB.ExecContext(ctx, `INSERT INTO seen (user, what) VALUES (?, ?) ON CONFLICT DO NOTHING`, string(a.Who()), what)
		return err
	})
}
