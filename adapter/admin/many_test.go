package admin

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// However many calls wait for something, each is listed as it stands: nothing is told when a run ends.
func TestMoreOpenCallsThanAPageAreRight(t *testing.T) {
	d := newDesk(t)
	const n = 2600
	d.do(func(tx *store.Tx) error {
		for i := range n {
			err := tellCall(tx, fmt.Sprintf("c-%04d", i), amelia, "+12065550142", nine, func(r *store.Run) {
				r.Status, r.Ended = store.Waiting, time.Time{}
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	d.clock.Advance(time.Hour) // what was told is old: nothing of it makes a row anew
	if err := d.Admin.index.all(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Hour)
	d.do(func(tx *store.Tx) error {
		for id := range int64(n) {
			r, err := tx.Run(id + 1)
			if err != nil {
				return err
			}
			r.Status, r.Ended = store.Completed, nine.Add(time.Second)
			if err := tx.SaveRun(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err := d.Admin.index.all(t.Context()); err != nil {
		t.Fatal(err)
	}
	var waiting, ended []store.Call
	if err := d.store.View(t.Context(), func(tx *store.Tx) (err error) {
		if waiting, err = tx.Calls(store.CallFilter{Outcome: "waiting"}, 2*n); err != nil {
			return err
		}
		ended, err = tx.Calls(store.CallFilter{Outcome: "noMatch"}, 2*n)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(waiting) > 0 || len(ended) != n {
		t.Errorf("%d still wait, %d of %d have ended", len(waiting), len(ended), n)
	}
}

// slowClock moves with each look at it, so that a slice is soon over.
type slowClock struct{ *clock.Fake }

func (c slowClock) Now() time.Time {
	c.Advance(4 * time.Second)
	return c.Fake.Now()
}

// What takes longer than a slice is forgotten by several, and nothing twice or not at all.
func TestForgettingGoesOnWhereItStopped(t *testing.T) {
	d := newDesk(t)
	const n = 2500 // clicks: more than are looked at in a slice
	d.call("c-1", amelia, "+12065550142", nine.Add(-24*time.Hour), nil)
	d.do(func(tx *store.Tx) error {
		for i := range n {
			f := fact.Fact{User: amelia, Key: fmt.Sprint("k", i), At: nine, Source: fact.Interface, Event: "onClickToDial",
				Payload: []byte(`{"number":"(206) 555-0142"}`)}
			if _, err := tx.AddFact(f); err != nil {
				return err
			}
		}
		return nil
	})
	b := d.signIn(ada)
	d.Admin.cfg.Clock = slowClock{d.clock}
	var all Forgotten
	slices := 0
	for next := ""; slices == 0 || next != ""; slices++ {
		body, err := json.Marshal(map[string]string{"number": "+12065550142", "next": next})
		if err != nil {
			t.Fatal(err)
		}
		var got Forgotten
		b.post("forget", string(body), http.StatusOK, &got)
		all.Contacts, all.Facts, all.Runs = all.Contacts+got.Contacts, all.Facts+got.Facts, all.Runs+got.Runs
		if next = got.Next; slices > 50 {
			t.Fatalf("it does not end: %+v", got)
		}
	}
	if all.Contacts != 1 || all.Facts != n+2 || all.Runs != 1 || slices < 2 {
		t.Errorf("%+v in %d slices", all, slices)
	}
}

// A pass that has read a call writes nothing of it after it was forgotten.
func TestWhatIsForgottenIsNotWrittenAgain(t *testing.T) {
	d := newDesk(t)
	d.call("c-1", amelia, "+12065550142", nine.Add(-24*time.Hour), nil)
	inside, goOn, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- d.Admin.index.hold(context.Background(), func() error {
			close(inside)
			<-goOn
			return d.store.Do(context.Background(), "", func(tx *store.Tx) error {
				_, _, err := tx.Forget(store.Leg{User: amelia, Contact: "c-1"})
				return err
			})
		})
	}()
	<-inside
	var list CallList // a list does not wait for it, and makes no rows meanwhile
	d.signIn(ada).get("calls?number="+url.QueryEscape("+12065550142"), http.StatusOK, &list)
	if d.Admin.index.mu.TryLock() {
		t.Error("a pass could read while somebody is forgotten")
		d.Admin.index.mu.Unlock()
	}
	close(goOn)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(time.Minute)
	d.signIn(ada).get("calls", http.StatusOK, &list)
	if len(list.Calls) != 0 {
		t.Errorf("%+v", list.Calls)
	}
}
