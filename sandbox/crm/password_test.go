package crm

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

// link is the token in the newest message to the agent; "" if there is no message.
func (d *desk) link(t *testing.T) string {
	t.Helper()
	mail, err := d.People.Mailbox(t.Context(), d.agent.User().ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(mail) == 0 {
		return ""
	}
	_, rest, _ := strings.Cut(mail[0].Body, "http://crm.example/?c=")
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

func (d *desk) logsIn(t *testing.T, password secret.String) bool {
	t.Helper()
	_, err := d.People.CheckPassword(t.Context(), "agent@x.example", password)
	return err == nil
}

func TestForgottenPassword(t *testing.T) {
	d := newDesk(t)
	forget := func(name string) {
		t.Helper()
		if err := d.People.ForgotPassword(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	forget("nobody@x.example")
	forget("agent@x.example")
	first := d.link(t)
	if !d.logsIn(t, "secret-1") {
		t.Error("asking for a link took the password away")
	}
	forget("agent@x.example")
	token := d.link(t)
	if _, err := d.People.LinkUser(t.Context(), first); !errors.Is(err, people.ErrNoLink) {
		t.Errorf("an older link still counts: %v", err)
	}
	var stored int
	if err := d.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM password_link WHERE hash = ?`,
		token).Scan(&stored); err != nil || stored != 0 {
		t.Errorf("the token is stored as it is: %d, %v", stored, err)
	}
	for password, says := range map[secret.String]string{
		"short-1": "at least 8 characters", "onlyletters": "letters and numbers", "1234567890": "letters and numbers",
		"MyPassword1": "easy to guess", "agent-2026": "easy to guess", "secret-1": "reuse this old password",
		secret.String(strings.Repeat("long1", 20)): "at most 72",
	} {
		var bad people.BadPassword
		if _, err := d.People.SetLinkedPassword(t.Context(), token, password); !errors.As(err, &bad) || !strings.Contains(bad.Error(), says) {
			t.Errorf("%s: %v, want %q", password.Expose(), err, says)
		}
	}
	session, err := d.People.CreateSession(t.Context(), people.Session{User: d.agent.User().ID, Kind: "ui"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.People.SetLinkedPassword(t.Context(), token, "riding-home-1"); err != nil {
		t.Fatal(err)
	}
	if d.logsIn(t, "secret-1") || !d.logsIn(t, "riding-home-1") {
		t.Error("the new password is not the one that counts")
	}
	if _, err := d.People.Session(t.Context(), session); !errors.Is(err, people.ErrNoSession) {
		t.Errorf("an older session goes on: %v", err)
	}
	if _, err := d.People.SetLinkedPassword(t.Context(), token, "riding-home-2"); !errors.Is(err, people.ErrNoLink) {
		t.Errorf("the link counted twice: %v", err)
	}

	t.Run("a link is over after a day", func(t *testing.T) {
		forget("agent@x.example")
		token := d.link(t)
		d.clock.Advance(24 * time.Hour)
		if _, err := d.People.SetLinkedPassword(t.Context(), token, "riding-home-3"); !errors.Is(err, people.ErrNoLink) {
			t.Error(err)
		}
	})
	t.Run("five mails a day are enough", func(t *testing.T) {
		before, err := d.People.Mailbox(t.Context(), d.agent.User().ID)
		for range 8 {
			forget("agent@x.example")
		}
		after, again := d.People.Mailbox(t.Context(), d.agent.User().ID)
		if err != nil || again != nil || len(after)-len(before) != 5 {
			t.Errorf("%d mails more, %v %v", len(after)-len(before), err, again)
		}
	})
	t.Run("a user who may not log in is sent none, and a link does not let in", func(t *testing.T) {
		d.clock.Advance(25 * time.Hour)
		forget("agent@x.example")
		token := d.link(t)
		if err := d.Transact(t.Context(), func(a *Actor) error {
			return people.Freeze(t.Context(), a.Access,
				d.agent.User().ID, true)
		}); err != nil {
			t.Fatal(err)
		}
		forget("agent@x.example")
		if d.link(t) != token {
			t.Error("a frozen user was sent a link")
		}
		if _, err := d.People.SetLinkedPassword(t.Context(), token, "riding-home-4"); !errors.Is(err, people.ErrNoLink) {
			t.Error(err)
		}
	})
}

func TestResetPassword(t *testing.T) {
	d := newDesk(t)
	session, err := d.People.CreateSession(t.Context(), people.Session{User: d.agent.User().ID, Kind: "ui"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Transact(t.Context(), func(a *Actor) error {
		return people.ResetPassword(t.Context(), a.Access,
			d.agent.User().ID)
	}); err != nil {
		t.Fatal(err)
	}
	if d.logsIn(t, "secret-1") {
		t.Error("the old password still works")
	}
	if _, err := d.People.Session(t.Context(), session); !errors.Is(err, people.ErrNoSession) {
		t.Errorf("the session goes on: %v", err)
	}
	var bad people.BadPassword
	if _, err := d.People.SetLinkedPassword(t.Context(), d.link(t), "secret-1"); !errors.As(err, &bad) {
		t.Errorf("the password that was taken away came back: %v", err)
	}
	if _, err := d.People.SetLinkedPassword(t.Context(), d.link(t), "riding-home-1"); err != nil || !d.logsIn(t, "riding-home-1") {
		t.Error(err)
	}
}

func TestPasswordsOfPrograms(t *testing.T) {
	d := newDesk(t)
	agent, admin := d.agent.User().ID, d.admin.User().ID
	if err := people.SetUserPassword(t.Context(), d.agent.Access, agent, "short"); !hasCode(err, "INVALID_NEW_PASSWORD") {
		t.Errorf("too short: %v", err)
	}
	if err := people.SetUserPassword(t.Context(), d.agent.Access, agent, "riding-home-1"); err != nil || !d.logsIn(t, "riding-home-1") {
		t.Errorf("one's own: %v", err)
	}
	if err := people.SetUserPassword(t.Context(), d.agent.Access, agent, "secret-1"); !hasCode(err, "INVALID_NEW_PASSWORD") {
		t.Errorf("an old one: %v", err)
	}
	if err := people.SetUserPassword(t.Context(), d.agent.Access, admin, "riding-home-1"); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
		t.Errorf("the administrator's: %v", err)
	}
	if err := people.SetUserPassword(t.Context(), d.admin.Access, "005000000000000", "riding-home-1"); !hasCode(err, "NOT_FOUND") {
		t.Errorf("nobody's: %v", err)
	}
	password, err := people.GeneratePassword(t.Context(), d.admin.Access, agent)
	if err != nil || d.logsIn(t, "riding-home-1") || !d.logsIn(t, password) {
		t.Errorf("generated: %v", err)
	}
	trail, err := d.admin.Query(t.Context(), "SELECT Display FROM SetupAuditTrail WHERE Action = 'resetpassword'", false)
	if err != nil || len(trail.Records) != 1 || trail.Records[0].Text("Display") != "Reset password for user Amelia Okafor" {
		t.Errorf("trail %+v, %v", trail, err)
	}
	if err := d.Transact(t.Context(), func(a *Actor) error { return people.ResetPassword(t.Context(), a.Access, agent) }); err != nil {
		t.Fatal(err)
	}
	if has, err := people.HasPassword(t.Context(), d.admin.Access, agent); has || err != nil {
		t.Errorf("after a reset: %v %v", has, err)
	}
	link := d.link(t)
	if err := people.SetUserPassword(t.Context(), d.admin.Access, agent, "riding-home-2"); err != nil || !d.logsIn(t, "riding-home-2") {
		t.Error(err)
	}
	if _, err := d.People.LinkUser(t.Context(), link); !errors.Is(err, people.ErrNoLink) {
		t.Errorf("the mailed link still counts: %v", err)
	}
}
