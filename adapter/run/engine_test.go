package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// desk is an engine on a store, with doers that the test writes.
type desk struct {
	t     *testing.T
	store *store.Store
	kinds map[string]Kind

	mu   sync.Mutex // guards log
	log  []string
	ends map[string]store.Status
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	s, err := store.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &desk{t: t, store: s, kinds: map[string]Kind{}, ends: map[string]store.Status{}}
}

func (d *desk) say(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, fmt.Sprintf(format, args...))
}

func (d *desk) said() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.log, " ")
}

// engine begins one that the test closes.
func (d *desk) engine() *Engine {
	e := New(Config{Store: d.store, Kinds: d.kinds, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Ended: func(r store.Run) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.ends[r.Flow] = r.Status
		}})
	if err := e.Load(context.Background()); err != nil {
		d.t.Fatal(err)
	}
	return e
}

// add makes runs durable; named by their Flow.
func (d *desk) add(runs ...*store.Run) []*store.Run {
	d.t.Helper()
	err := d.store.Do(context.Background(), "", func(tx *store.Tx) error {
		for _, r := range runs {
			r.Status, r.Created = store.Waiting, time.Now()
			if err := tx.AddRun(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return runs
}

func named(user, contact, lane, kind, name string) *store.Run {
	return &store.Run{User: user, Contact: contact, Lane: lane, Kind: kind, Flow: name}
}

var done = Next{Status: store.Completed}

func TestRunsOfALaneStartInTheirOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			if h.Run.Flow == "a1" && h.Run.Body.Tries == 0 {
				h.Run.Body.Tries++
				return Next{Status: store.Waiting, Wake: time.Now().Add(time.Minute)} // it holds its lane while it waits
			}
			return done
		}}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "a", "flow", "a1"), named("u", "c", "a", "flow", "a2"), named("u", "c", "b", "flow", "b1"))...)
		synctest.Wait()
		if got := d.said(); got != "a1 b1" && got != "b1 a1" {
			t.Errorf("at once: %s", got)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if got := d.said(); !strings.HasSuffix(got, "a1 a2") {
			t.Errorf("in all: %s", got)
		}
	})
}

func TestTheLastWaitsForAllBeforeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		hold := make(chan struct{})
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			if h.Run.Flow == "slow" {
				<-hold
			}
			d.say("%s", h.Run.Flow)
			return done
		}}
		d.kinds["task"] = Kind{Last: true, Do: d.kinds["flow"].Do}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "a", "flow", "slow"), named("u", "c", "b", "flow", "quick"), named("u", "c", "", "task", "task"),
			named("u", "c", "b", "flow", "after"), named("u", "other", "", "task", "other"))...)
		synctest.Wait()
		if strings.Contains(d.said(), " task") {
			t.Errorf("it did not wait: %s", d.said())
		}
		close(hold)
		synctest.Wait()
		if got := strings.Fields(d.said()); len(got) != 5 || got[4] != "task" && got[3] != "task" {
			t.Errorf("said %v", got)
		}
	})
}

func TestAnAgentTakesNoMoreThanItsPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		hold := make(chan struct{})
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.User)
			if h.Run.User == "flood" {
				<-hold
			}
			return done
		}}
		e := d.engine()
		defer e.Close()
		for i := range 50 {
			e.Start(d.add(named("flood", fmt.Sprint(i), fmt.Sprint(i), "flow", "f"))...)
		}
		e.Start(d.add(named("other", "c", "l", "flow", "f"))...)
		synctest.Wait()
		if got := strings.Count(d.said(), "flood"); got != atOnce {
			t.Errorf("%d of the flood are under way, want %d", got, atOnce)
		}
		if !strings.Contains(d.said(), "other") {
			t.Error("the other agent waits")
		}
		close(hold)
		synctest.Wait()
		if got := strings.Count(d.said(), "flood"); got != 50 {
			t.Errorf("%d of the flood were carried out in the end", got)
		}
	})
}

func TestWhatParksHoldsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		hold := make(chan struct{})
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			if h.Run.Flow == "slow" {
				h.Park()
				<-hold
			}
			return done
		}}
		e := d.engine()
		defer e.Close()
		for i := range 2 * atOnce {
			e.Start(d.add(named("u", fmt.Sprint(i), fmt.Sprint(i), "flow", "slow"))...)
		}
		e.Start(d.add(named("u", "c", "l", "flow", "quick"))...)
		synctest.Wait()
		if !strings.Contains(d.said(), "quick") {
			t.Errorf("said %s", d.said())
		}
		close(hold)
		synctest.Wait()
		if s := e.Standing(); s != (Standing{}) {
			t.Errorf("left: %+v", s)
		}
	})
}

func TestWhatWaitsForASignInWakesOnIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		signedIn := false
		d.kinds["task"] = Kind{Last: true, Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.User)
			if !signedIn {
				return Next{Status: store.Waiting, Waits: store.SignIn}
			}
			return done
		}}
		e := d.engine()
		for i := range 300 {
			e.Start(d.add(named("gone", fmt.Sprint(i), "", "task", "x"))...)
		}
		synctest.Wait()
		time.Sleep(24 * time.Hour)
		if got := strings.Count(d.said(), "gone"); got != 300 {
			t.Errorf("tried %d times for nobody", got)
		}
		if s := e.Standing(); s.Waiting != 300 || s.UnderWay != 0 {
			t.Errorf("standing %+v", s)
		}
		e.Close()
		e = d.engine() // a restart tries each once
		synctest.Wait()
		signedIn = true
		e.Wake("somebody else")
		synctest.Wait()
		if got := strings.Count(d.said(), "gone"); got != 600 {
			t.Errorf("tried %d times", got)
		}
		e.Wake("gone")
		synctest.Wait()
		if s := e.Standing(); s != (Standing{}) {
			t.Errorf("left: %+v", s)
		}
		e.Close()
	})
}

// A sign-in that comes while a run finds out that it needs one is not overlooked.
func TestASignInInTheMiddleIsNotOverlooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var e *Engine
		tries := 0
		d.kinds["task"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			if tries++; tries == 1 {
				e.Wake("u")
				return Next{Status: store.Waiting, Waits: store.SignIn}
			}
			return done
		}}
		e = d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "", "task", "x"))...)
		synctest.Wait()
		if tries != 2 {
			t.Errorf("tried %d times", tries)
		}
	})
}

// failing is a store whose n-th transaction fails, as when the process ends there.
type failing struct {
	Store
	mu sync.Mutex
	at int
}

var errCut = errors.New("cut")

func (f *failing) Do(ctx context.Context, userID string, do func(*store.Tx) error) error {
	f.mu.Lock()
	f.at--
	cut := f.at == 0
	f.mu.Unlock()
	if cut {
		return errCut
	}
	return f.Store.Do(ctx, userID, do)
}

// Whatever transaction a process ends at, the next one goes on, and what is marked as begun is not begun again.
func TestAKillAtEachTransactionLosesAndDoublesNothing(t *testing.T) {
	for cut := 1; cut <= 6; cut++ {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				acted := 0
				d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
					if len(h.Run.Body.Steps) > 0 {
						return Next{Status: store.Partial, Problem: "unknown"} // begun before: not again
					}
					h.Run.Body.Steps = []byte(`["begun"]`)
					if err := h.Save(ctx); err != nil {
						<-ctx.Done() // the process ends here
						return Next{Status: store.Waiting}
					}
					acted++
					return done
				}}
				runs := d.add(named("u", "c", "l", "flow", "f"))
				broken := &failing{Store: d.store, at: cut}
				e := New(Config{Store: broken, Kinds: d.kinds, Clock: clock.System{}, Log: slog.New(slog.DiscardHandler)})
				if cut%2 == 0 {
					e.Start(runs...)
				} else if err := e.Load(t.Context()); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				e.Close()
				next := d.engine()
				synctest.Wait()
				next.Close()
				if acted > 1 {
					t.Errorf("acted %d times", acted)
				}
				err := d.store.View(context.Background(), func(tx *store.Tx) error {
					r, err := tx.Run(runs[0].ID)
					if r.Status != store.Completed && r.Status != store.Partial {
						t.Errorf("it stands %s", r.Status)
					}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func TestPendingWorkComesFirstAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(ctx context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			return done
		}}
		d.add(named("u", "c", "l", "flow", "old1"), named("u", "c", "l", "flow", "old2"))
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "l", "flow", "new"))...)
		synctest.Wait()
		if got := d.said(); got != "old1 old2 new" {
			t.Errorf("order: %s", got)
		}
	})
}

func TestAPanicEndsOneRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(context.Context, *Hand) Next { panic("no") }}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "l", "flow", "f"), named("u", "c", "l", "unknown", "g"))...)
		synctest.Wait()
		if d.ends["f"] != store.GivenUp || d.ends["g"] != store.GivenUp {
			t.Errorf("ends: %v", d.ends)
		}
	})
}

// Rows that a run adds at its end are carried out next.
func TestWhatARunAddsIsStarted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["task"] = Kind{Do: func(context.Context, *Hand) Next {
			return Next{Status: store.Completed, Also: func(tx *store.Tx) ([]*store.Run, error) {
				r := named("u", "c", "", "channel", "row")
				r.Status = store.Waiting
				return []*store.Run{r}, tx.AddRun(r)
			}}
		}}
		d.kinds["channel"] = Kind{Do: func(_ context.Context, h *Hand) Next {
			d.say("%s", h.Run.Flow)
			return done
		}}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "", "task", "t"))...)
		synctest.Wait()
		if d.said() != "row" {
			t.Errorf("said %q", d.said())
		}
	})
}

// The queue keeps its promises for any order of events.
func TestQueueNeverLosesARun(t *testing.T) {
	q := newQueue()
	var under []*entry
	started := map[int64]bool{}
	seed := uint32(7)
	random := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	id, ended := int64(0), 0
	now := time.Unix(0, 0)
	for range 20_000 {
		switch random(4) {
		case 0:
			id++
			n := &entry{id: id, user: fmt.Sprint(random(5)), contact: fmt.Sprint(random(3)), last: random(4) == 0}
			if !n.last {
				n.lane = n.user + n.contact + fmt.Sprint(random(2))
			}
			q.add(n)
		case 1, 2:
			if n := q.take(now); n != nil {
				if n.lane != "" && q.lanes[n.lane][0] != n || n.last && q.contacts[contactOf(n)][0] != n {
					t.Fatalf("run %d is out of order", n.id)
				}
				started[n.id] = true
				under = append(under, n)
			}
		case 3:
			if len(under) > 0 {
				i := random(len(under))
				q.end(under[i])
				under = slices.Delete(under, i, i+1)
				ended++
			}
		}
	}
	for len(under) > 0 || len(q.turns) > 0 {
		for n := q.take(now); n != nil; n = q.take(now) {
			under = append(under, n)
		}
		q.end(under[0])
		under = under[1:]
		ended++
	}
	if int64(ended) != id || q.active != 0 || len(q.lanes)+len(q.contacts)+len(q.agents) != 0 {
		t.Errorf("%d of %d ended; left %d lanes, %d contacts, %d agents", ended, id, len(q.lanes), len(q.contacts), len(q.agents))
	}
}
