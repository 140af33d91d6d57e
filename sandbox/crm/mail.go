package crm

import (
	"context"
	"time"
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
func (a *Actor) SendMail(ctx context.Context, to RecordID, m Mail) error {
	return a.writing(ctx, func(t *tx) error {
		if _, err := t.db.ExecContext(ctx, `INSERT INTO mail (user, sender, subject, body, at) VALUES (?, ?, ?, ?, ?)`,
			string(to), m.From, m.Subject, m.Body, t.org.cfg.Clock.Now().UTC().Format(stored)); err != nil {
			return err
		}
		_, err := t.db.ExecContext(ctx, `DELETE FROM mail WHERE user = ? AND id NOT IN (SELECT id FROM mail WHERE user = ? ORDER BY id DESC LIMIT ?)`, string(to), string(to), mostMail)
		return err
	})
}

// Mailbox lists a user's messages, newest first.
func (o *Org) Mailbox(ctx context.Context, user RecordID) ([]Mail, error) {
	return o.mail(ctx, `m.user = ?`, string(user))
}

// AllMail lists the latest messages of all users, newest first; for administrators, as messages hold links that let their readers in.
func (o *Org) AllMail(ctx context.Context) ([]Mail, error) {
	return o.mail(ctx, `1`)
}

func (o *Org) mail(ctx context.Context, where string, args ...any) ([]Mail, error) {
	rows, err := o.read.QueryContext(ctx, `SELECT m.id, m.sender, m.subject, m.body, m.at, m.read, coalesce(u."Name" || ' <' || u."Email" || '>', '') FROM mail m LEFT JOIN "o_User" u ON u."Id" = m.user WHERE `+where+` ORDER BY m.id DESC LIMIT ?`, append(args, mostMail)...)
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
		if m.At, err = time.Parse(stored, at); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}

// ReadsAllMail says whether the mail of everybody is shown to the actor: only to those who may do anything in the org.
func (a *Actor) ReadsAllMail() bool {
	return a.Can(ViewSetup) && a.Can(ModifyAllData) && a.Can(ManageUsers)
}

// ReadMail notes that a message of the user's own, or one that the user may see, was read.
func (a *Actor) ReadMail(ctx context.Context, id int64) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `UPDATE mail SET read = 1 WHERE id = ? AND (user = ? OR ?)`, id, string(a.user.ID), a.ReadsAllMail())
		return err
	})
}

// Seen says whether the user has been past a page that shows only once.
func (o *Org) Seen(ctx context.Context, user RecordID, what string) (bool, error) {
	var n int
	err := o.read.QueryRowContext(ctx, `SELECT count(*) FROM seen WHERE user = ? AND what = ?`, string(user), what).Scan(&n)
	return n > 0, err
}

// See notes that the user has been past it.
func (a *Actor) See(ctx context.Context, what string) error {
	return a.writing(ctx, func(t *tx) error {
		_, err := t.db.ExecContext(ctx, `INSERT INTO seen (user, what) VALUES (?, ?) ON CONFLICT DO NOTHING`, string(a.user.ID), what)
		return err
	})
}
