package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func open(t testing.TB, file string) *Store {
	t.Helper()
	s, err := Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// onBoth tests a store in a file and one on a server.
func onBoth(t *testing.T, test func(*testing.T, *Store)) {
	t.Helper()
	t.Run("file", func(t *testing.T) { test(t, open(t, "")) })
	t.Run("server", func(t *testing.T) { test(t, openShared(t, pgtest.Shared(t), "node")) })
}

// openShared opens a store on a server, as a node of a name.
func openShared(t testing.TB, dsn, name string) *Store {
	t.Helper()
	s, err := OpenPostgres(context.Background(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Nodes().Join(context.Background(), name, json.RawMessage(`{}`)); err != nil {
		t.Fatal(err)
	}
	return s
}

// do runs a transaction that must succeed.
func do(t testing.TB, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Do(t.Context(), "", f); err != nil {
		t.Fatal(err)
	}
}

func TestSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		in := Session{TokenHash: "h", UserID: "005", Username: "a@x", Name: "A", Instance: "http://crm", Refresh: []byte{1},
			Expires: morning.Add(time.Hour)}
		if err := s.PutSession(t.Context(), in, morning); err != nil {
			t.Fatal(err)
		}
		got, err := s.Session(t.Context(), "h", morning)
		if err != nil || got.UserID != "005" || !got.Expires.Equal(in.Expires) {
			t.Errorf("got %+v, %v", got, err)
		}
		if got, err := s.SessionOf(t.Context(), "005", morning); err != nil || got.TokenHash != "h" {
			t.Errorf("by user: %+v, %v", got, err)
		}
		if _, err := s.Session(t.Context(), "h", morning.Add(2*time.Hour)); !errors.Is(err, ErrNone) {
			t.Errorf("an expired session gave %v", err)
		}
		if over, err := s.ExpiredSessions(t.Context(), morning.Add(2*time.Hour), 10); err != nil || len(over) != 1 {
			t.Errorf("expired: %v, %v", over, err)
		}
		if users, err := s.SessionUsers(t.Context(), []string{"none", "h"}); err != nil || len(users) != 1 || users["h"] != "005" {
			t.Errorf("users: %v, %v", users, err)
		}
	})
}

func TestAFactCountsOnceAndOutlivesTheProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	f := fact.Fact{User: "005", Key: "k", At: morning, Source: fact.Voice, Event: "onConnecting"}
	first := open(t, file)
	for want := range 2 {
		var fresh bool
		do(t, first, func(tx *Tx) (err error) {
			fresh, err = tx.AddFact(f)
			return err
		})
		if fresh != (want == 0) {
			t.Errorf("told %d times: fresh = %v", want+1, fresh)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := open(t, file)
	do(t, second, func(tx *Tx) error {
		got, err := tx.Fact("005", "k")
		if diff := cmp.Diff(f, got); diff != "" {
			t.Error(diff)
		}
		return err
	})
}

func TestATransactionIsAllOrNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		mine := errors.New("no")
		err := s.Do(t.Context(), "", func(tx *Tx) error {
			if _, err := tx.AddFact(fact.Fact{User: "u", Key: "k"}); err != nil {
				return err
			}
			return mine
		})
		if !errors.Is(err, mine) {
			t.Errorf("err = %v", err)
		}
		do(t, s, func(tx *Tx) error {
			if _, err := tx.Fact("u", "k"); !errors.Is(err, ErrNone) {
				t.Errorf("half of it is there: %v", err)
			}
			return nil
		})
	})
}

// Transactions that are made durable together do not take each other down.
func TestOneThatFailsTakesNoOtherWithIt(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		mine := errors.New("no")
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				err := s.Do(t.Context(), "", func(tx *Tx) error {
					_, err := tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprint(i)})
					if i%10 == 0 {
						return mine
					}
					return err
				})
				if i%10 == 0 != errors.Is(err, mine) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		all.Wait()
		do(t, s, func(tx *Tx) error {
			for i := range 200 {
				if _, err := tx.Fact("u", fmt.Sprint(i)); (err == nil) == (i%10 == 0) {
					t.Errorf("%d: %v", i, err)
				}
			}
			return nil
		})
	})
}

func TestAnOldHandWritesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		r := Run{User: "u", Contact: "c", Kind: "flow", Status: Waiting, Created: morning}
		do(t, s, func(tx *Tx) error { return tx.AddRun(&r) })
		var taken Run
		do(t, s, func(tx *Tx) (err error) {
			taken, err = tx.TakeRun(r.ID)
			return err
		})
		r.Status = Completed
		if err := s.Do(t.Context(), "", func(tx *Tx) error { return tx.SaveRun(r) }); !errors.Is(err, ErrStale) {
			t.Errorf("the old hand: %v", err)
		}
		taken.Status, taken.Ended = Partial, morning
		do(t, s, func(tx *Tx) error { return tx.SaveRun(taken) })
		if err := s.Do(t.Context(), "", func(tx *Tx) error { return tx.SaveRun(taken) }); !errors.Is(err, ErrStale) {
			t.Errorf("after its end: %v", err)
		}
		do(t, s, func(tx *Tx) error {
			runs, err := tx.RunsOf("c", 10)
			if len(runs) != 1 || runs[0].Status != Partial {
				t.Errorf("runs: %+v", runs)
			}
			return err
		})
	})
}

func TestSweepForgetsWhatEnded(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		do(t, s, func(tx *Tx) error {
			for i := range 1200 {
				status := Completed
				if i == 7 {
					status = Waiting
				}
				if err := tx.AddRun(&Run{User: "u", Kind: "flow", Status: status, Created: morning}); err != nil {
					return err
				}
				if _, err := tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprint(i), At: morning}); err != nil {
					return err
				}
			}
			return errors.Join(tx.PutState("u", "live", morning, true, 1), tx.PutState("u", "over", morning, false, 1),
				tx.PutState("u", "wanted", morning, false, 1),
				tx.AddRun(&Run{User: "u", Contact: "wanted", Kind: "task", Status: Waiting, Waits: SignIn, Created: morning}))
		})
		if err := s.Sweep(t.Context(), morning.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		do(t, s, func(tx *Tx) error {
			open, err := tx.OpenRuns(0, 10)
			if len(open) != 2 {
				t.Errorf("open: %v", open)
			}
			if _, err := tx.Fact("u", "3"); !errors.Is(err, ErrNone) {
				t.Errorf("a fact: %v", err)
			}
			var live, over, wanted int
			err2 := errors.Join(tx.State("u", "live", &live), tx.State("u", "over", &over), tx.State("u", "wanted", &wanted))
			if err2 != nil || live != 1 || over != 0 || wanted != 1 {
				t.Errorf("states %d, %d and %d, %v", live, over, wanted, err2)
			}
			return err
		})
	})
}

func TestDamageIsFoundAndNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	s := open(t, file)
	mark := strings.Repeat("PATCHCORD", 400)
	r := Run{User: "u", Contact: "c", Kind: "flow", Status: Waiting, Created: morning, Body: Body{FlowID: mark}}
	do(t, s, func(tx *Tx) error { return tx.AddRun(&r) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	damaged := strings.Replace(string(body), "PATCHCORDPATCH", "PATCHCORDpATCH", 1)
	if damaged == string(body) {
		t.Fatal("the row is not in the file")
	}
	if err := os.WriteFile(file, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, file)
	err = again.View(t.Context(), func(tx *Tx) error {
		_, err := tx.Run(r.ID)
		return err
	})
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), file) {
		t.Errorf("err = %v", err)
	}
	if diff := cmp.Diff([]string{fmt.Sprintf("the run %d", r.ID)}, again.Damage()); diff != "" {
		t.Error(diff)
	}
}

func TestAFileThatIsNoDatabaseStopsTheStart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	if err := os.WriteFile(file, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), file); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), file) {
		t.Errorf("err = %v", err)
	}
}

func TestFlippedPagesAreFoundByTheExamination(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	s := open(t, file)
	do(t, s, func(tx *Tx) error {
		for i := range 2000 {
			if _, err := tx.AddFact(fact.Fact{User: "u", Key: fmt.Sprint(i), At: morning}); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for page := 40; page < len(body)/4096-1; page++ { // headers of pages beyond the schema
		body[page*4096] ^= 0xff
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	again := open(t, file)
	if err := again.Examine(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(again.Damage()) == 0 {
		t.Error("nothing was found")
	}
}

func TestAFullDiskRefusesAndHeals(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "adapter.db"))
	add := func(key string) error {
		return s.Do(t.Context(), "", func(tx *Tx) error {
			_, err := tx.AddFact(fact.Fact{User: "u", Key: key, Payload: []byte(`"` + strings.Repeat("x", 100_000) + `"`)})
			return err
		})
	}
	pages := func(n int) {
		do(t, s, func(tx *Tx) error {
			var now int
			return tx.one(fmt.Sprintf("PRAGMA max_page_count = %d", n), nil, &now)
		})
	}
	pages(60)
	var err error
	for i := 0; err == nil && i < 100; i++ {
		err = add(fmt.Sprint(i))
	}
	if !errors.Is(err, ErrFull) || s.Writable() {
		t.Errorf("err = %v, writable = %v", err, s.Writable())
	}
	pages(1 << 20)
	if err := add("later"); err != nil || !s.Writable() {
		t.Errorf("with room again: %v, writable = %v", err, s.Writable())
	}
}

func BenchmarkDo(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "adapter.db"))
	b.SetParallelism(64)
	var mu sync.Mutex
	n := 0
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			key := fmt.Sprint(n)
			mu.Unlock()
			err := s.Do(context.Background(), "", func(tx *Tx) error {
				if _, err := tx.AddFact(fact.Fact{User: "u", Key: key, At: morning}); err != nil {
					return err
				}
				if err := tx.PutState("u", key, morning, true, map[string]int{"a": 1}); err != nil {
					return err
				}
				return tx.AddRun(&Run{User: "u", Contact: key, Kind: "flow", Status: Waiting, Created: morning})
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
}
