package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
)

// follows is a rule by which one side's status has the other become one.
func follows(name string, by presence.Side, is, becomes string, order float64) presence.Rule {
	r := presence.Rule{ID: "a0R" + name, Name: name, Source: presence.CentreChanged, Destination: by.Other(), Value: becomes, Order: order,
		Criteria: []presence.Criterion{{A: presence.Term{Operand: presence.CentreNew}, Comparator: presence.Equal,
			B: presence.Term{Operand: presence.Static, Value: is}}}}
	if by == presence.Org {
		r.Source, r.Criteria[0].A.Operand = presence.OrgChanged, presence.OrgNew
	}
	return r
}

// inStep are rules of an adapter record.
func inStep() RuleBook {
	return RuleBook{ID: "a01", Name: "Patchcord", CallCenter: "ACLightningAdapter", On: true, Check: presence.Rule.Check,
		Rules: []presence.Rule{follows("To lunch", presence.Centre, "Lunch", "Meal", 1), follows("From lunch", presence.Org, "Meal", "Lunch", 2),
			follows("Lunch too", presence.Centre, "Lunch", "Away", 3)},
		Idle: []KnownRule{{Rule: follows("Asleep", presence.Centre, "Break", "Away", 1.5)},
			{Rule: follows("Odd", presence.Org, "Away", "Busy", 4), Active: true, Problems: []string{"its Value is a state."}}},
		Statuses: []PresenceStatus{{"Meal", "At lunch"}, {"Away", "Away from the desk"}}}
}

// stands keeps how an agent stands.
func (d *desk) stands(user, name string, change func(*agent.State)) {
	d.t.Helper()
	d.do(func(tx *store.Tx) error {
		k := agent.New(user)
		k.Name, k.Username = name, strings.ToLower(name)
		k.Sync.Centre = presence.Stand{Value: "Available", Since: nine}
		k.Sync.Org = presence.Stand{Value: "Meal", Since: nine}
		k.Sync.Latest = nine
		change(&k)
		return tx.PutState(user, "", nine, true, k)
	})
}

func TestRulesAreListedInTheirOrder(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(miles)
	var got PresenceRules
	b.get("presence", http.StatusOK, &got)
	if got.Record != nil || len(got.Records)+len(got.Rules) != 0 {
		t.Errorf("without a record in use: %+v", got)
	}
	d.do(func(tx *store.Tx) error {
		return tx.AddPresence(store.Presence{User: ben, At: nine, Side: "centre", From: "Busy", To: "Training", Cause: store.BySomebody})
	})
	other := RuleBook{ID: "a02", Name: "Another", Check: presence.Rule.Check}
	d.books = []RuleBook{inStep(), other}
	b.get("presence?record=a01", http.StatusOK, &got)
	var lines []string
	for _, r := range got.Rules {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%s|%t %d", r.Name, r.When, r.Destination, r.Value, r.Label, r.Active, len(r.Problems)))
	}
	want := []string{
		"To lunch|Connect Agent New State is Lunch|org|Meal|At lunch|true 0", "Asleep|Connect Agent New State is Break|org|Away|Away from the " +
			"desk|false 0",
		"From lunch|Salesforce Agent New State is Meal|centre|Lunch||true 0",
		"Lunch too|Connect Agent New State is Lunch|org|Away|Away from the desk|true 0",
		"Odd|Salesforce Agent New State is Away|centre|Busy||true 1",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Available", "Lunch", "Offline", "Training"}, got.Statuses.Centre[:4]); diff != "" {
		t.Error(diff)
	}
	if n := len(got.Statuses.Centre); n != 4+len(presence.System) {
		t.Errorf("%d statuses of the contact centre", n)
	}
	if got.Record.ID != "a01" || !got.Record.On || got.Rules[0].URL != "http://crm.example/a0RTo%20lunch" ||
		got.NewURL != "http://crm.example/lightning/o/AC_PresenceSyncRule__c/new?defaultFieldValues=CTI_Adapter__c%3Da01" {
		t.Errorf("%+v %s", got.Record, got.NewURL)
	}
	got = PresenceRules{}
	b.get("presence", http.StatusOK, &got)
	if got.Record.ID != "a02" || len(got.Records) != 2 {
		t.Errorf("the first by name: %+v", got.Record)
	}
	b.get("presence?record=a03", http.StatusNotFound, nil)
}

func TestWhatWouldComeOfAChange(t *testing.T) {
	d := newDesk(t)
	b := d.signIn(ada)
	b.post("presence/try", `{"source":"Connect Agent State Change"}`, http.StatusConflict, nil)
	d.books = []RuleBook{inStep()}
	ask := PresenceTry{Source: presence.CentreChanged, Standing: presence.Standing{Centre: "Lunch", CentreWas: "Available", Org: "Away"}}
	try := func(ask PresenceTry) (got PresenceTried) {
		t.Helper()
		body, err := json.Marshal(ask)
		if err != nil {
			t.Fatal(err)
		}
		b.post("presence/try", string(body), http.StatusOK, &got)
		return got
	}
	got := try(ask)
	if len(got.Rules) != 2 || !got.Rules[0].First || got.Rules[1].Before != "To lunch" || got.Rules[1].First {
		t.Errorf("rules %+v", got.Rules)
	}
	want := []PresenceSet{{PresenceStep: PresenceStep{Side: "org", Value: "Meal", Label: "At lunch", Rule: "To lunch"}}}
	if diff := cmp.Diff(want, got.Sets); diff != "" {
		t.Error(diff)
	}
	if w := got.Way; w.Back != -1 || len(w.Steps) != 2 || w.Steps[1].Rule != "To lunch" || len(got.Loops) != 0 {
		t.Errorf("way %+v", got.Way)
	}
	ask.Standing.Org = "Meal"
	if got = try(ask); !got.Sets[0].Already || len(got.Way.Steps) != 1 {
		t.Errorf("it is so already: %+v", got)
	}
	draft := follows("", presence.Org, "Meal", "Available", 0)
	ask.Draft = &draft
	ask.Standing.Org = "Away"
	back := follows("Back", presence.Centre, "Available", "Away", 9)
	d.books[0].Rules = append(d.books[0].Rules, back, follows("Again", presence.Org, "Away", "Lunch", 9))
	if got = try(ask); len(got.Loops) != 1 || got.Way.Back != 0 || got.Way.Steps[2].Rule != draftUnnamed || len(got.Problems) != 0 {
		t.Errorf("a draft that closes a circle: %+v", got)
	}
	draft.Value = "Busy"
	if got = try(ask); len(got.Problems) != 1 || len(got.Loops) != 0 {
		t.Errorf("a draft of which something is wrong: %+v", got)
	}
}

func TestWhatCannotBeTried(t *testing.T) {
	d := newDesk(t)
	d.books = []RuleBook{inStep()}
	b := d.signIn(ada)
	long := strings.Repeat("x", 1100)
	criteria := strings.TrimSuffix(strings.Repeat(`{"a":{"operand":"x"},"comparator":"y","b":{"operand":"z"}},`, 21), ",")
	for name, body := range map[string]string{
		"nothing": "", "no source": `{}`, "another source": `{"source":"Whim"}`, "a field too many": `{"source":"` + string(presence.OrgChanged) +
			`","sorce":1}`,
		"a long status":  `{"source":"Salesforce Agent Logout","standing":{"centre":"` + long + `"}}`,
		"a long name":    `{"source":"Salesforce Agent Logout","draft":{"name":"` + long + `"}}`,
		"a long value":   `{"source":"Salesforce Agent Logout","draft":{"criteria":[{"a":{"operand":"` + long + `"}}]}}`,
		"many criteria":  `{"source":"Salesforce Agent Logout","draft":{"criteria":[` + criteria + `]}}`,
		"less than none": `{"source":"Salesforce Workload Changed","standing":{"work":{"capacity":-1}}}`,
		"a huge order":   `{"source":"Salesforce Agent Logout","draft":{"order":1e300}}`,
		"too much":       `{"source":"` + strings.Repeat("x", maxBody) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			b.post("presence/try", body, http.StatusBadRequest, nil)
		})
	}
	b.post("presence/try", `{"record":"a09","source":"Salesforce Agent Logout"}`, http.StatusNotFound, nil)
}

func TestAgentsWhoNeedSomebodyComeFirst(t *testing.T) {
	d := newDesk(t)
	d.books = []RuleBook{inStep()}
	const carla, dora, emil = "005000000000004AAA", "005000000000005AAA", "005000000000006AAA"
	d.cfg.Connected = func(context.Context) map[string]int { return map[string]int{amelia: 1, ben: 1, carla: 1, emil: 1} }
	word := &presence.Word{Value: "Lunch", Rule: "From lunch", Set: 7}
	d.stands(amelia, "Amelia", func(*agent.State) {})
	d.stands(ben, "Ben", func(k *agent.State) { k.Sync.Centre.Word = word })
	d.stands(carla, "Carla", func(k *agent.State) { k.NoDesk = true })
	d.stands(dora, "Dora", func(k *agent.State) { k.Sync.Centre.Word, k.Sync.Stopped = word, nine })
	d.stands(emil, "Emil", func(k *agent.State) { k.Sync = presence.Sync{}; k.Centre = agent.Presence{State: "Break", Since: 1000} })
	d.do(func(tx *store.Tx) error {
		for _, p := range []store.Presence{
			{User: ben, At: nine, Side: "org", To: "Meal", Cause: store.ByRule, By: "To lunch"},
			{User: ben, At: nine, Side: "centre", From: "Lunch", To: "Available", Cause: store.BySomebody},
			{User: ben, At: nine, Side: "centre", To: "Lunch", Cause: store.NotChanged, By: "From lunch", Why: "No."},
		} {
			if err := tx.AddPresence(p); err != nil {
				return err
			}
		}
		return nil
	})
	b := d.signIn(miles)
	var got PresenceAgents
	b.get("presence/agents", http.StatusOK, &got)
	var lines []string
	for _, a := range got.Agents {
		line := a.Agent.Name
		for _, s := range a.Troubles {
			line += " " + s.Code
		}
		lines = append(lines, line)
	}
	want := []string{"Ben " + told.CodeAgentApart, "Carla " + told.CodeAgentNoDesk, "Dora " + told.CodeAgentStopped, "Amelia", "Emil"}
	if diff := cmp.Diff(want, lines); diff != "" || got.Total != 5 || got.Needing != 3 {
		t.Error(diff, got.Total, got.Needing)
	}
	first := got.Agents[0]
	if first.Org.Label != "At lunch" || first.Org.By.Text != "The rule To lunch set it." || first.Centre.By.Code != told.CodeBySomebody ||
		first.Troubles[0].Text != "Amazon Connect should be Lunch by the rule From lunch, and is Available." {
		t.Errorf("%+v", first)
	}
	if emil := got.Agents[4]; emil.Centre.Value != "Break" || emil.Org.Value != "" || emil.Centre.By != nil {
		t.Errorf("%+v", emil)
	}
	b.get("presence/agents?find=LIA", http.StatusOK, &got)
	if len(got.Agents) != 1 || got.Total != 1 || got.Needing != 0 {
		t.Errorf("found %+v", got)
	}
	for _, query := range []string{"limit=0", "cursor=x", "cursor=bnVsbA", "find=" + strings.Repeat("x", 300)} {
		b.get("presence/agents?"+query, http.StatusBadRequest, nil)
	}
}

// A status that comes after the call, or is just being set, is told as that.
func TestWhyASideIsNotWhatARuleWants(t *testing.T) {
	word := &presence.Word{Value: "Lunch", Rule: "r", Set: 7}
	for _, tc := range []struct {
		name  string
		stand presence.Stand
		want  string
	}{
		{"it is another", presence.Stand{Value: "Available", Word: word}, told.CodeAgentApart},
		{"a contact is on", presence.Stand{Value: "Busy", Word: word}, told.CodeAgentOnCall},
		{"it is under way", presence.Stand{Value: "Available", Word: word, Marks: []presence.Mark{{Set: 7, Value: "Lunch"}}},
			told.CodeAgentUnderWay},
		{"it was carried out and came to nothing", presence.Stand{Value: "Available", Word: word,
			Marks: []presence.Mark{{Set: 7, Value: "Lunch", Done: nine}}}, told.CodeAgentApart},
		{"somebody chose it", presence.Stand{Value: "Available", Word: &presence.Word{Value: "Lunch"}}, ""},
		{"it is what the rule wants", presence.Stand{Value: "Lunch", Word: word}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			k := agent.New(ben)
			k.Sync.Centre = tc.stand
			got := ""
			for _, s := range troublesOf(inStep(), k) {
				got += s.Code
			}
			if got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestTwoThousandAgentsArePaged(t *testing.T) {
	d := newDesk(t)
	d.books = []RuleBook{inStep()}
	const n = 2000
	d.cfg.Connected = func(context.Context) map[string]int { return map[string]int{} }
	d.do(func(tx *store.Tx) error {
		for i := range n {
			k := agent.New(fmt.Sprintf("005%012dAAA", i))
			k.Name = fmt.Sprintf("Agent %04d", (i*7)%n)
			if i%100 == 0 {
				k.Sync.Stopped = nine
			}
			if err := tx.PutState(k.User, "", nine, true, k); err != nil {
				return err
			}
		}
		return nil
	})
	b := d.signIn(ada)
	seen, names := map[string]bool{}, []string{}
	for cursor := ""; ; {
		var got PresenceAgents
		b.get("presence/agents?limit=200&cursor="+cursor, http.StatusOK, &got)
		if got.Total != n || got.Needing != 20 {
			t.Fatalf("%d agents, %d needing", got.Total, got.Needing)
		}
		for _, a := range got.Agents {
			seen[a.Agent.UserID] = true
			names = append(names, a.Agent.Name)
		}
		if cursor = got.Next; cursor == "" {
			break
		}
	}
	if len(seen) != n || len(names) != n || names[20] != "Agent 0001" || names[n-1] != "Agent 1999" {
		t.Errorf("%d agents, %d of them once, the first calm one %s", len(names), len(seen), names[20])
	}
	var h Health
	b.get("health", http.StatusOK, &h)
	last := h.Problems[len(h.Problems)-2]
	const said = "The presence sync is stopped for 20 agents: their statuses changed too often. See Presence, Agents."
	if h.SyncStopped != 20 || last.Text != said {
		t.Errorf("%d stopped, %q", h.SyncStopped, last.Text)
	}
}

func TestTheHistoryOfAnAgent(t *testing.T) {
	d := newDesk(t)
	d.books = []RuleBook{inStep()}
	d.stands(amelia, "Amelia", func(*agent.State) {})
	d.do(func(tx *store.Tx) error {
		for i := range 5 {
			p := store.Presence{User: amelia, At: nine.Add(time.Duration(i) * time.Minute), Side: "org", From: "Away", To: "Meal",
				Cause: store.ByRule, By: fmt.Sprint("r", i)}
			if i == 4 {
				p = store.Presence{User: amelia, At: nine.Add(time.Hour), Side: "org", To: "Meal", Cause: store.NotChanged, By: "r", Why: "No."}
			}
			if err := tx.AddPresence(p); err != nil {
				return err
			}
		}
		return tx.Bind(store.Binding{UserID: amelia, Username: "am", At: nine})
	})
	b := d.signIn(amelia)
	var got PresenceHistory
	b.get("presence/agents/"+amelia+"?limit=2", http.StatusOK, &got)
	want := []string{"It should have become At lunch by the rule r, and did not. No.", "The rule r3 set it."}
	for i, c := range got.Changes {
		if c.By.Text != want[i] || c.ToLabel != "At lunch" || i == 1 && c.FromLabel != "Away from the desk" {
			t.Errorf("%+v", c)
		}
	}
	if len(got.Changes) != 2 || got.Next == "" || got.Agent.Agent.Name != "Amelia" {
		t.Fatalf("%+v", got)
	}
	next := got.Next
	got = PresenceHistory{}
	b.get("presence/agents/"+amelia+"?limit=200&cursor="+next, http.StatusOK, &got)
	if len(got.Changes) != 3 || got.Changes[0].By.Args["rule"] != "r2" || got.Next != "" {
		t.Errorf("%+v", got)
	}
	b.get("presence/agents/am", http.StatusOK, &got)
	b.get("presence/agents/am?cursor=x", http.StatusBadRequest, nil)
	d.signIn(ben).get("presence/agents/am", http.StatusNotFound, nil)
	d.signIn(ben).get("presence/agents/"+ben, http.StatusOK, &got)
	if len(got.Changes) != 0 || got.Agent.Agent.UserID != ben {
		t.Errorf("one who has none: %+v", got)
	}
	d.signIn(miles).get("presence/agents/"+url.PathEscape("<script>"), http.StatusNotFound, nil)
}

func TestASyncIsStartedAgainByHand(t *testing.T) {
	d := newDesk(t)
	d.stands(amelia, "Amelia", func(k *agent.State) { k.Sync.Stopped = nine })
	b := d.signIn(miles)
	path := "presence/agents/" + amelia + "/start"
	b.post(path, "", http.StatusOK, new(Done))
	b.post(path, "", http.StatusConflict, nil)
	b.post("presence/agents/"+nobody+"/start", "", http.StatusNotFound, nil)
	if diff := cmp.Diff([]string{amelia, amelia}, d.synced); diff != "" {
		t.Error(diff)
	}
	d.cfg.StartSync = func(context.Context, string) (bool, error) { return false, errors.New("disk") }
	b.post(path, "", http.StatusInternalServerError, nil)
}
