package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// A Task that waits for its agent holds up nothing that does without: the contact's row is written, now and after a restart.
func TestNothingWaitsForOneThatWaitsForASignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		signedIn := false
		d.kinds["flow"] = Kind{Do: func(context.Context, *Hand) Next {
			d.say("flow")
			return done
		}}
		d.kinds["task"] = Kind{Last: true, Do: func(_ context.Context, h *Hand) Next {
			d.say("task")
			if !signedIn {
				return Next{Status: store.Waiting, Waits: store.SignIn}
			}
			return done
		}}
		d.kinds["channel"] = Kind{Last: true, Do: func(context.Context, *Hand) Next {
			d.say("channel")
			return done
		}}
		e := d.engine()
		e.Start(d.add(named("u", "c", "", "task", "t"))...)
		synctest.Wait()
		e.Start(d.add(named("u", "c", "", "channel", "ch"), named("u", "c", "l", "flow", "f"))...)
		synctest.Wait()
		if got := d.said(); got != "task channel flow" && got != "task flow channel" {
			t.Errorf("said %q", got)
		}
		e.Close()
		d.add(named("u", "c", "", "channel", "ch2"))
		e = d.engine()
		defer e.Close()
		synctest.Wait()
		if got := d.said(); !strings.HasSuffix(got, "task channel") {
			t.Errorf("after a restart said %q", got)
		}
		signedIn = true
		e.Wake("u")
		synctest.Wait()
		if s := e.Standing(); s.Open != 0 {
			t.Errorf("%+v", s)
		}
	})
}

// What a run added after the log's own is done before it, restart or not.
func TestTheLastIsLastAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for _, kind := range []string{"flow", "task", "channel"} {
			d.kinds[kind] = Kind{Last: kind != "flow", Do: func(context.Context, *Hand) Next {
				if kind == "flow" {
					time.Sleep(time.Second)
				}
				d.say("%s", kind)
				return done
			}}
		}
		d.add(named("u", "c", "", "task", "t"), named("u", "c", "", "channel", "ch"), named("u", "c", "l", "flow", "f"))
		e := d.engine()
		defer e.Close()
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := d.said(); got != "flow task channel" {
			t.Errorf("said %q", got)
		}
	})
}

// counting counts the lines of a log.
type counting struct{ n atomic.Int64 }

func (c *counting) Write(p []byte) (int, error) {
	c.n.Add(1)
	return len(p), nil
}

// refusing is a store that takes nothing for a while.
type refusing struct {
	Store
	err atomic.Pointer[error]
}

func (r *refusing) Do(ctx context.Context, userID string, do func(*store.Tx) error) error {
	if err := r.err.Load(); err != nil {
		return *err
	}
	return r.Store.Do(ctx, userID, do)
}

// A full disk holds what is in hand for as long as it is full, and is not the log's end.
func TestAFullDiskIsWaitedForQuietly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		did := atomic.Int64{}
		d.kinds["flow"] = Kind{Do: func(context.Context, *Hand) Next {
			did.Add(1)
			return done
		}}
		disk := &refusing{Store: d.store}
		lines := &counting{}
		e := New(Config{Store: disk, Kinds: d.kinds, Clock: clock.System{}, Log: slog.New(slog.NewTextHandler(lines, nil))})
		var all []*store.Run
		for i := range 300 {
			all = append(all, named(fmt.Sprint(i%3), "", "", "flow", "f"))
		}
		d.add(all...)
		full := fmt.Errorf("write: %w", store.ErrFull)
		disk.err.Store(&full)
		e.Start(all...)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if n := lines.n.Load(); n == 0 || n > 40 {
			t.Errorf("%d lines in ten minutes", n)
		}
		disk.err.Store(nil)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if s := e.Standing(); s.Open != 0 || did.Load() != 300 {
			t.Errorf("%+v, done %d times", s, did.Load())
		}
		e.Close()
	})
}

// What can never be written is given up: it holds neither its lane nor a hand for ever.
func TestWhatCannotBeWrittenIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.kinds["flow"] = Kind{Do: func(_ context.Context, h *Hand) Next {
			next := done
			if h.Run.Flow == "bad" {
				next.Also = func(*store.Tx) ([]*store.Run, error) { return nil, errors.New("it can never be") }
			}
			return next
		}}
		e := d.engine()
		defer e.Close()
		e.Start(d.add(named("u", "c", "l", "flow", "bad"), named("u", "c", "l", "flow", "good"))...)
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if d.ends["bad"] != store.GivenUp || d.ends["good"] != store.Completed {
			t.Errorf("ends: %v", d.ends)
		}
	})
}

// setBack is a clock that is set back while time goes on.
type setBack struct {
	clock.System
	by atomic.Int64
}

func (s *setBack) Now() time.Time { return time.Now().Add(-time.Duration(s.by.Load())) }

func TestAClockThatIsSetBackDelaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		clk := &setBack{}
		began := time.Now()
		d.kinds["flow"] = Kind{Do: func(_ context.Context, h *Hand) Next {
			if h.Run.Body.Tries++; h.Run.Body.Tries == 1 {
				wait := 20 * time.Second
				if h.Run.Flow == "b" {
					wait = 40 * time.Second
				}
				return Next{Status: store.Waiting, Wake: clk.Now().Add(wait)}
			}
			d.say("%s %v", h.Run.Flow, time.Since(began).Round(time.Second))
			return done
		}}
		e := New(Config{Store: d.store, Kinds: d.kinds, Clock: clk, Log: slog.New(slog.DiscardHandler)})
		defer e.Close()
		e.Start(d.add(named("u", "", "", "flow", "a"), named("u", "", "", "flow", "b"))...)
		time.Sleep(5 * time.Second)
		clk.by.Store(int64(10 * time.Minute))
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := d.said(); got != "a 20s b 40s" {
			t.Errorf("said %q", got)
		}
	})
}

// The queue keeps its promises for any order of events, sign-ins and waits included.
func TestQueueNeverLosesARunThatWaits(t *testing.T) {
	q := newQueue()
	var under []*entry
	seed := uint32(11)
	random := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % n
	}
	id, ended := int64(0), 0
	now := time.Unix(1_000_000, 0)
	start := func(n *entry) {
		all := q.contacts[contactOf(n)]
		for _, m := range all[:slices.Index(all, n)] {
			if n.last && !(m.last && (m.unsigned || m.signIns > 0)) {
				t.Fatalf("run %d starts before %d: %+v", n.id, m.id, m)
			}
		}
		under = append(under, n)
	}
	for range 50_000 {
		now = now.Add(time.Duration(random(900)) * time.Millisecond)
		switch random(6) {
		case 0:
			id++
			n := &entry{id: id, user: fmt.Sprint(random(5)), contact: fmt.Sprint(random(3)), last: random(3) == 0}
			if !n.last {
				n.lane = n.user + n.contact + fmt.Sprint(random(2))
			}
			q.add(n)
		case 1, 2:
			if n := q.take(now); n != nil {
				start(n)
			}
		case 3, 4:
			if len(under) == 0 {
				continue
			}
			i := random(len(under))
			n := under[i]
			under = slices.Delete(under, i, i+1)
			switch random(4) {
			case 0:
				n.waits, n.wake = store.SignIn, now
				q.back(n)
			case 1:
				n.wake = now.Add(time.Duration(random(5000)) * time.Millisecond)
				q.back(n)
			default:
				q.end(n)
				ended++
			}
		case 5:
			if random(20) == 0 {
				q.signedIn(fmt.Sprint(random(5)))
			}
		}
	}
	for range 5 * id {
		now = now.Add(time.Second)
		for user := range 5 {
			q.signedIn(fmt.Sprint(user))
		}
		for n := q.take(now); n != nil; n = q.take(now) {
			start(n)
		}
		for _, n := range under {
			q.end(n)
			ended++
		}
		under = nil
	}
	if int64(ended) != id || q.active != 0 || len(q.lanes)+len(q.contacts)+len(q.agents)+len(q.sleeping) != 0 {
		t.Errorf("%d of %d ended; left %d lanes, %d contacts, %d agents, %d asleep", ended, id, len(q.lanes), len(q.contacts), len(q.agents),
			len(q.sleeping))
	}
}
