package run

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// A run that waits goes on at once when somebody says so, from its row as it is by then; one that was dropped is let go of.
func TestAgain(t *testing.T) {
	for _, waits := range []string{"", store.SignIn} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t)
			tries := 0
			d.kinds["k"] = Kind{Do: func(context.Context, *Hand) Next {
				if tries++; tries > 1 {
					return done
				}
				return Next{Status: store.Waiting, Wake: time.Now().Add(time.Hour), Waits: waits}
			}}
			e := d.engine()
			defer e.Close()
			runs := d.add(named("u", "c", "", "k", "one"))
			e.Start(runs...)
			synctest.Wait()
			e.Again("u", 99)
			e.Again("v", runs[0].ID)
			synctest.Wait()
			if tries != 1 {
				t.Fatalf("%d tries", tries)
			}
			e.Again("u", runs[0].ID)
			synctest.Wait()
			if tries != 2 || e.Open("u") != 0 {
				t.Errorf("%d tries, %d open", tries, e.Open("u"))
			}
		})
	}
}

func TestAgainLetsGoOfWhatWasDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		tries := 0
		d.kinds["k"] = Kind{Do: func(context.Context, *Hand) Next {
			tries++
			return Next{Status: store.Waiting, Wake: time.Now().Add(time.Hour)}
		}}
		e := d.engine()
		defer e.Close()
		runs := d.add(named("u", "c", "", "k", "one"))
		e.Start(runs...)
		synctest.Wait()
		if err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.DropRun(runs[0].ID, "dropped", time.Now()) }); err != nil {
			t.Fatal(err)
		}
		e.Again("u", runs[0].ID)
		synctest.Wait()
		if tries != 1 || e.Open("u") != 0 {
			t.Errorf("%d tries, %d open", tries, e.Open("u"))
		}
	})
}

// What a person drops before its turn comes is not carried out from memory.
func TestWhatWasDroppedBehindAnotherIsNotCarriedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		hold := make(chan struct{})
		d.kinds["flow"] = Kind{Do: func(_ context.Context, h *Hand) Next {
			if h.Run.Flow == "first" {
				<-hold
			}
			d.say("%s", h.Run.Flow)
			return done
		}}
		e := d.engine()
		defer e.Close()
		runs := d.add(named("u", "c", "l", "flow", "first"), named("u", "c", "l", "flow", "dropped"), named("u", "c", "l", "flow", "last"))
		e.Start(runs...)
		synctest.Wait()
		err := d.store.Do(t.Context(), "", func(tx *store.Tx) error {
			return tx.EndRun(runs[1].ID, store.NotRun, "dropped", time.Now())
		})
		if err != nil {
			t.Fatal(err)
		}
		e.Again("u", runs[1].ID)
		close(hold)
		synctest.Wait()
		if got := d.said(); got != "first last" {
			t.Errorf("carried out: %s", got)
		}
	})
}
