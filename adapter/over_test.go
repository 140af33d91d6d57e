package adapter

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// asked counts what the page was asked.
func (m *middle) asked() int {
	m.page.mu.Lock()
	defer m.page.mu.Unlock()
	return len(m.page.asked)
}

// A call that was over before anybody heard of it pops nothing, whatever is wrong with the clocks that date it.
func TestACallThatIsOverPopsNothingWhateverTheClocksSay(t *testing.T) {
	aged := func(age int64) []wire.Event {
		all := append([]wire.Event{connecting("c-1")}, missed("c-1")...)
		for i := range all {
			all[i].Age = age
		}
		return all
	}
	list := func(since int64) func(m *middle) {
		return func(m *middle) {
			c := call("c-1")
			c.State, c.Since = "missed", since
			m.sees(*c)
		}
	}
	for name, happens := range map[string]func(m *middle){
		"its ages make no sense": func(m *middle) {
			for _, e := range aged(-5000) {
				m.tell(e)
			}
		},
		"listed, its state just begun":           func(m *middle) { list(time.Now().UnixMilli())(m) },
		"listed, by a clock that is ahead":       func(m *middle) { list(time.Now().Add(time.Minute).UnixMilli())(m) },
		"listed, by one that says nothing":       list(0),
		"its ring is told after its derived end": func(m *middle) { list(time.Now().Add(-time.Minute).UnixMilli())(m); m.tell(aged(0)[0]) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(m *middle) {
				happens(m)
				rest(time.Minute)
				if n := m.asked(); n > 0 {
					m.t.Errorf("the page was asked %d times", n)
				}
			})
		})
	}
}

// between is a store in which something happens right after one of the looks at it.
type between struct {
	run.Store
	look atomic.Int64 // how many more, the one included
	then func()
}

func (b *between) View(ctx context.Context, do func(*store.Tx) error) error {
	err := b.Store.View(ctx, do)
	if b.look.Add(-1) == 0 {
		b.then()
	}
	return err
}

// A call ends in the moment between a run's look at it and its wait for a page: it waits for none.
func TestACallThatEndsAsItsPopBeginsToWaitIsGivenUp(t *testing.T) {
	for look, ended := int64(1), true; ended; look++ {
		bubble(t, func(m *middle) {
			disk := &between{Store: m.disk}
			disk.then = func() {
				for _, e := range missed("c-1") {
					m.tell(e)
				}
			}
			m.disk = disk
			m.page.leave()
			m.restart()
			disk.look.Store(look)
			e := connecting("c-1")
			e.Age = 2000 // which has the store asked
			m.tell(e)
			rest(time.Second)
			if ended = disk.look.Load() <= 0; !ended {
				return // nobody looks so often
			}
			m.page.comeBack()
			rest(time.Minute)
			if n := m.asked(); n > 0 {
				m.t.Errorf("it ended after look %d: the page was asked %d times", look, n)
			}
		})
	}
}

// unknown are rules that have to be asked for.
func unknown(rules heart.Rules) heart.Rules {
	return func(userID string) (records.Adapter, error, bool) {
		a, err, _ := rules(userID)
		return a, err, false
	}
}

// Whatever way an end is found out, those who trust their memory hear of it before anything starts that follows from it.
func TestAnEndIsToldBeforeAnythingFollows(t *testing.T) {
	for name, ends := range map[string]func(m *middle){
		"told":        func(m *middle) { m.tell(ended("c-1")) },
		"listed":      func(m *middle) { m.sees(*ended("c-1").Contact) },
		"not listed":  func(m *middle) { m.sees(); rest(20 * time.Second) },
		"decided":     func(m *middle) { m.rules = unknown(m.rules); m.restart(); m.tell(ended("c-1")) },
		"not decided": func(m *middle) { m.rules = unknown(m.rules); m.restart(); m.sees(); rest(20 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(m *middle) {
				m.tell(connecting("c-1"))
				m.tell(connected("c-1"))
				rest(time.Second)
				var isOver, early atomic.Bool
				m.did = func(kind string) {
					if kind == heart.Task && !isOver.Load() {
						early.Store(true)
					}
				}
				m.over = func() { isOver.Store(true) }
				m.restart()
				ends(m)
				rest(time.Second)
				if !isOver.Load() || early.Load() || len(m.org.tasksOf("c-1")) != 1 {
					m.t.Errorf("told: %t, too late: %t, tasks: %d", isOver.Load(), early.Load(), len(m.org.tasksOf("c-1")))
				}
			})
		})
	}
}
