package store

import (
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/pgtest"
)

// A refresh token is used by one node at a time; one that dies meanwhile delays the others, and no more.
func TestARenewalIsInOneHand(t *testing.T) {
	dsn := pgtest.Shared(t)
	one, two := openShared(t, dsn, "one"), openShared(t, dsn, "two")
	v := Session{TokenHash: "h", UserID: "005", Refresh: []byte{1}, Access: []byte{2}, Expires: morning}
	if err := one.PutSession(t.Context(), v, morning); err != nil {
		t.Fatal(err)
	}
	begin := func(s *Store, life time.Duration, want bool) (latest Session) {
		t.Helper()
		latest, mine, err := s.BeginRenewal(t.Context(), v, life)
		if err != nil || mine != want {
			t.Fatalf("mine = %t, %v", mine, err)
		}
		return latest
	}
	begin(one, time.Hour, true)
	begin(two, time.Hour, false)
	if err := two.EndRenewal(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	begin(two, time.Hour, false) // it ends nobody else's
	if err := one.EndRenewal(t.Context(), v); err != nil {
		t.Fatal(err)
	}
	begin(two, 0, true) // and dies
	begin(one, time.Hour, true)
	if renewed, err := one.Renew(t.Context(), v, []byte{3}, []byte{4}); err != nil || !renewed {
		t.Fatalf("renewed = %t, %v", renewed, err)
	}
	if got := begin(two, time.Hour, true); string(got.Refresh)+string(got.Access) != "\x03\x04" {
		t.Errorf("the other one reads %v", got)
	}
}

func TestATokenIsReplacedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		v := Session{TokenHash: "h", UserID: "005", Refresh: []byte{1}, Expires: morning.Add(time.Hour)}
		if err := s.PutSession(t.Context(), v, morning); err != nil {
			t.Fatal(err)
		}
		for n, want := range []bool{true, false} {
			if renewed, err := s.Renew(t.Context(), v, []byte{2}, []byte{byte(n)}); err != nil || renewed != want {
				t.Fatalf("renewed = %t, %v", renewed, err)
			}
		}
		if dropped, err := s.DropSession(t.Context(), v, morning); err != nil || dropped {
			t.Errorf("a session that has another token by now: dropped = %t, %v", dropped, err)
		}
		latest, err := s.SessionOf(t.Context(), "005", morning)
		if err != nil || string(latest.Access) != "\x00" {
			t.Fatalf("%v, %v", latest, err)
		}
		for range 2 {
			if dropped, err := s.DropSession(t.Context(), latest, morning); err != nil || !dropped {
				t.Errorf("dropped = %t, %v", dropped, err)
			}
		}
		if _, _, err := s.BeginRenewal(t.Context(), latest, time.Hour); !errors.Is(err, ErrNone) {
			t.Errorf("a renewal of a session that is gone: %v", err)
		}
	})
}
