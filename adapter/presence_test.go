package adapter

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/wire"
)

func TestBothPresencesFollowEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.become(agentID, presence.Org, "Meal")
		d.settle()
		d.is(agentID, "Lunch", "Meal")
		d.become(agentID, presence.Centre, "Busy")
		d.settle()
		d.become(agentID, presence.Org, presence.Offline)
		d.settle()
		d.is(agentID, "Offline", presence.Offline)
		want := []string{
			"centre →Available somebody", "org →Online rule Available → Online",
			"org Online→Meal somebody", "centre Available→Lunch rule Meal → Lunch",
			"centre Lunch→Busy system", "org Meal→OnCall rule Busy → OnCall",
			"org OnCall→Offline somebody", "centre Busy→Offline rule Offline → Offline",
		}
		if diff := cmp.Diff(want, d.history(agentID)); diff != "" {
			t.Error(diff)
		}
		if d.changes != 8 {
			t.Errorf("%d changes", d.changes)
		}
	})
}

func TestASecondTabThatTellsTheSameChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Org, "Meal")
		e := stateEvent(agentID, presence.Org, "", "Meal", 99)
		d.settle()
		d.m.tell(e)
		d.settle()
		if n := len(d.history(agentID)); n != 2 {
			t.Errorf("%d changes are kept", n)
		}
	})
}

func TestWhatARuleWantsAndCannotBe(t *testing.T) {
	for _, tc := range []struct {
		name  string
		rule  presence.Rule
		set   func(*desks)
		notes string
	}{
		{"the platform refuses it", follows(presence.Centre, "Lunch", "Meal"),
			func(d *desks) { d.refuses["Meal"] = "Not allowed to your profile." },
			"Your status in Omni-Channel did not become Meal, as it should by a rule: choose it yourself. Not allowed to your profile."},
		{"the status is gone", follows(presence.Centre, "Lunch", "Gone"), func(*desks) {},
			"Your status in Omni-Channel did not become Gone, as it should by a rule: choose it yourself. " +
				"Omni-Channel has no status of the developer name Gone any more."},
		{"the page is frozen", follows(presence.Centre, "Lunch", "Meal"), func(d *desks) { d.silent = true },
			"Your status in Omni-Channel did not become Meal, as it should by a rule: choose it yourself. " +
				"The softphone page did not answer in time."},
		{"the component is missing", follows(presence.Centre, "Lunch", "Meal"), func(d *desks) { d.noDesk = true },
			"Your status in Omni-Channel did not become Meal, as it should by a rule: choose it yourself. " +
				"The component AC_Desk does not answer in the console: add it to the utility items of the app."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesks(t, []presence.Rule{tc.rule})
				defer d.m.end()
				tc.set(d)
				d.become(agentID, presence.Centre, "Lunch")
				d.settle()
				rest(15 * time.Second)
				if diff := cmp.Diff([]string{tc.notes}, d.notices); diff != "" {
					t.Error(diff)
				}
				last := d.history(agentID)
				if want := "org →" + tc.rule.Value + " failed " + tc.rule.Name; last[len(last)-1] != want {
					t.Errorf("kept %q, want %q", last[len(last)-1], want)
				}
				if d.state(agentID).Sync.Org.Word != nil {
					t.Error("it would be tried again for ever")
				}
				if got := d.state(agentID).NoDesk; got != d.noDesk {
					t.Errorf("that the component is missing is kept: %t", got)
				}
			})
		})
	}
}

// An adapter that ends between the two sides goes on where it was; no agent's status changes for it.
func TestTheAdapterIsKilledBetweenTheTwoSides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		const agents = 200
		user := func(n int) string { return fmt.Sprintf("005%012dAAA", n) }
		for n := range agents {
			d.become(user(n), presence.Centre, "Available")
		}
		d.settle()
		d.m.did = func(kind string) {
			if kind == heart.Present {
				d.mu.Lock()
				d.cut = true // whoever is told to act finds nobody any more
				d.mu.Unlock()
			}
		}
		for n := range agents / 2 {
			d.become(user(n), presence.Org, "Meal")
		}
		d.settle()
		d.m.end()
		before := d.changes
		d.m.did = nil
		d.mu.Lock()
		d.cut = false
		d.mu.Unlock()
		d.m.beginWith(d)
		defer d.m.end()
		for n := range agents {
			d.reconnect(user(n))
		}
		d.settle()
		for n := range agents {
			if n < agents/2 {
				d.is(user(n), "Lunch", "Meal")
			} else {
				d.is(user(n), "Available", "Online")
			}
		}
		if made := d.changes - before; made != agents/2 {
			t.Errorf("%d statuses changed after the adapter came back, want %d", made, agents/2)
		}
		d.settle()
		if made := d.changes - before; made != agents/2 {
			t.Errorf("and then %d", made)
		}
	})
}

func TestAfterAReconnectTheRulesLastWordIsRestored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.mu.Lock()
		d.org[agentID] = presence.Offline // the browser was closed, and nobody told it
		d.mu.Unlock()
		d.reconnect(agentID)
		rest(3 * time.Second)
		d.settle()
		d.is(agentID, "Available", "Online")
		want := []string{"centre →Available somebody", "org →Online rule Available → Online", "org Online→Offline found",
			"org Offline→Online rule Available → Online"}
		if diff := cmp.Diff(want, d.history(agentID)); diff != "" {
			t.Error(diff)
		}
		// What changed at the contact centre while nobody was there is followed as if somebody had told it.
		d.mu.Lock()
		d.centre[agentID] = "Lunch"
		d.since++
		d.mu.Unlock()
		d.reconnect(agentID)
		d.settle()
		d.is(agentID, "Lunch", "Meal")
	})
}

func TestAFlappingPageStopsTheSync(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		for i := range 12 {
			d.become(agentID, presence.Org, []string{"Meal", "Online"}[i%2])
			d.mu.Lock()
			tell := d.queue[len(d.queue)-1]
			d.queue = nil
			d.mu.Unlock()
			if err := tell(); err != nil {
				t.Fatal(err)
			}
			rest(200 * time.Millisecond)
			d.mu.Lock()
			d.queue = nil // echoes are lost
			d.mu.Unlock()
		}
		if len(d.m.stopped) != 1 || d.state(agentID).Sync.Stopped.IsZero() {
			t.Fatalf("it goes on: %v", d.m.stopped)
		}
		last := d.history(agentID)
		if !strings.Contains(strings.Join(last, "\n"), "stopped") {
			t.Errorf("nobody can read that: %q", last)
		}
		if again, err := d.m.heart.StartSync(t.Context(), agentID); err != nil || !again {
			t.Errorf("it is not started again: %v", err)
		}
		if again, _ := d.m.heart.StartSync(t.Context(), agentID); again {
			t.Error("it was started twice")
		}
		if len(d.m.goesOn) != 1 {
			t.Errorf("the notice stays: %v", d.m.goesOn)
		}
	})
}

func TestWorkloadAndAcceptedWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := presence.Rule{Name: "full", Source: presence.WorkloadChanged, Destination: presence.Centre, Value: "Cases",
			Criteria: []presence.Criterion{{A: presence.Term{Operand: presence.NewPercent}, Comparator: presence.GreaterOrEqual,
				B: presence.Term{Operand: presence.Static, Value: "100"}}}}
		taken := presence.Rule{Name: "taken", Source: presence.WorkAccepted, Destination: presence.Centre, Value: "Writing",
			Criteria: []presence.Criterion{{A: presence.Term{Operand: presence.Channel}, Comparator: presence.Equal,
				B: presence.Term{Operand: presence.Static, Value: "cases"}}}}
		d := newDesks(t, []presence.Rule{full, taken})
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		load := func(n int, payload string) {
			d.m.tell(wire.Event{Source: "salesforceAgent", Event: "onWorkloadChanged", Key: fmt.Sprintf("omni:p:w%d", n),
				Payload: json.RawMessage(payload)})
			d.settle()
		}
		load(1, `{"configuredCapacity":5,"previousWorkload":1,"newWorkload":4}`)
		d.is(agentID, "Available", "")
		load(2, `{"configuredCapacity":5,"previousWorkload":4,"newWorkload":5}`)
		d.is(agentID, "Cases", "")
		load(3, `{"configuredCapacity":"much"}`)
		d.m.tell(wire.Event{Source: "salesforceAgent", Event: "onWorkAccepted", Key: "omni:work:0Bz1:onWorkAccepted",
			Payload: json.RawMessage(`{"workItemId":"500","workId":"0Bz1"}`)})
		d.settle()
		d.is(agentID, "Writing", "")
	})
}

// What a flow chooses is followed as what a person chooses, and it can be read which flow it was.
func TestAFlowThatSetsAStatusIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		rules := d.m.rules
		d.m.rules = func(userID string) (records.Adapter, error, bool) {
			a, err, known := rules(userID)
			text := `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"b"}},{"id":"b","type":"SE_SFSetAgentState",` +
				`"controls":{"status":"Meal"},"ports":{"success":"e","failure":"e"}},{"id":"e","type":"SE_End"}]}`
			program, bad := flow.Load([]byte(text), blocks.All)
			if bad != nil {
				t.Error(bad)
			}
			a.Flows = append(a.Flows, records.Flow{ID: "f9", Name: "off to lunch", Source: "salesforceUi", Event: "onNavigationChange",
				Version: "9", Script: []byte(text), Program: program})
			return a, err, known
		}
		d.m.end()
		d.m.beginWith(d)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.m.tell(wire.Event{Source: "salesforceUi", Event: "onNavigationChange", Key: "ui:onNavigationChange:1"})
		d.settle()
		d.is(agentID, "Lunch", "Meal")
		want := []string{"centre →Available somebody", "org →Online rule Available → Online", "org Online→Meal flow off to lunch",
			"centre Available→Lunch rule Meal → Lunch"}
		if diff := cmp.Diff(want, d.history(agentID)); diff != "" {
			t.Error(diff)
		}
	})
}

// An org that throttles delays what a rule says, and an org that goes on doing so loses it, which is told.
func TestAThrottledOrg(t *testing.T) {
	for _, tc := range []struct {
		times int32
		org   string
		tells int
	}{{2, "Meal", 0}, {100, "", 1}} {
		synctest.Test(t, func(t *testing.T) {
			d := newDesks(t, []presence.Rule{follows(presence.Centre, "Lunch", "Meal")})
			defer d.m.end()
			d.m.throttled.Store(tc.times)
			d.become(agentID, presence.Centre, "Lunch")
			d.settle()
			rest(5 * time.Minute)
			d.settle()
			d.is(agentID, "Lunch", tc.org)
			if len(d.notices) != tc.tells {
				t.Errorf("after %d refusals the agent was told %q", tc.times, d.notices)
			}
		})
	}
}
