package run

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// What is let go of stops where it is, and goes on when it is taken up again; what waited behind it keeps its place.
func TestRunsAreLetGoOfAndTakenUpAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		stopped := 0
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			if h.Run.Flow != "first" || stopped > 0 {
				return done
			}
			<-ctx.Done()
			stopped++
			return Next{Status: store.Waiting}
		}}
		d.kinds["task"] = Kind{Last: true, Do: d.kinds["flow"].Do}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "l", "flow", "first"), named("u", "c", "l", "flow", "second"), named("u", "c", "", "task", "log"))...)
		synctest.Wait()
		e.DropAll()
		synctest.Wait()
		if got := d.said(); got != "first" || stopped != 1 {
			t.Fatalf("said %q, stopped %d", got, stopped)
		}
		if s := e.Standing(); s != (Standing{}) {
			t.Errorf("let go of, and standing %+v", s)
		}
		e.LoadUsers("u")
		e.LoadUsers("u") // twice is once
		synctest.Wait()
		if got := d.said(); got != "first first second log" {
			t.Errorf("said %q", got)
		}
	})
}

// A run that sleeps, one that waits for a sign-in and one that is parked are let go of, too, and wake nobody later.
func TestWhatWaitsIsLetGoOf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			switch h.Run.Flow {
			case "sleeps":
				return Next{Status: store.Waiting, Wake: time.Now().Add(time.Minute)}
			case "unsigned":
				return Next{Status: store.Waiting, Waits: store.SignIn}
			}
			h.Park()
			<-ctx.Done()
			h.Park() // once more, when it is nobody's
			return done
		}}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "", "", "flow", "sleeps"), named("u", "", "", "flow", "unsigned"), named("u", "", "", "flow", "parks"))...)
		synctest.Wait()
		if e.Drop("u", 0) {
			t.Error("a late letter, of an earlier holder, counts")
		}
		if !e.Drop("u", 1) {
			t.Error("the letter of the next holder does not count")
		}
		e.Wake("u")
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := strings.Fields(d.said()); len(got) != 3 {
			t.Errorf("said %q", got)
		}
		if s := e.Standing(); s != (Standing{}) {
			t.Errorf("standing %+v", s)
		}
	})
}

// Runs that another node adds are taken up in the order of their rows, before those that are added here after them.
func TestRunsOfAnotherNodeComeInTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(_ context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			return done
		}}
		e := d.engine()
		defer e.Close()
		d.add(named("u", "c", "l", "flow", "theirs"))
		ours := d.add(named("u", "c", "l", "flow", "ours"), named("u", "c", "l", "flow", "not here"))
		ours[0].Holding = store.Holding{Added: 1} // as of which this engine has not read
		ours[1].Elsewhere = true
		e.Start(ours...)
		synctest.Wait()
		if got := d.said(); got != "theirs ours not here" {
			t.Errorf("said %q", got)
		}
	})
}
