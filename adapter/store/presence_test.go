package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPresences(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		at := time.UnixMilli(1_764_000_000_000)
		err := s.Do(t.Context(), "", func(tx *Tx) error {
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
		err = s.View(t.Context(), func(tx *Tx) error {
			latest, err := LatestPresences(tx, 2)
			if len(latest) != 2 || latest[0].User != "005B" || latest[1].To != "Break" {
				t.Errorf("the latest of all: %+v", latest)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
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
	})
}

func TestEachAgentIsReadOnce(t *testing.T) {
	type known struct {
		Name string `json:"name"`
	}
	s := open(t, "")
	at := time.UnixMilli(1_764_000_000_000)
	err := s.Do(t.Context(), "", func(tx *Tx) error {
		for _, user := range []string{"005C", "005A", "005B"} {
			if err := tx.PutState(user, "", at, true, known{user + "!"}); err != nil {
				return err
			}
		}
		if err := tx.PutState("005A", "c-1", at, true, known{"a contact"}); err != nil {
			return err
		}
		_, err := tx.exec(`UPDATE state SET sum = 7 WHERE user_id = '005B'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = s.View(t.Context(), func(tx *Tx) error {
		return EachAgent(tx, 10, func(userID string, k known) error {
			got = append(got, userID+" "+k.Name)
			return nil
		})
	})
	if diff := cmp.Diff([]string{"005A 005A!", "005C 005C!"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if len(s.Damage()) != 1 {
		t.Errorf("damage %q", s.Damage())
	}
}
