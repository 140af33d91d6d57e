package adapter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// bubble runs a test with a middle that has begun.
func bubble(t *testing.T, test func(m *middle)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := newMiddle(t)
		m.begin()
		defer func() { m.end() }()
		test(m)
	})
}

// restart is a new process on the same store.
func (m *middle) restart() {
	m.end()
	m.begin()
}

var amelia = wire.Agent{Username: "amelia", Name: "Amelia", State: "Available", Since: 1}

// sees has a page tell its list, which must be taken in.
func (m *middle) sees(contacts ...wire.Contact) {
	m.t.Helper()
	if err := m.heart.Sees(context.Background(), agentID, "p", wire.Sees{Agent: amelia, Contacts: contacts}); err != nil {
		m.t.Fatal(err)
	}
}

// stateOf reads a contact's state.
func (m *middle) stateOf(contactID string) contact.State {
	m.t.Helper()
	s := contact.New(agentID, contactID)
	if err := m.base.View(context.Background(), func(tx *store.Tx) error { return tx.State(agentID, contactID, &s) }); err != nil {
		m.t.Fatal(err)
	}
	return s
}

// listed is a contact as a page lists it.
func listed(id, state string, since int64) wire.Contact {
	c := *call(id)
	c.State, c.Since = state, since
	if state == "connected" || state == "ended" {
		c.ConnectedAt = 2000
	}
	return c
}

// However often and in whatever order two browsers tell, before and after a restart, each occurrence fires its flow once.
func TestEachOccurrenceFiresOnce(t *testing.T) {
	bubble(t, func(m *middle) {
		all := defaultRules(m.t)
		for _, event := range []string{"onConnected", "onEnded"} {
			f := all.Flows[1]
			f.ID, f.Event = event, event
			all.Flows = append(all.Flows, f)
		}
		m.rules = func(string) (records.Adapter, error, bool) { return all, nil, true }
		m.restart()
		told := []wire.Event{ended("c-1"), connecting("c-1"), connected("c-1"), connecting("c-1"), ended("c-1")}
		for i, page := range []string{"p", "q", "p"} {
			for _, e := range told {
				e.Agent = &amelia
				if err := m.heart.Keep(context.Background(), agentID, page, e); err != nil {
					m.t.Fatal(err)
				}
			}
			m.sees()
			if i == 1 {
				m.restart()
			}
		}
		rest(5 * time.Minute)
		runs := m.runsOf("c-1")
		flows := 0
		for name, n := range runs {
			if strings.HasPrefix(name, "flow ") {
				flows += n
			}
		}
		if flows != 3 || runs["task completed"] == 0 || m.open() != 0 || len(m.org.tasksOf("c-1")) != 1 {
			m.t.Errorf("runs %v, %d tasks", runs, len(m.org.tasksOf("c-1")))
		}
	})
}

// A tab that is closed in the moment of the answer tells nobody of it. Who is in after-call work was connected all the same, whichever of
// list and end the next tab tells first; who is not was not.
func TestACallWhoseAnswerNobodyToldIsLogged(t *testing.T) {
	nobody := func(wire.Agent) *wire.Agent { return nil }
	told := func(a wire.Agent) *wire.Agent { return &a }
	for _, tc := range []struct {
		name         string
		state        string
		of           func(wire.Agent) *wire.Agent // whose end it is, as far as the page tells
		before, then bool                         // there is a list
		tasks        int
	}{
		{"the list first", "AfterCallWork", nobody, true, false, 1},
		{"the end first", "AfterCallWork", nobody, false, true, 1},
		{"the end alone", "AfterCallWork", told, false, false, 1},
		{"the end and the list", "AfterCallWork", told, true, true, 1},
		{"the caller gave up", "Available", told, true, false, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			bubble(t, func(m *middle) {
				m.tell(connecting("c-1"))
				c := listed("c-1", "ended", 62_000)
				c.ConnectedAt = 0
				a := amelia
				a.State = tc.state
				over := ended("c-1")
				over.Contact.ConnectedAt, over.Contact.Duration = 0, 0
				over.Agent = tc.of(a)
				sees := func() {
					if err := m.heart.Sees(context.Background(), agentID, "q", wire.Sees{Agent: a, Contacts: []wire.Contact{c}}); err != nil {
						m.t.Fatal(err)
					}
				}
				if tc.before {
					sees()
				}
				m.tell(over)
				rest(time.Minute)
				if tc.then {
					sees()
				}
				rest(time.Minute)
				if n := len(m.org.tasksOf("c-1")); n != tc.tasks || m.org.channelOf("c-1") == nil || m.open() != 0 {
					m.t.Errorf("%d tasks, want %d; row %v; runs %v", n, tc.tasks, m.org.channelOf("c-1"), m.runsOf("c-1"))
				}
			})
		})
	}
}

func TestAContactThatNobodyListsEndsAndReturns(t *testing.T) {
	bubble(t, func(m *middle) {
		m.tell(connecting("c-1"))
		m.tell(connected("c-1"))
		rest(time.Minute)
		m.sees()
		rest(9 * time.Second)
		if s := m.stateOf("c-1"); s.Over() {
			m.t.Error("it was over before ten seconds")
		}
		rest(3 * time.Second)
		if s := m.stateOf("c-1"); !s.EndedByAbsence() || len(m.org.tasksOf("c-1")) != 1 || m.org.channelOf("c-1") == nil {
			m.t.Errorf("state %+v, tasks %v, row %v", s, m.org.tasksOf("c-1"), m.org.channelOf("c-1"))
		}
		m.sees(listed("c-1", "connected", 2000))
		rest(time.Minute)
		if s := m.stateOf("c-1"); !s.Live() || s.Returned != 1 {
			m.t.Errorf("seen again: %+v", s)
		}
		m.tell(ended("c-1"))
		rest(time.Minute)
		row, tasks := m.org.channelOf("c-1"), m.org.tasksOf("c-1")
		if len(tasks) != 1 || tasks[0]["CallDurationInSeconds"] != 61.0 || row["InteractionDuration__c"] != 61.0 || m.open() != 0 {
			m.t.Errorf("corrected: tasks %v, row %v, %d open", tasks, row, m.open())
		}
	})
}

// A list of which one contact cannot be taken in is still a list: that contact is there.
func TestAContactTooLargeToTakeInIsNotGone(t *testing.T) {
	bubble(t, func(m *middle) {
		m.tell(connecting("c-1"))
		large := listed("c-1", "connected", 2000)
		large.Attributes = map[string]string{"a": strings.Repeat("x", 40_000)}
		m.sees(large)
		rest(time.Minute)
		if s := m.stateOf("c-1"); !s.Live() {
			m.t.Errorf("state %+v", s)
		}
	})
}

func TestWhatWasAcceptedBeforeThePageListenedPops(t *testing.T) {
	bubble(t, func(m *middle) {
		m.sees(listed("c-1", "connected", 2000))
		rest(time.Minute)
		s := m.stateOf("c-1")
		if s.At(contact.OnConnecting).IsZero() || !s.Answered() || len(m.page.of("screenPop")) != 1 || s.Record() != maya {
			m.t.Errorf("state %+v, popped %d times", s, len(m.page.of("screenPop")))
		}
		m.sees(listed("c-1", "connected", 2000))
		m.tell(connecting("c-1"))
		rest(time.Minute)
		if n := len(m.page.of("screenPop")); n != 1 {
			m.t.Errorf("popped %d times", n)
		}
	})
}

func TestAListOfNobodyCountsForNothing(t *testing.T) {
	bubble(t, func(m *middle) {
		m.tell(connecting("c-1"))
		for _, agent := range []wire.Agent{{}, {Username: strings.Repeat("x", 5000)}} {
			err := m.heart.Sees(context.Background(), agentID, "p", wire.Sees{Agent: agent, Contacts: []wire.Contact{listed("c-2", "connected", 1)}})
			if err == nil {
				m.t.Error("it was taken in")
			}
		}
		rest(time.Minute)
		if !m.stateOf("c-1").Live() || m.stateOf("c-2").Phase() != contact.None {
			m.t.Error("it changed something")
		}
	})
}

// A page that speaks for somebody else's user of the contact centre is refused and told, and nothing changes.
func TestAPageOfAnotherAgentChangesNothing(t *testing.T) {
	bubble(t, func(m *middle) {
		m.sees()
		e := connecting("c-1")
		e.Agent = &amelia
		m.tell(e)
		rest(time.Second)
		m.restart()
		for range 3 {
			other := connecting("c-9")
			other.Agent = &amelia
			err := m.heart.Keep(context.Background(), "005000000000002AAA", "q", other)
			if refused, ok := errors.AsType[*fact.Refused](err); !ok || refused.Reason != "otherAgent" || refused.After != 0 {
				m.t.Errorf("fact: %v", err)
			}
			err = m.heart.Sees(context.Background(), "005000000000002AAA", "q",
				wire.Sees{Agent: amelia, Contacts: []wire.Contact{listed("c-1", "connected", 2000)}})
			if f := fault.Of(err); f.Kind != fault.Conflict || !strings.Contains(f.Message, "amelia") {
				m.t.Errorf("list: %v", err)
			}
			bob := connected("c-1")
			bob.Agent = &wire.Agent{Username: "bob"}
			if err := m.heart.Keep(context.Background(), agentID, "p", bob); err == nil {
				m.t.Error("a second name was taken")
			}
		}
		rest(time.Minute)
		if runs := m.runsOf("c-9"); len(runs) != 0 || m.stateOf("c-1").Answered() {
			m.t.Errorf("it changed something: %v", runs)
		}
	})
}

// An outbound contact of which the end is heard of first belongs to the click all the same.
func TestADialIsFoundInWhateverOrderItsContactIsTold(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {2, 0, 1}, {1, 2, 0}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			bubble(t, func(m *middle) {
				told := story()
				m.tell(told[5])
				rest(time.Second)
				for _, i := range order {
					m.tell(told[6+i])
				}
				rest(time.Minute)
				tasks := m.org.tasksOf("out")
				if len(tasks) != 1 || m.stateOf("out").Record() != "500000000000001AAA" || m.open() != 0 {
					m.t.Errorf("tasks %v, record %s", tasks, m.stateOf("out").Record())
				}
			})
		})
	}
}

// What is told of a contact before the flows are known waits for them, and its Task for what they pop: restart or not.
func TestATaskWaitsForFlowsThatAreNotKnownYet(t *testing.T) {
	for _, again := range []bool{false, true} {
		bubble(t, func(m *middle) {
			known := atomic.Bool{}
			m.rules = func(string) (records.Adapter, error, bool) {
				if !known.Load() {
					return records.Adapter{}, fault.New(fault.Internal, errors.New("no answer"), "no answer"), false
				}
				return defaultRules(m.t), nil, true
			}
			m.restart()
			m.tell(connecting("c-1"))
			m.tell(connected("c-1"))
			rest(time.Second)
			known.Store(true)
			rest(time.Second)
			if again {
				m.restart()
			}
			rest(40 * time.Second)
			m.tell(ended("c-1"))
			rest(time.Minute)
			if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 || tasks[0]["WhoId"] != maya || m.open() != 0 {
				m.t.Errorf("again %v: tasks %v, %d open", again, tasks, m.open())
			}
		})
	}
}

// setBack is a clock that can be set back while time goes on.
type setBack struct {
	clock.System
	by atomic.Int64
}

func (s *setBack) Now() time.Time { return time.Now().Add(-time.Duration(s.by.Load())) }

func TestAClockThatIsSetBackLosesNothing(t *testing.T) {
	bubble(t, func(m *middle) {
		clk := &setBack{}
		m.clock = clk
		m.page.leave()
		m.restart()
		m.tell(connecting("c-1"))
		rest(30 * time.Second) // no page is there
		clk.by.Store(int64(10 * time.Minute))
		m.page.comeBack()
		rest(time.Second)
		if len(m.page.of("screenPop")) != 1 {
			m.t.Error("nothing popped")
		}
		m.tell(connected("c-1"))
		m.sees()
		rest(5 * time.Second)
		clk.by.Store(int64(20 * time.Minute))
		rest(time.Minute)
		if !m.stateOf("c-1").Over() || len(m.org.tasksOf("c-1")) != 1 || m.org.channelOf("c-1") == nil || m.open() != 0 {
			m.t.Errorf("state %+v, tasks %v, %d open", m.stateOf("c-1"), m.org.tasksOf("c-1"), m.open())
		}
		m.page.leave()
		m.tell(connecting("c-2"))
		rest(time.Second)
		clk.by.Store(int64(40 * time.Minute))
		rest(10 * time.Minute)
		if n := m.open(); n != 0 {
			m.t.Errorf("%d runs wait for a page that does not come", n)
		}
	})
}

// Ages that make no sense count as none.
func TestAgesThatMakeNoSense(t *testing.T) {
	for _, age := range []int64{-1, -1 << 62, 1<<62 - 1, 8 * 24 * 3600 * 1000} {
		bubble(t, func(m *middle) {
			e := connecting("c-1")
			e.Age = age
			m.tell(e)
			rest(time.Minute)
			if len(m.page.of("screenPop")) != 1 {
				m.t.Errorf("age %d: nothing popped", age)
			}
		})
	}
}

// A run whose kind, flow or block is not there, or whose block panics, ends with a sentence; the others go on.
func TestRunsThatCannotBeCarriedOutEnd(t *testing.T) {
	bubble(t, func(m *middle) {
		rules := defaultRules(m.t)
		missing := rules.Flows[1]
		missing.ID, missing.Name, missing.Version = "f9", "missing", "gone"
		rules.Flows = append(rules.Flows, missing)
		m.rules = func(string) (records.Adapter, error, bool) { return rules, nil, true }
		m.restart()
		m.tell(connecting("c-1"))
		var odd []*store.Run
		err := m.base.Do(context.Background(), "", func(tx *store.Tx) error {
			odd = []*store.Run{
				{User: agentID, Contact: "odd", Kind: "future", Status: store.Waiting, Created: time.Now()},
				{User: agentID, Contact: "odd", Kind: "flow", Status: store.Waiting, Created: time.Now(), Body: store.Body{Version: "none"}},
				{User: agentID, Contact: "odd", Kind: "flow", Status: store.Waiting, Created: time.Now(),
					Body: store.Body{Version: rules.Flows[1].Version, Steps: []byte(`{"a":"form of long ago"}`)}},
			}
			for _, r := range odd {
				if err := tx.AddRun(r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			m.t.Fatal(err)
		}
		m.engine.Start(odd...)
		rest(5 * time.Minute)
		if runs := m.runsOf("odd"); runs["future given up"] != 1 || runs["flow given up"] != 2 {
			m.t.Errorf("odd runs %v", runs)
		}
		if runs := m.runsOf("c-1"); runs["flow completed"] != 2 || m.open() != 0 {
			m.t.Errorf("good runs %v", runs)
		}
	})
}
