package adapter

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// pops counts how often the page opened something.
func (p *fakePage) pops() (n int) {
	ids := map[string]bool{}
	for _, c := range p.of("screenPop") {
		ids[c.ID] = true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for id := range ids {
		n += p.done[id]
	}
	return n
}

// rings tells a ring to a process that dies at its step, and all else to the next one, when the call is over.
func rings(t *testing.T, step int, late, comesBack bool) (died bool) {
	when := fmt.Sprintf("step %d, late %v, the page comes back %v", step, late, comesBack)
	m := newMiddle(t)
	p := &process{left: step, late: late}
	m.disk, m.send = dyingStore{m.base, p}, dyingOrg{inProcess{m.org}, p}
	m.beginWith(dyingPage{m.page, p})
	ring := connecting("c-1")
	kept := m.heart.Keep(context.Background(), agentID, "p", ring) == nil
	rest(2 * time.Second)
	died = p.isDead()
	m.end()
	popped, known := m.page.pops(), m.runsOf("c-1")["flow "+string(store.Completed)] > 0
	m.page.leave()
	rest(3 * time.Second)
	m.disk, m.send = m.base, inProcess{m.org}
	m.begin()
	defer m.end()
	rest(time.Second)
	if !kept || died {
		ring.Age = 6000
		m.tell(ring)
	}
	m.tell(connected("c-1"))
	m.tell(ended("c-1"))
	if rest(time.Second); comesBack {
		m.page.comeBack()
	}
	rest(3 * time.Minute)
	want := ""
	if known || popped > 0 && comesBack {
		want = maya
	}
	tasks := m.org.tasksOf("c-1")
	if len(tasks) != 1 || text(tasks[0]["WhoId"]) != want {
		t.Errorf("%s: the tasks are %v, want one on %q", when, tasks, want)
	}
	if !died && !known {
		t.Errorf("%s: nothing popped though nothing died", when)
	}
	if now := m.page.pops(); now != popped {
		t.Errorf("%s: it popped %d times, %d of them after the call", when, now, now-popped)
	}
	if n := m.open(); n != 0 {
		t.Errorf("%s: %d runs are open: %v", when, n, m.runsOf("c-1"))
	}
	return died
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// An adapter that is killed at any moment of a pop, and is there again when the call is over, asks the page what popped and pops nothing.
func TestAPopOfAKilledProcessIsAskedAbout(t *testing.T) {
	for _, late := range []bool{false, true} {
		for _, comesBack := range []bool{false, true} {
			for step, died := 1, true; died && !t.Failed(); step++ {
				synctest.Test(t, func(t *testing.T) { died = rings(t, step, late, comesBack) })
			}
		}
	}
}

// What is known of a pop then is told as a pop.
func TestAPopThatIsRememberedIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMiddle(t)
		m.page.answers = func(c wire.Command) (wire.Result, bool) {
			switch {
			case c.IfRemembered:
				return wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: m.page.told[c.ID]}, true
			case c.Body.Type == "screenPop": // it is done, and the page is gone before it says so
				m.page.told[c.ID] = json.RawMessage(popsMaya(c))
				return wire.Result{}, false
			}
			return wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: json.RawMessage(popsMaya(c))}, true
		}
		m.begin()
		defer m.end()
		m.tell(connecting("c-1"))
		rest(time.Second)
		m.page.leave()
		m.tell(connected("c-1"))
		m.tell(ended("c-1"))
		rest(2 * time.Second)
		m.page.comeBack()
		rest(time.Minute)
		if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 || tasks[0]["WhoId"] != maya {
			t.Errorf("the tasks are %v", tasks)
		}
		if n := len(m.page.of("screenPop")); n != 2 {
			t.Errorf("the page was asked %d times", n)
		}
		if runs := m.runsOf("c-1"); runs["flow "+string(store.Completed)] != 1 {
			t.Errorf("the runs are %v", runs)
		}
	})
}
