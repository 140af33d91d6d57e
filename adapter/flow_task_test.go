package adapter

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// onRing are rules by which a ring fires one flow.
func onRing(t *testing.T, text string) func(string) (records.Adapter, error, bool) {
	t.Helper()
	parsed, err := flow.Load([]byte(text), blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	return func(string) (records.Adapter, error, bool) {
		return records.Adapter{ID: "a01", Name: "A", DefaultCountry: "US", Flows: []records.Flow{{ID: "f9", Name: "make a Task",
			Source: fact.Voice, Event: "onConnecting", Version: "v", Script: []byte(text), Program: parsed}}}, nil, true
	}
}

func createTask(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile("flow/testdata/flows/08-create-task.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// steps are those of the contact's only flow.
func (m *middle) steps(contactID string) (steps []flow.Step, problem string) {
	m.t.Helper()
	err := m.base.View(context.Background(), func(tx *store.Tx) error {
		all, err := tx.RunsOf(contactID, 100)
		for _, r := range all {
			if r.Kind == "flow" {
				problem = r.Problem
				return json.Unmarshal(r.Body.Steps, &steps)
			}
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return steps, problem
}

// What a flow makes for a call while it rings is the call's Task: there is one when it is over.
func TestATaskOfAFlowIsTheTaskOfItsCall(t *testing.T) {
	for name, known := range map[string]bool{"a stranger": false, "a known caller": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMiddle(t)
				m.rules = onRing(t, createTask(t))
				if known {
					m.org.found = []record{{"attributes": record{"type": "Contact"}, "Id": maya, "Name": "Maya", "Phone": "(206) 555-0142"}}
				}
				m.begin()
				defer m.end()
				m.tell(connecting("c-1"))
				rest(2 * time.Second)
				pops := m.page.of("screenPop")
				if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 || tasks[0]["Status"] != "In Progress" || len(pops) != 1 ||
					!strings.Contains(string(pops[0].Body.ScreenPop.Params), text(tasks[0]["Id"])) {
					steps, problem := m.steps("c-1")
					t.Fatalf("while it rings: %v, popped %v: %s %+v", tasks, pops, problem, steps)
				}
				m.tell(connected("c-1"))
				m.tell(ended("c-1"))
				rest(3 * time.Minute)
				tasks := m.org.tasksOf("c-1")
				if len(tasks) != 1 {
					t.Fatalf("%d Tasks: %v", len(tasks), tasks)
				}
				want := record{"Status": "Completed", "Subject": "voice", "CallDurationInSeconds": 61.0, "Priority": "High", "WhoId": nil,
					"WhatId": nil, "CallType": "Inbound"}
				if known {
					want["WhoId"], want["WhatId"] = maya, "001000000000001AAA"
				}
				for field, value := range want {
					if tasks[0][field] != value {
						t.Errorf("%s = %v, want %v", field, tasks[0][field], value)
					}
				}
				if row := m.org.channelOf("c-1"); row["Task_Id__c"] != tasks[0]["Id"] {
					t.Errorf("the contact's row: %v", row)
				}
			})
		})
	}
}

// Whenever the process dies or the org's answer is lost, a flow makes one Task.
func TestATaskOfAFlowIsMadeOnce(t *testing.T) {
	for step := 1; step <= 40; step++ {
		for _, late := range []bool{false, true} {
			died := false
			synctest.Test(t, func(t *testing.T) {
				m := newMiddle(t)
				m.rules = onRing(t, createTask(t))
				p := &process{left: step, late: late}
				m.disk, m.send = dyingStore{m.base, p}, dyingOrg{inProcess{m.org}, p}
				m.beginWith(dyingPage{m.page, p})
				kept := m.heart.Keep(context.Background(), agentID, "p", connecting("c-1")) == nil
				rest(2 * time.Second)
				died = p.isDead()
				m.end()
				m.disk, m.send = m.base, inProcess{m.org}
				m.begin()
				defer m.end()
				if !kept {
					m.tell(connecting("c-1"))
				}
				rest(3 * time.Minute)
				if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 {
					t.Errorf("step %d, late %v: %d Tasks", step, late, len(tasks))
				}
			})
			if !died {
				return
			}
		}
	}
	t.Error("it never came to its end")
}

// A flow waits for an org that is away and for an agent who is signed out, and does its work then.
func TestAFlowWaitsForTheOrg(t *testing.T) {
	for name, tc := range map[string]struct{ away, back func(m *middle) }{
		"away": {func(m *middle) { m.org.down = true }, func(m *middle) {
			m.org.mu.Lock()
			defer m.org.mu.Unlock()
			m.org.down = false
		}},
		"signed out": {func(m *middle) {
			m.client = func(context.Context, string) (*salesforce.Client, error) {
				return nil, fault.New(fault.Unsigned, nil, "signed out")
			}
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMiddle(t)
				m.rules = onRing(t, createTask(t))
				tc.away(m)
				m.begin()
				defer m.end()
				m.tell(connecting("c-1"))
				rest(2 * time.Minute)
				if runs := m.runsOf("c-1"); runs["flow "+string(store.Waiting)] != 1 {
					t.Fatalf("runs %v", runs)
				}
				if tc.back == nil {
					return
				}
				tc.back(m)
				rest(10 * time.Minute)
				if tasks := m.org.tasksOf("c-1"); len(tasks) != 1 {
					t.Errorf("%d Tasks when it is back", len(tasks))
				}
			})
		})
	}
}

// An org that takes what it is asked and does not answer is asked again; there is one Task.
func TestAnOrgThatHangsIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMiddle(t)
		m.rules = onRing(t, createTask(t))
		hangs := &hanging{RoundTripper: m.send, times: 2}
		m.send = hangs
		m.begin()
		defer m.end()
		m.tell(connecting("c-1"))
		rest(15 * time.Second)
		if runs := m.runsOf("c-1"); runs["flow "+string(store.Waiting)] != 1 {
			t.Fatalf("after 15 seconds: %v", runs)
		}
		rest(5 * time.Minute)
		if runs, tasks := m.runsOf("c-1"), m.org.tasksOf("c-1"); len(tasks) != 1 || runs["flow "+string(store.Completed)] != 1 {
			t.Errorf("%d Tasks, %v", len(tasks), runs)
		}
	})
}

// hanging carries the first composites out and does not answer.
type hanging struct {
	http.RoundTripper
	mu    sync.Mutex // guards times
	times int
}

func (h *hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	h.mu.Lock()
	hangs := strings.HasSuffix(r.URL.Path, "/composite") && h.times > 0
	if hangs {
		h.times--
	}
	h.mu.Unlock()
	answer, err := h.RoundTripper.RoundTrip(r)
	if hangs {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	return answer, err
}

// What a caller said stands in a query as a text, whatever it is.
func TestACallersWordsStayText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMiddle(t)
		m.rules = onRing(t, `{"actions": [{"id": "s", "type": "SE_Start", "ports": {"done": "t"}},
			{"id": "t", "type": "SE_CoreStringTemplate", "controls": {"template": "SELECT Id FROM Case WHERE CaseNumber = '{{n}}'",
				"variables": {"n": "$.contact.attributes.n"}}, "ports": {"done": "b"}},
			{"id": "b", "type": "SE_SFQueryValue", "controls": {"query": "$.actions.t.results.string"}, "ports": {"success": "e"}},
			{"id": "e", "type": "SE_End"}]}`)
		m.begin()
		defer m.end()
		ring := connecting("c-1")
		ring.Contact.Attributes = map[string]string{"n": "1' OR Id != '"}
		m.tell(ring)
		rest(2 * time.Second)
		steps, problem := m.steps("c-1")
		want := `SELECT Id FROM Case WHERE CaseNumber = '1\' OR Id != \''`
		if problem != "" || len(m.org.asked) != 1 || m.org.asked[0] != want {
			t.Errorf("%q, asked %q, want %q", problem, m.org.asked, want)
		}
		if found, _ := flow.Follow(steps[2].Result, "value[0].Id"); found != "500000000000001AAA" {
			t.Errorf("found %v", steps[2].Result)
		}
	})
}

// What cannot be written is left out, and said so.
func TestWhatCannotBeWrittenIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMiddle(t)
		m.rules = onRing(t, `{"actions": [{"id": "s", "type": "SE_Start", "ports": {"done": "b"}},
			{"id": "b", "type": "SE_SFSaveLog", "controls": {"recordId": "null", "entityType": "Contact",
				"fieldValues": {"CreatedById": "x", "LastName": "y"}}, "ports": {"success": "e"}}, {"id": "e", "type": "SE_End"}]}`)
		m.begin()
		defer m.end()
		m.tell(connecting("c-1"))
		rest(2 * time.Second)
		steps, problem := m.steps("c-1")
		if problem != "" || len(m.org.tasks) != 1 || m.org.tasks[0]["LastName"] != "y" || m.org.tasks[0]["CreatedById"] != nil ||
			!strings.Contains(steps[1].Warning, "CreatedById") {
			t.Errorf("%q %v %+v", problem, m.org.tasks, steps)
		}
	})
}

// The org's no leaves by failure in plain words; a query that came with the call is not run unless the adapter record allows it.
func TestWhatTheOrgAndTheAdapterRefuse(t *testing.T) {
	for _, tc := range []struct {
		name, block, controls string
		allow                 bool
		says                  string // "" for no problem
		asked                 int
	}{
		{"an object that the agent may not see", "SE_SFQueryValue", `{"query": "SELECT Id FROM Secret__c"}`, false, "may not see it", 0},
		{"the administrator's query", "SE_SFQueryValue", `{"query": "SELECT Id FROM Case"}`, false, "", 1},
		{"a query from elsewhere", "SE_SFQueryValue", `{"query": "$.contact.attributes.q"}`, false, "Allow Queries From Payload", 0},
		{"a query from elsewhere that may", "SE_SFQueryValue", `{"query": "$.contact.attributes.q"}`, true, "", 1},
		{"a field's name that is none", "SE_SFRetrieve", `{"fields": "Name&x", "type": "Contact", "id": "003000000000001AAA"}`, false,
			"no name of a field", 0},
		{"an id that is none", "SE_SFRetrieve", `{"fields": "Name", "type": "Contact", "id": "../User"}`, false, "no id of a record", 0},
		{"only what cannot be written", "SE_SFSaveLog", `{"entityType": "Contact", "fieldValues": {"CreatedById": "x"}}`, false,
			"none of these fields", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMiddle(t)
				m.foreign = func(string) bool { return tc.allow }
				m.rules = onRing(t, `{"actions": [{"id": "s", "type": "SE_Start", "ports": {"done": "b"}},
					{"id": "b", "type": "`+tc.block+`", "controls": `+tc.controls+`, "ports": {"success": "e"}}, {"id": "e", "type": "SE_End"}]}`)
				m.begin()
				defer m.end()
				ring := connecting("c-1")
				ring.Contact.Attributes = map[string]string{"q": "SELECT Id FROM Case"}
				m.tell(ring)
				rest(2 * time.Second)
				_, problem := m.steps("c-1")
				if (problem == "") != (tc.says == "") || !strings.Contains(problem, tc.says) || len(m.org.asked) != tc.asked {
					t.Errorf("%q, want %q; asked %v", problem, tc.says, m.org.asked)
				}
			})
		})
	}
}
