package store

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/internal/pgtest"
)

// Whoever takes turns, and wherever: together they never have more than the bucket gives.
func TestNodesTakeTurnsFromOneBucket(t *testing.T) {
	const perSecond, burst, turns = 100.0, 5, 20
	dsn := pgtest.Shared(t)
	nodes := []Buckets{openShared(t, dsn, "one").Nodes().Buckets(), openShared(t, dsn, "two").Nodes().Buckets()}
	began := time.Now()
	var mu sync.Mutex
	var at []time.Duration // from the beginning
	var all sync.WaitGroup
	for range turns {
		for _, b := range nodes {
			all.Go(func() {
				wait, _, err := b.Take(t.Context(), "Op", perSecond, burst, 1)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				at = append(at, time.Since(began)+wait)
			})
		}
	}
	all.Wait()
	slices.Sort(at)
	for n, when := range at {
		earliest := time.Duration(float64(n+1-burst) / perSecond * float64(time.Second))
		if when < earliest-2*time.Millisecond { // the bucket counts milliseconds
			t.Errorf("turn %d after %s, not before %s", n, when, earliest)
		}
	}
	if wait, _, err := nodes[0].Take(t.Context(), "another", perSecond, burst, 1); wait != 0 || err != nil {
		t.Errorf("another operation waits %s, %v", wait, err)
	}
}

func TestWhatOneNodeLearnsSlowsAll(t *testing.T) {
	dsn := pgtest.Shared(t)
	one, two := openShared(t, dsn, "one").Nodes().Buckets(), openShared(t, dsn, "two").Nodes().Buckets()
	take := func(b Buckets, turns int) (time.Duration, float64) {
		t.Helper()
		wait, share, err := b.Take(t.Context(), "Op", 0.01, 5, turns) // it hardly fills while the test runs
		if err != nil {
			t.Fatal(err)
		}
		return wait, share
	}
	learn := func(b Buckets, factor, more float64, pause time.Duration, want float64) {
		t.Helper()
		if share, err := b.Learn(t.Context(), "Op", factor, more, 1.0/16, pause); err != nil || share != want {
			t.Errorf("share %v, %v; want %v", share, err, want)
		}
	}
	if wait, share := take(one, 1); wait != 0 || share != 1 {
		t.Errorf("wait %s, share %v", wait, share)
	}
	learn(one, 0.5, 0, time.Hour, 0.5)
	learn(two, 0.5, 0, time.Hour, 0.5) // for the same reason
	if wait, share := take(two, 1); wait != 0 || share != 0.5 {
		t.Errorf("wait %s, share %v", wait, share)
	}
	wait, _ := take(two, 1) // what was saved up is gone
	if wait < 190*time.Second || wait > 200*time.Second {
		t.Errorf("waits %s, want 200 seconds", wait)
	}
	take(two, -1)
	if again, _ := take(one, 1); again > wait {
		t.Errorf("a turn that was given back is not there: %s", again)
	}
	for _, want := range []float64{1.0 / 4, 1.0 / 8, 1.0 / 16, 1.0 / 16} {
		learn(two, 0.5, 0, 0, want)
	}
	for n := range 8 {
		learn(one, 1, 1.0/8, 0, min(1, 1.0/16+float64(n+1)/8))
	}
}
