package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPresences(t *testing.T) {
	s := open(t, "")
	at := time.UnixMilli(1_764_000_000_000)
	err := s.Do(t.Context(), func(tx *Tx) error {
		for i, to := range []string{"Lunch", "Available", "Break"} {
			p := Presence{User: "005A", At: at.Add(time.Duration(i) * time.Hour), Side: "org", To: to, Cause: ByRule, By: "r"}
			if err := tx.AddPresence(p); err != nil {
				return err
			}
		}
		return tx.AddPresence(Presence{User: "005B", At: at, Side: "centre", To: "Lunch", Cause: BySomebody})
	})
	if err != nil {
		t.Fatal(err)
	}
	list := func(user string, before int64) (found []Presence) {
		t.Helper()
		err := s.View(t.Context(), func(tx *Tx) (err error) {
			found, err = tx.Presences(user, before, 2)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	first := list("005A", 0)
	want := []Presence{{ID: 3, User: "005A", At: at.Add(2 * time.Hour), Side: "org", To: "Break", Cause: ByRule, By: "r"},
		{ID: 2, User: "005A", At: at.Add(time.Hour), Side: "org", To: "Available", Cause: ByRule, By: "r"}}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
	if rest := list("005A", 2); len(rest) != 1 || rest[0].To != "Lunch" {
		t.Errorf("%+v", rest)
	}
	if err := s.Sweep(t.Context(), at.Add(90*time.Minute)); err != nil {
		t.Fatal(err)
	}
	if left := list("005A", 0); len(left) != 1 || left[0].To != "Break" {
		t.Errorf("after the sweep: %+v", left)
	}
	if left := list("005B", 0); len(left) != 0 {
		t.Errorf("after the sweep: %+v", left)
	}
}
