package connect

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"golang.org/x/crypto/bcrypt"
)

func locked(t *testing.T) *floor {
	t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte("right"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	return newFloor(t, func(s *State) { s.Users[0].PasswordHash = string(hash) })
}

func TestCheckPassword(t *testing.T) {
	d := locked(t)
	if u, err := d.CheckPassword("AMELIA", "right"); err != nil || u.ID != amelia || len(d.kept) != 0 {
		t.Errorf("%+v, %v, kept %d times", u, err, len(d.kept))
	}
	for _, wrong := range []struct{ user, password string }{{"nobody", "right"}, {"amelia", "wrong"}, {"amelia", ""},
		{"amelia", fmt.Sprintf("%0100d", 1)}} {
		if _, err := d.CheckPassword(wrong.user, "x"); !errors.Is(err, ErrCredentials) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if _, err := d.CheckPassword("amelia", "right"); err != nil {
		t.Fatal(err)
	}
	for range maxFailures {
		if _, err := d.CheckPassword("amelia", "wrong"); !errors.Is(err, ErrCredentials) {
			t.Fatal(err)
		}
	}
	if _, err := d.CheckPassword("amelia", "right"); !errors.Is(err, ErrLocked) {
		t.Errorf("after ten wrong ones: %v", err)
	}
	again := newFloor(t, func(s *State) { *s = d.kept[len(d.kept)-1] })
	if _, err := again.CheckPassword("amelia", "right"); !errors.Is(err, ErrLocked) {
		t.Errorf("after a restart: %v", err)
	}
	d.clock.Advance(lockFor)
	if _, err := d.CheckPassword("amelia", "right"); err != nil {
		t.Errorf("a quarter of an hour later: %v", err)
	}
	if len(d.State().Locks) != 0 {
		t.Error("the lock is kept")
	}
}

func TestRevokedSessionsStayRevoked(t *testing.T) {
	d := newFloor(t)
	began := d.clock.Now()
	expires := began.Add(12 * time.Hour)
	d.must(d.Revoke(amelia, "one", expires))
	if d.SessionValid(amelia, "one", began) || !d.SessionValid(amelia, "two", began) ||
		!d.SessionValid(omar, "one", began) ||
		d.SessionValid("nobody", "one", began) {
		t.Error("the wrong sessions count")
	}
	again := newFloor(t, func(s *State) { *s = d.kept[len(d.kept)-1] })
	if again.SessionValid(amelia, "one", began) || !again.SessionValid(amelia, "two", began) {
		t.Error("a restart forgot it")
	}
	d.clock.Advance(time.Minute)
	for i := range maxRevoked {
		d.must(d.Revoke(amelia, fmt.Sprint(i), expires))
	}
	if d.SessionValid(amelia, "two", began) || !d.SessionValid(amelia, "new", d.clock.Now().Add(time.Millisecond)) ||
		len(d.State().Revoked[amelia].Sessions) > maxRevoked {
		t.Error("too many revocations do not end all sessions so far")
	}
	d.must(d.Revoke(omar, "old", expires))
	d.clock.Advance(13 * time.Hour)
	d.must(d.Revoke(omar, "young", d.clock.Now().Add(time.Hour)))
	if n := len(d.State().Revoked[omar].Sessions); n != 1 {
		t.Errorf("%d sessions are remembered", n)
	}
}
