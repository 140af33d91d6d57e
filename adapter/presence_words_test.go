package adapter

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/wire"
)

// underRules has the rules of all agents be others.
func (d *desks) underRules(p records.Presence, known bool) {
	d.m.mu.Lock()
	defer d.m.mu.Unlock()
	d.m.rules = func(string) (records.Adapter, error, bool) {
		if !known {
			return records.Adapter{}, nil, false
		}
		a := defaultRules(d.m.t)
		a.Presence = p
		return a, nil, true
	}
}

// becomesUnseen is a change while nobody was there to tell it.
func (d *desks) becomesUnseen(userID string, side presence.Side, value string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if side == presence.Org {
		d.org[userID] = value
		return
	}
	d.centre[userID] = value
	d.since++
}

func TestARuleThatIsGoneSaysNothingAgain(t *testing.T) {
	for _, tc := range []struct {
		name string
		then records.Presence
	}{
		{"the sync is switched off", records.Presence{Rules: inStep}},
		{"the rule is deleted", records.Presence{On: true, Rules: inStep[1:]}},
		{"the rule says another status", records.Presence{On: true, Rules: []presence.Rule{{Name: inStep[0].Name, Source: inStep[0].Source,
			Criteria: inStep[0].Criteria, Destination: presence.Org, Value: "Pause"}}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesks(t, inStep)
				defer d.m.end()
				d.become(agentID, presence.Centre, "Available")
				d.settle()
				d.underRules(tc.then, true)
				d.becomesUnseen(agentID, presence.Org, presence.Offline)
				d.reconnect(agentID)
				d.settle()
				d.is(agentID, "Available", presence.Offline)
			})
		})
	}
}

// A change waits for its page; meanwhile the administrator switches the sync off.
func TestAChangeUnderWayIsNotMadeOnceItsRuleIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.m.did = func(string) { d.underRules(records.Presence{Rules: inStep}, true) }
		d.become(agentID, presence.Centre, "Lunch")
		d.settle()
		d.is(agentID, "Lunch", "Online")
		if w := d.state(agentID).Sync.Org.Word; w != nil {
			t.Errorf("the word stands: %+v", w)
		}
	})
}

// After a start, the pages are there before the org answers: what the rules said waits for the rules.
func TestWhatIsReadWhileNobodyKnowsTheRulesIsRestoredLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.becomesUnseen(agentID, presence.Org, presence.Offline)
		d.underRules(records.Presence{}, false)
		d.m.orgAway.Store(true)
		d.reconnect(agentID)
		d.settle()
		d.is(agentID, "Available", presence.Offline)
		d.m.orgAway.Store(false)
		d.underRules(records.Presence{On: true, Rules: inStep}, true)
		rest(5 * time.Minute)
		d.settle()
		d.is(agentID, "Available", "Online")
	})
}

// The platform tells the developer name of a status only to those who may see set-up; that is no log-out.
func TestAStatusWhoseDeveloperNameIsNotTold(t *testing.T) {
	listed := []records.PresenceStatus{{ID: "0N5000000000001AAA", APIName: "Meal", Label: "At lunch"}}
	for _, tc := range []struct {
		name, payload string
		statuses      []records.PresenceStatus
		centre        string
	}{
		{"the org's list has it", `{"statusId":"0N5000000000001","statusName":"At lunch","statusApiName":""}`, listed, "Lunch"},
		{"nobody knows it", `{"statusId":"0N5000000000001","statusName":"At lunch"}`, nil, "Available"},
		{"nothing is told", `{}`, listed, "Available"},
		{"null", `null`, listed, "Available"},
		{"a list", `[]`, listed, "Available"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesks(t, inStep)
				defer d.m.end()
				d.become(agentID, presence.Centre, "Available")
				d.settle()
				d.underRules(records.Presence{On: true, Rules: inStep, Statuses: tc.statuses}, true)
				d.m.tell(wire.Event{Source: "salesforceAgent", Event: "onStateChange", Key: "omni:q:1", Payload: json.RawMessage(tc.payload)})
				d.settle()
				d.is(agentID, tc.centre, "Online")
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		reading := wire.Presence{There: true, StatusID: "0N5000000000002", StatusName: "Online"}
		if err := d.m.heart.Presence(context.Background(), agentID, reading); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff("Online", d.state(agentID).Sync.Org.Value); diff != "" {
			t.Error(diff)
		}
	})
}

// UserID, StatusOf and SetStatus are the contact centre's public API.
func (d *desks) UserID(_ context.Context, username string) (string, error) { return username, nil }

func (d *desks) StatusOf(_ context.Context, userID string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.centre[userID], nil
}

func (d *desks) SetStatus(_ context.Context, userID, status string) error {
	d.become(userID, presence.Centre, status)
	return nil
}

// The agent goes home: the session's end sets Offline, which nobody is there to tell. In the morning the status for the beginning comes,
// rules follow both, and it can be read that no person chose them.
func TestASessionThatEndsAndTheNextOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rules := append([]presence.Rule{follows(presence.Centre, "Offline", presence.Offline)}, inStep...)
		d := newDesks(t, rules)
		d.m.end()
		rule, _ := sessionend.Of(nil)
		d.m.rule, d.m.statuses = &rule, d
		d.m.beginWith(d)
		defer d.m.end()
		d.become(agentID, presence.Centre, "Available")
		d.settle()
		d.reconnect(agentID)
		d.settle()
		d.fakePage.leave()
		d.m.gone()
		d.drop()
		d.is(agentID, "Offline", "Online")
		if a := d.state(agentID); a.Here || a.Sync.Org.Word != nil || a.Sync.Org.Value != "" {
			t.Errorf("something of the session is left: %+v", a.Sync)
		}
		rest(14 * time.Hour)
		d.becomesUnseen(agentID, presence.Org, presence.Offline)
		d.fakePage.comeBack()
		before := d.changes
		d.reconnect(agentID)
		d.settle()
		d.is(agentID, "Available", "Online")
		want := []string{
			"centre →Available somebody", "org →Online rule Available → Online",
			"org →Offline found", "centre Available→Offline session", "centre Offline→Available session",
			"org Offline→Online rule Available → Online",
		}
		if diff := cmp.Diff(want, d.history(agentID)); diff != "" {
			t.Error(diff)
		}
		if n := d.changes - before; n != 2 {
			t.Errorf("%d statuses changed in the morning", n)
		}
	})
}

// drop loses what pages were about to tell.
func (d *desks) drop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queue = nil
}

// A page says that the state begins in the year 2096, or the contact centre's clock was wrong for a moment: soon others count again.
func TestAStateFromTheFuture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		tell := func(value string, since time.Time) {
			d.m.tell(stateEvent(agentID, presence.Centre, "", value, since.UnixMilli()))
			d.settle()
		}
		tell("Available", time.Now())
		tell("Break", time.Now().AddDate(70, 0, 0))
		rest(time.Hour)
		tell("Lunch", time.Now())
		if a := d.state(agentID); a.Centre.State != "Lunch" || a.Sync.Centre.Value != "Lunch" {
			t.Errorf("the agent is taken for %s and %s", a.Centre.State, a.Sync.Centre.Value)
		}
	})
}

// Work that no rule and no flow is for costs no request of the org.
func TestWorkThatNobodyWantsToKnowAbout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesks(t, inStep)
		defer d.m.end()
		d.m.tell(wire.Event{Source: "salesforceAgent", Event: "onWorkAccepted", Key: "omni:work:0Bz1:onWorkAccepted",
			Payload: json.RawMessage(`{"workItemId":"500","workId":"0Bz1"}`)})
		d.settle()
		if got := d.m.ends(heart.Work); len(got) != 0 {
			t.Errorf("the org was asked: %q", got)
		}
	})
}
