package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

const otherAgent = "005000000000002AAA"

// reason is why a fact was refused; "" if it was kept.
func reason(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	refused, ok := errors.AsType[*fact.Refused](err)
	if !ok {
		t.Fatal(err)
	}
	return refused.Reason
}

// One agent's rings that nobody answers, ten a second, delay nobody else and fill nothing, even if much of theirs waits already.
func TestOneAgentsFloodIsOnlyTheirOwn(t *testing.T) {
	for _, page := range []string{"silent", "away"} {
		t.Run(page, func(t *testing.T) {
			bubble(t, func(m *middle) {
				t := m.t
				if page == "away" {
					m.page.leave()
					m.load(1500)
				} else {
					m.page.answers = func(c wire.Command) (wire.Result, bool) { return wire.Result{ID: c.ID}, false }
				}
				refused, most := 0, 0
				for i := range 10 * 70 {
					err := m.heart.Keep(context.Background(), agentID, "p", connecting(fmt.Sprint("c-", i)))
					if reason(t, err) == "tooMany" {
						refused++
					}
					most = max(most, m.engine.Standing().Open)
					rest(100 * time.Millisecond)
					if i%100 != 99 {
						continue
					}
					id := fmt.Sprint("other-", i)
					before := time.Now()
					if err := m.heart.Keep(context.Background(), otherAgent, "q", connecting(id)); err != nil {
						t.Fatal(err)
					}
					rest(0)
					under := m.engine.Standing().UnderWay
					if m.engine.Open(otherAgent) == 0 || time.Since(before) > 0 || under > 600 {
						t.Errorf("the other's ring: %d open, %d under way", m.engine.Open(otherAgent), under)
					}
				}
				if most > 2100 || page == "away" && refused == 0 {
					t.Errorf("%d runs were open, %d refused", most, refused)
				}
				rest(time.Hour)
				if n := m.engine.Open(agentID); n != 0 {
					t.Errorf("%d are open an hour later", n)
				}
				if err := m.heart.Keep(context.Background(), agentID, "p", connecting("after")); err != nil {
					t.Errorf("after it: %v", err)
				}
			})
		})
	}
}

// load is a process that begins with so many runs of the agent's, which sleep.
func (m *middle) load(n int) {
	m.t.Helper()
	m.end()
	err := m.base.Do(context.Background(), "", func(tx *store.Tx) error {
		for range n {
			r := store.Run{User: agentID, Kind: "refresh", Status: store.Waiting, Created: time.Now(), Wake: time.Now().Add(20 * time.Minute)}
			if err := tx.AddRun(&r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	m.begin()
}

// What an agent tells is bounded by its bytes, lists included, and the share comes back.
func TestAnAgentsShareIsOfBytesToo(t *testing.T) {
	bubble(t, func(m *middle) {
		t := m.t
		payload := json.RawMessage(`{"text":"` + strings.Repeat("x", 240_000) + `"}`)
		kept := 0
		big := func(i int) string {
			return reason(t, m.heart.Keep(context.Background(), agentID, "p", wire.Event{Source: "salesforceUi", Event: "onNavigationChange",
				Key: fmt.Sprint("n-", i), Payload: payload}))
		}
		for i := range 200 {
			if why := big(i); why == "" {
				kept++
			} else if why != "tooMany" {
				t.Fatal(why)
			}
		}
		if kept < 50 || kept > 120 { // 24 MB
			t.Errorf("%d of 200 facts of 240 kB were kept at once", kept)
		}
		var many []wire.Contact
		for i := range 60 {
			c := listed(fmt.Sprint("c-", i), "connecting", 1000)
			c.Attributes = map[string]string{"a": strings.Repeat("x", 20_000)}
			many = append(many, c)
		}
		taken := 0
		for range 5 {
			if m.heart.Sees(context.Background(), agentID, "p", wire.Sees{Agent: amelia, Contacts: many}) == nil {
				taken++
			}
		}
		if taken > 2 {
			t.Errorf("%d lists of 1.2 MB were taken in", taken)
		}
		if err := m.heart.Keep(context.Background(), otherAgent, "q", connecting("other")); err != nil {
			t.Errorf("another agent: %v", err)
		}
		rest(5 * time.Minute)
		if why := big(2000); why != "" {
			t.Errorf("five minutes later: %s", why)
		}
		e := connecting("named")
		e.Agent = &wire.Agent{Username: "amelia", Name: strings.Repeat("x", 200_000)}
		if why := reason(t, m.heart.Keep(context.Background(), agentID, "p", e)); why != "malformed" {
			t.Errorf("a name of 200 kB: %q", why)
		}
	})
}

// fullDisk is a store that takes nothing while it is full.
type fullDisk struct {
	run.Store
	full atomic.Bool
	next atomic.Bool // it is full after the next transaction
}

func (f *fullDisk) Do(ctx context.Context, userID string, do func(*store.Tx) error) error {
	if f.full.Load() {
		return fmt.Errorf("write: %w", store.ErrFull)
	}
	err := f.Store.Do(ctx, userID, do)
	if f.next.Swap(false) {
		f.full.Store(true)
	}
	return err
}

type lineCounter struct{ n atomic.Int64 }

func (l *lineCounter) Write(p []byte) (int, error) {
	l.n.Add(1)
	return len(p), nil
}

// A full disk refuses facts, which come again; what is in hand is written when there is room, and the log does not fill the disk further.
func TestAFullDiskIsSaidAndHeals(t *testing.T) {
	bubble(t, func(m *middle) {
		t := m.t
		disk, lines := &fullDisk{Store: m.base}, &lineCounter{}
		m.disk, m.log = disk, slog.New(slog.NewTextHandler(lines, nil))
		m.page.leave()
		m.restart()
		m.tell(connecting("c-1"))
		rest(time.Second)
		disk.full.Store(true)
		m.page.comeBack() // it pops, and that cannot be written
		rest(10 * time.Second)
		before := lines.n.Load()
		for range 60 * 10 {
			for _, e := range []wire.Event{connected("c-1"), ended("c-1")} {
				if why := reason(t, m.heart.Keep(context.Background(), agentID, "p", e)); why != "full" {
					t.Fatalf("refused %q", why)
				}
			}
			rest(time.Second)
		}
		if n := lines.n.Load() - before; n == 0 || n > 60 {
			t.Errorf("%d lines in ten minutes", n)
		}
		disk.full.Store(false)
		m.tell(connected("c-1"))
		m.tell(ended("c-1"))
		rest(time.Minute)
		tasks := m.org.tasksOf("c-1")
		if len(m.page.of("screenPop")) != 1 || len(tasks) != 1 || tasks[0]["WhoId"] != maya || m.open() != 0 {
			t.Errorf("popped %d times, tasks %v, runs %v", len(m.page.of("screenPop")), tasks, m.runsOf("c-1"))
		}
	})
}

// A click while nothing can be written is not dialled when there is room again, long after it.
func TestAClickThatCannotBeWrittenIsNotDialledLater(t *testing.T) {
	bubble(t, func(m *middle) {
		t := m.t
		disk := &fullDisk{Store: m.base}
		m.disk = disk
		m.restart()
		disk.next.Store(true)
		m.tell(story()[5])
		rest(40 * time.Second)
		disk.full.Store(false)
		rest(5 * time.Minute)
		if n := len(m.page.of("dial")); n != 0 || len(m.page.notices) == 0 || m.open() != 0 {
			t.Errorf("dialled %d times, told %v, %d open", n, m.page.notices, m.open())
		}
	})
}
