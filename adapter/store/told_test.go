package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// What has ended is in nobody's hand again: what it did would be done twice.
func TestAnEndedRunIsNotTaken(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		r := Run{User: "u", Contact: "c", Kind: "k", Status: Waiting, Created: morning}
		do(t, s, func(tx *Tx) error { return tx.AddRun(&r) })
		do(t, s, func(tx *Tx) error { return tx.DropRun(r.ID, "dropped", morning) })
		err := s.Do(t.Context(), "", func(tx *Tx) error { _, err := tx.TakeRun(r.ID); return err })
		if !errors.Is(err, ErrNone) {
			t.Errorf("err = %v", err)
		}
		if err := s.Do(t.Context(), "", func(tx *Tx) error { return tx.DropRun(r.ID, "again", morning) }); !errors.Is(err, ErrStale) {
			t.Errorf("dropped twice: %v", err)
		}
	})
}

// A row is made of what changed, once: what was there before it was made does not count as news.
func TestChangedTellsNewsOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		leg := Leg{"u", "c"}
		changed := func(since time.Time, run int64) int {
			n := 0
			do(t, s, func(tx *Tx) error {
				legs, err := tx.Changed(since, run, Leg{}, 10)
				n = len(legs)
				return err
			})
			return n
		}
		r := Run{User: "u", Contact: "c", Kind: "k", Status: Completed, Created: morning}
		do(t, s, func(tx *Tx) error { return errors.Join(tx.PutState("u", "c", morning, false, 1), tx.AddRun(&r)) })
		if n := changed(time.Time{}, 0); n != 1 {
			t.Errorf("%d before a row is made", n)
		}
		do(t, s, func(tx *Tx) error {
			return tx.PutCall(Call{Leg: leg, At: morning, Made: morning.Add(time.Minute), Run: r.ID})
		})
		if n := changed(time.Time{}, r.ID); n != 0 {
			t.Errorf("%d after it", n)
		}
		do(t, s, func(tx *Tx) error { return tx.PutState("u", "c", morning.Add(2*time.Minute), false, 2) })
		if n := changed(time.Time{}, r.ID); n != 1 {
			t.Errorf("%d after a change", n)
		}
		if n := changed(morning.Add(time.Hour), r.ID); n != 0 {
			t.Errorf("%d since later", n)
		}
		if n := changed(morning.Add(time.Hour), r.ID-1); n != 1 {
			t.Errorf("%d with a run that is new", n)
		}
	})
}

// What is forgotten is not in the file any more, not even in its free pages.
func TestForgottenBytesAreGone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	s := open(t, file)
	const secret = "2065550142-in-the-file"
	do(t, s, func(tx *Tx) error {
		for i := range 50 {
			c := &wire.Contact{ContactID: "c", PhoneNumber: secret}
			if _, err := tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprintf("c:onRefresh:%d", i), At: morning, Contact: c}); err != nil {
				return err
			}
		}
		r := Run{User: "u", Contact: "c", Status: Completed, Created: morning, Problem: secret}
		return errors.Join(tx.AddRun(&r), tx.PutState("u", "c", morning, false, secret),
			tx.PutCall(Call{Leg: Leg{"u", "c"}, Number: secret, At: morning, Made: morning}))
	})
	do(t, s, func(tx *Tx) error {
		facts, runs, err := tx.Forget(Leg{"u", "c"})
		if facts != 50 || runs != 1 {
			t.Errorf("%d facts, %d runs", facts, runs)
		}
		return err
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(body, []byte(secret)); n > 0 {
		t.Errorf("it is there %d times", n)
	}
}

func TestSweepCallsForgetsWhatIsOverAndOld(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		do(t, s, func(tx *Tx) error {
			for i := range 3 {
				at := morning.Add(time.Duration(i) * time.Hour)
				if err := tx.PutCall(Call{Leg: Leg{"u", fmt.Sprint(i)}, At: at, Made: at, Open: i == 0}); err != nil {
					return err
				}
				f := fact.Fact{User: "u", Key: "k", At: at, Contact: &wire.Contact{ContactID: fmt.Sprint(i)}}
				if err := tx.Reject(f, "otherAgent", "", at); err != nil {
					return err
				}
			}
			return nil
		})
		if err := s.SweepCalls(t.Context(), morning.Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
		do(t, s, func(tx *Tx) error {
			calls, err := tx.Calls(CallFilter{}, 10)
			if len(calls) != 2 || calls[0].Contact != "2" || calls[1].Contact != "0" {
				t.Errorf("%+v", calls)
			}
			if _, err := tx.Rejection(Leg{"u", "1"}); !errors.Is(err, ErrNone) {
				t.Errorf("a rejection is left: %v", err)
			}
			return err
		})
	})
}
