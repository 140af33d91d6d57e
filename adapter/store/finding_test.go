package store

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

func TestNodesFindOutOnce(t *testing.T) {
	dsn := pgtest.Shared(t)
	nodes := []*Store{openShared(t, dsn, "one"), openShared(t, dsn, "two")}
	var asked atomic.Int32
	ask := func(context.Context) ([]byte, error) {
		if asked.Add(1) == 1 {
			return nil, errors.New("the first one gets no answer")
		}
		return []byte("known"), nil
	}
	if _, err := nodes[0].Find(t.Context(), "x", time.Hour, clock.System{}, ask); err == nil {
		t.Error("an error was taken for an answer")
	}
	var all sync.WaitGroup
	for range 10 {
		for _, s := range nodes {
			all.Go(func() {
				found, err := s.FindOut(t.Context(), "x", time.Hour, clock.System{}, ask)
				if string(found.Body) != "known" || found.Ago < 0 || found.Ago > time.Minute || err != nil {
					t.Errorf("%+v, %v", found, err)
				}
			})
		}
	}
	all.Wait()
	if asked.Load() != 2 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestATurnIsTakenWhenItIsDue(t *testing.T) {
	dsn := pgtest.Shared(t)
	for name, stores := range map[string][]*Store{
		"file": {open(t, "")}, "server": {openShared(t, dsn, "one"), openShared(t, dsn, "two")},
	} {
		t.Run(name, func(t *testing.T) {
			var lasts []string
			turn := func(every time.Duration, body string, failed error) {
				t.Helper()
				for _, s := range stores {
					err := s.Turn(t.Context(), "x", every, clock.System{}, func(_ context.Context, last Finding) ([]byte, error) {
						lasts = append(lasts, string(last.Body))
						return []byte(body), failed
					})
					if !errors.Is(err, failed) {
						t.Fatal(err)
					}
				}
			}
			failed := errors.New("no")
			turn(time.Hour, "a", nil)
			turn(time.Hour, "b", nil)
			if len(lasts) != 1 || lasts[0] != "" {
				t.Errorf("within the hour: %q", lasts)
			}
			lasts = nil
			turn(-1, "c", failed)
			turn(-1, "d", nil)
			want := map[string]int{"a": len(stores) + 1, "d": len(stores) - 1}
			for _, last := range lasts {
				want[last]--
			}
			if want["a"] != 0 || want["d"] != 0 {
				t.Errorf("due at once: %q", lasts)
			}
		})
	}
}
