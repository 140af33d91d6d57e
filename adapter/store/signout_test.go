package store

import (
	"testing"
	"time"
)

// A user is signed out from the end of the last session to the next sign-in, and only then.
func TestSignedOut(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		at := func(minutes int) time.Time { return morning.Add(time.Duration(minutes) * time.Minute) }
		sign := func(hash string, in bool, minute int) {
			t.Helper()
			v := Session{TokenHash: hash, UserID: "005", Refresh: []byte{1}, Expires: at(600)}
			_, err := s.DropSession(t.Context(), v, at(minute))
			if in {
				err = s.PutSession(t.Context(), v, at(minute))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		out := func(from, to int) (found Out) {
			t.Helper()
			err := s.View(t.Context(), func(tx *Tx) (err error) {
				found, err = SignedOut(tx, "005", at(from), at(to))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		sign("one", true, 0)
		sign("two", true, 1)
		sign("one", false, 5) // still signed in at another browser
		sign("two", false, 10)
		sign("two", false, 11) // is gone already
		if got := out(0, 10); got != (Out{}) {
			t.Errorf("signed out while a session was there: %v", got)
		}
		if got := out(12, 15); !got.From.Equal(at(10)) || !got.To.IsZero() {
			t.Errorf("signed out %v", got)
		}
		sign("three", true, 20)
		for _, span := range [][2]int{{5, 11}, {12, 15}, {19, 40}} {
			if got := out(span[0], span[1]); !got.From.Equal(at(10)) || !got.To.Equal(at(20)) {
				t.Errorf("%v: signed out %v", span, got)
			}
		}
		if got := out(20, 40); got != (Out{}) {
			t.Errorf("signed out since: %v", got)
		}
		if err := s.SweepCalls(t.Context(), at(11)); err != nil {
			t.Fatal(err)
		}
		if got := out(5, 15); got != (Out{}) {
			t.Errorf("not forgotten: %v", got)
		}
	})
}
