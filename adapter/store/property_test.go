package store

import (
	"encoding/json"
	"testing"
	"time"
)

func (t *Tx) mustPut(tb testing.TB, user, contact, key string, at time.Time) {
	tb.Helper()
	p := Property{Leg: Leg{User: user, Contact: contact}, Key: key, Value: json.RawMessage(`"v"`), At: at}
	if err := t.Kept().Put(p); err != nil {
		tb.Fatal(err)
	}
}

// kept lists the keys of a user's contact.
func kept(t *testing.T, s *Store, user, contact string) (keys string) {
	t.Helper()
	err := s.View(t.Context(), func(tx *Tx) error {
		all, err := tx.Kept().Of(Leg{User: user, Contact: contact})
		for _, p := range all {
			keys += p.Key
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestPropertiesGoWithTheLastSession(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for _, hash := range []string{"one", "two"} {
			if err := s.PutSession(t.Context(), Session{TokenHash: hash, UserID: "005", Refresh: []byte{1}, Expires: morning}, morning); err != nil {
				t.Fatal(err)
			}
		}
		do(t, s, func(tx *Tx) error {
			tx.mustPut(t, "005", "", "a", morning)
			tx.mustPut(t, "005", "c", "b", morning)
			tx.mustPut(t, "006", "", "c", morning)
			return nil
		})
		for _, want := range []string{"a", ""} {
			v := Session{TokenHash: map[string]string{"a": "one", "": "two"}[want], UserID: "005"}
			if _, err := s.DropSession(t.Context(), v, morning); err != nil {
				t.Fatal(err)
			}
			if got := kept(t, s, "005", ""); got != want {
				t.Errorf("kept %q, want %q", got, want)
			}
		}
		if kept(t, s, "005", "c") != "" || kept(t, s, "006", "") != "c" {
			t.Error("what goes with the contact stays, or another user's goes")
		}
	})
}

func TestPropertiesAreForgotten(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		do(t, s, func(tx *Tx) error {
			tx.mustPut(t, "005", "c", "a", morning)
			tx.mustPut(t, "005", "d", "b", morning)
			tx.mustPut(t, "005", "", "old", morning.Add(-time.Hour))
			tx.mustPut(t, "005", "", "new", morning)
			if err := tx.Kept().Happen(Leg{User: "005"}, "old", 1, morning.Add(-time.Hour)); err != nil {
				return err
			}
			_, _, err := tx.Forget(Leg{User: "005", Contact: "c"})
			return err
		})
		if kept(t, s, "005", "c") != "" || kept(t, s, "005", "d") != "b" {
			t.Error("a contact that was forgotten keeps its properties, or another does not")
		}
		if err := s.Sweep(t.Context(), morning); err != nil {
			t.Fatal(err)
		}
		if got := kept(t, s, "005", ""); got != "new" {
			t.Errorf("swept to %q", got)
		}
		do(t, s, func(tx *Tx) error {
			if _, did, err := tx.Kept().Happened("005", "old"); did || err != nil {
				t.Errorf("an old effect: %v, %v", did, err)
			}
			n, bytes, err := tx.Kept().Size("005")
			if n != 2 || bytes != len("b")+len("new")+2*len(`"v"`) {
				t.Errorf("%d of %d bytes", n, bytes)
			}
			return err
		})
	})
}
