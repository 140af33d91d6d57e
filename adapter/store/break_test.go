package store

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
)

// Thousands of runs of somebody who never comes back are in nobody's way.
func TestSweepPassesOverWhatIsOpen(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		do(t, s, func(tx *Tx) error {
			for i := range 3 * sweepAtOnce {
				status := Waiting
				if i > 2*sweepAtOnce {
					status = Completed
				}
				if err := tx.AddRun(&Run{User: "u", Contact: "c", Kind: "task", Status: status, Created: morning}); err != nil {
					return err
				}
			}
			return tx.AddRun(&Run{User: "u", Contact: "c", Kind: "task", Status: Completed, Created: morning.Add(2 * time.Hour)})
		})
		for i := range 2 * sweepAtOnce { // versions that are young come first
			do(t, s, func(tx *Tx) error {
				return tx.KeepVersion(fmt.Sprintf("%04d", i), []byte("{}"), morning.Add(2*time.Hour))
			})
		}
		do(t, s, func(tx *Tx) error { return tx.KeepVersion("old", []byte("{}"), morning) })
		if err := s.Sweep(t.Context(), morning.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		do(t, s, func(tx *Tx) error {
			left, err := tx.RunsOf("c", 10_000)
			if len(left) != 2*sweepAtOnce+2 {
				t.Errorf("%d runs are left, want the open ones and the young one", len(left))
			}
			if _, err := tx.Version("old"); !errors.Is(err, ErrNone) {
				t.Errorf("the old version: %v", err)
			}
			return err
		})
	})
}

// A transaction that panics is undone and takes neither another one nor the store with it.
func TestAPanicIsOneTransactionsOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ends := make(chan error, 40)
		for i := range 40 {
			go func() {
				ends <- s.Do(t.Context(), "", func(tx *Tx) error {
					_, err := tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprint(i)})
					if i%10 == 0 {
						panic("no")
					}
					return err
				})
			}()
		}
		failed := 0
		for range 40 {
			if err := <-ends; err != nil {
				if failed++; !strings.Contains(err.Error(), "panicked: no") {
					t.Error(err)
				}
			}
		}
		if failed != 4 {
			t.Errorf("%d failed, want 4", failed)
		}
		do(t, s, func(tx *Tx) error {
			for i := range 40 {
				if _, err := tx.Fact("u", fmt.Sprint(i)); errors.Is(err, ErrNone) != (i%10 == 0) {
					t.Errorf("fact %d: %v", i, err)
				}
			}
			return nil
		})
	})
}

// A body in a form that is not read any more is told from one that is whole, and the rows beside it are read.
func TestABodyOfAnotherFormIsNamed(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		old := []byte(`{"fact":"a string, in a form of long ago"}`)
		runs := []Run{
			{User: "u", Contact: "c", Kind: "a", Status: Waiting, Created: morning}, {User: "u", Contact: "c", Kind: "b", Status: Waiting},
		}
		do(t, s, func(tx *Tx) error {
			for i := range runs {
				if err := tx.AddRun(&runs[i]); err != nil {
					return err
				}
			}
			if err := tx.PutState("u", "c", morning, true, map[string]any{"User": "u", "Marks": "none"}); err != nil {
				return err
			}
			_, err := tx.exec(`UPDATE run SET body = ?, sum = ? WHERE id = ?`, old, sum(old), runs[0].ID)
			return err
		})
		err := s.Do(t.Context(), "", func(tx *Tx) error {
			_, err := tx.TakeRun(runs[0].ID)
			return err
		})
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("taken: %v", err)
		}
		do(t, s, func(tx *Tx) error {
			if _, err := tx.TakeRun(runs[1].ID); err != nil {
				t.Errorf("the one beside it: %v", err)
			}
			listed, err := tx.RunsOf("c", 10)
			if err != nil || len(listed) != 2 || listed[0].Kind != "a" {
				t.Errorf("listed %v, %v", listed, err)
			}
			state := struct {
				User  string
				Marks []int
			}{User: "kept"}
			if err := tx.State("u", "c", &state); err != nil || state.User != "kept" {
				t.Errorf("state %v, %v", state, err)
			}
			return nil
		})
		if got := strings.Join(s.Damage(), "; "); got != fmt.Sprintf("the run %d; the state of the contact c of the user u", runs[0].ID) {
			t.Errorf("damage: %s", got)
		}
	})
}

// A page that is refused again and again does not make all others wait for a flush each: what fails is undone among those that do not.
func TestWhatFailsDoesNotSplitItsGroup(t *testing.T) {
	s := open(t, "")
	hold, held := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- s.Do(t.Context(), "", func(*Tx) error {
			close(held)
			<-hold // until the others wait
			return nil
		})
	}()
	<-held
	const many = 40
	var there [many]atomic.Int64 // how many facts were durable when it was run last
	ends := make(chan error, many)
	waiting := make(chan struct{}, many)
	for i := range many {
		go func() {
			waiting <- struct{}{}
			ends <- s.Do(t.Context(), "", func(tx *Tx) error {
				err := s.View(t.Context(), func(tx *Tx) error {
					var n int64
					err := tx.one(`SELECT count(*) FROM fact`, nil, &n)
					there[i].Store(n)
					return err
				})
				if err != nil {
					return err
				}
				_, err = tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprint(i)})
				if i%8 == 0 {
					return errors.New("refused")
				}
				return err
			})
		}()
	}
	for range many {
		<-waiting
	}
	close(hold)
	failed := 0
	for range many {
		if err := <-ends; err != nil {
			failed++
		}
	}
	if err := <-first; err != nil || failed != many/8 {
		t.Errorf("%v; %d failed", err, failed)
	}
	groups := map[int64]bool{}
	do(t, s, func(tx *Tx) error {
		for i := range many {
			if _, err := tx.Fact("u", fmt.Sprint(i)); errors.Is(err, ErrNone) != (i%8 == 0) {
				t.Errorf("fact %d: %v", i, err)
			}
			groups[there[i].Load()] = true
		}
		if len(groups) > 4 {
			t.Errorf("they were made durable in %d parts: %v", len(groups), groups)
		}
		return nil
	})
}
