package effect

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

func TestEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := time.Now()
		time.Sleep(time.Second)
		e := newEnds(clock.System{})
		time.Sleep(time.Second)
		rang := time.Now()
		on := func(contact string, began time.Time, want bool) {
			t.Helper()
			if got := e.surelyOn(contact, began); got != want {
				t.Errorf("%s: %v after %v", contact, got, time.Since(began))
			}
		}
		on("a", rang, true)
		on("a", before, false) // its end may have been told to another program
		on("a", rang.Add(time.Hour), false)
		e.note("a")
		on("a", rang, false)
		on("b", rang, true)
		time.Sleep(4*time.Minute + time.Second)
		on("b", rang, false) // so late that the store is asked
		time.Sleep(time.Minute)
		for i := range mostEnds {
			e.note(strconv.Itoa(i))
		}
		on("c", time.Now(), true)
		on("1", time.Now(), false)
		rang = time.Now()
		time.Sleep(time.Second)
		for i := range mostEnds {
			e.note("again " + strconv.Itoa(i))
		}
		on("c", rang, false) // too many have ended to remember them all
		time.Sleep(time.Second)
		on("c", time.Now(), true)
	})
}
