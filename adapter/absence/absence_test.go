package absence

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// desk is a watch, and who is there.
type desk struct {
	*Watch
	pages map[string]int
	gone  []string
}

func newDesk() *desk {
	d := &desk{pages: map[string]int{}}
	d.Watch = New(Config{
		Pages: func(user string) int { return d.pages[user] }, Patience: func(string) time.Duration { return 5 * time.Second },
		Gone: func(user string) { d.gone = append(d.gone, user) }, Clock: clock.System{}})
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
		{"there by another way", func(d *desk) { d.Left("ann", true); d.pages["ann"] = 1 }, time.Hour, nil},
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
				if !slices.Equal(d.gone, tc.gone) {
					t.Errorf("gone %v, want %v", d.gone, tc.gone)
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
		if len(d.gone) != 0 {
			t.Errorf("%v are gone from an adapter that has just begun", d.gone)
		}
		rest(Silence - settling)
		d.pages["bob"] = 1
		d.Back("bob")
		rest(2 * time.Second)
		d.Close()
		if !slices.Equal(d.gone, []string{"ann"}) {
			t.Errorf("gone %v", d.gone)
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
		if len(d.gone) != 0 {
			t.Errorf("gone %v", d.gone)
		}
	})
}
