package absence

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// desk is a watch, and who is there.
type desk struct {
	*Watch

	mu    sync.Mutex // guards what follows
	pages map[string]int
	gone  []string
}

func (d *desk) count(user string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pages[user]
}

// comes gives a user a page of which the watch does not hear.
func (d *desk) comes(user string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pages[user] = 1
}

func (d *desk) misses(user string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone = append(d.gone, user)
}

func (d *desk) missed() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.gone)
}

func newDesk() *desk {
	d := &desk{pages: map[string]int{}}
	patience := func(string) time.Duration { return 5 * time.Second }
	d.Watch = New(Config{Pages: d.count, Patience: patience, Gone: d.misses, Clock: clock.System{}})
	return d
}

func rest(d time.Duration) {
	time.Sleep(d) // of the bubble's clock
	synctest.Wait()
}

func TestWhoIsGone(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(*desk)
		at   time.Duration // since the watch is old enough
		gone []string
	}{
		{"closed", func(d *desk) { d.Left("ann", true) }, 6 * time.Second, []string{"ann"}},
		{"closed a moment ago", func(d *desk) { d.Left("ann", true) }, 4 * time.Second, nil},
		{"loaded again", func(d *desk) { d.Left("ann", true); rest(time.Second); d.Back("ann") }, time.Hour, nil},
		{"cut off", func(d *desk) { d.Left("ann", false) }, 119 * time.Second, nil},
		{"cut off for long", func(d *desk) { d.Left("ann", false) }, 121 * time.Second, []string{"ann"}},
		{"cut off, and closed", func(d *desk) { d.Left("ann", false); d.Left("ann", true) }, 6 * time.Second, []string{"ann"}},
		{"closed, and cut off", func(d *desk) { d.Left("ann", true); d.Left("ann", false) }, time.Hour, []string{"ann"}},
		{"there by another way", func(d *desk) { d.Left("ann", true); d.comes("ann") }, time.Hour, nil},
		{"away, back and away again", func(d *desk) {
			d.Left("ann", false)
			rest(time.Minute)
			d.Back("ann")
			rest(time.Minute)
			d.Left("ann", false)
		}, 119 * time.Second, nil},
		{"a page that flaps", func(d *desk) {
			for range 100 {
				d.Left("ann", false)
				rest(time.Second)
				d.Back("ann")
				rest(time.Second)
			}
		}, time.Hour, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk()
				rest(Silence)
				tc.do(d)
				rest(tc.at)
				d.Close()
				if gone := d.missed(); !slices.Equal(gone, tc.gone) {
					t.Errorf("gone %v, want %v", gone, tc.gone)
				}
			})
		})
	}
}

// Two hundred agents whose adapter was killed: those whose pages come back keep their status.
func TestAYoungWatchMissesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.Left("ann", true)
		d.Left("bob", false)
		rest(settling - time.Second)
		if gone := d.missed(); len(gone) != 0 {
			t.Errorf("%v are gone from an adapter that has just begun", gone)
		}
		rest(Silence - settling)
		d.comes("bob")
		d.Back("bob")
		rest(2 * time.Second)
		d.Close()
		if gone := d.missed(); !slices.Equal(gone, []string{"ann"}) {
			t.Errorf("gone %v", gone)
		}
	})
}

func TestNobodyIsGoneAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		rest(Silence)
		d.Left("ann", true)
		d.Close()
		d.Left("bob", true)
		rest(time.Hour)
		if gone := d.missed(); len(gone) != 0 {
			t.Errorf("gone %v", gone)
		}
	})
}
