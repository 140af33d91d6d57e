package records

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/presence"
)

// ruleRow is a rule as its record is: Lunch at the contact centre is Meal in Omni-Channel, with some fields otherwise.
func ruleRow(name string, other ...string) map[string]any {
	row := map[string]any{"Id": "a0R" + name, "Name": name, "Source__c": "Connect Agent State Change",
		"Operand_A__c": "Connect Agent New State", "Comparator__c": "Equal to", "Operand_B__c": "Static Value", "Operand_B_Value__c": "Lunch",
		"Destination__c": "Salesforce Agent State", "Value__c": "Meal", "Order__c": nil, "Active__c": true}
	for i := 0; i < len(other); i += 2 {
		row[other[i]] = other[i+1]
		if other[i+1] == "false" || other[i+1] == "true" {
			row[other[i]] = other[i+1] == "true"
		}
	}
	return row
}

func TestPresenceRules(t *testing.T) {
	statuses := []map[string]any{{"Id": "0N5000000000001AAA", "DeveloperName": "Meal", "MasterLabel": "At lunch"}}
	for _, tc := range []struct {
		name     string
		rules    []map[string]any
		statuses []map[string]any
		want     string   // names of those that work
		problems []string // of each a part
	}{
		{"none", nil, statuses, "", nil},
		{"one", []map[string]any{ruleRow("lunch")}, statuses, "lunch", nil},
		{"one in the recycle bin", []map[string]any{ruleRow("bin", "IsDeleted", "true"), ruleRow("lunch")}, statuses, "lunch", nil},
		{"Offline is no status", []map[string]any{ruleRow("gone", "Value__c", "Offline")}, statuses, "gone", nil},
		{"the other way", []map[string]any{ruleRow("back", "Source__c", "Salesforce Agent State Change", "Operand_A__c",
			"Salesforce Agent New State", "Operand_B_Value__c", "Meal", "Destination__c", "Connect Agent State", "Value__c", "Lunch")}, statuses,
			"back", nil},
		{"more criteria", []map[string]any{ruleRow("two", "Logic__c", "Any", "More_Criteria__c",
			`[{"a":{"operand":"Connect Agent Old State"},"comparator":"Equal to","b":{"operand":"Static Value","value":"Busy"}}]`)}, statuses,
			"two", nil},
		{"a label in place of a name", []map[string]any{ruleRow("label", "Source__c", "Salesforce Agent State Change", "Operand_A__c",
			"Salesforce Agent New State", "Operand_B_Value__c", "At lunch", "Destination__c", "Connect Agent State", "Value__c", "Lunch")},
			statuses, "label", []string{"asks about the status At lunch of Omni-Channel, and no presence status has that developer name."}},
		{"a status that is gone", []map[string]any{ruleRow("old", "Value__c", "Nap"), ruleRow("lunch")}, statuses, "lunch",
			[]string{`Rule old does nothing: its Value "Nap" is the developer name of no presence status of Omni-Channel; there are: Meal.`}},
		{"criteria that are none", []map[string]any{ruleRow("odd", "More_Criteria__c", "[{}] and")}, statuses, "",
			[]string{"its More Criteria are no list such as"}},
		{"a logic that is none", []map[string]any{ruleRow("odd", "Logic__c", "Some")}, statuses, "",
			[]string{`its Logic "Some" is neither All nor Any.`}},
		{"a system state", []map[string]any{ruleRow("odd", "Destination__c", "Connect Agent State", "Value__c", "Busy")}, statuses, "",
			[]string{"nobody can be set to it"}},
		{"a circle", []map[string]any{ruleRow("1"), ruleRow("2", "Source__c", "Salesforce Agent State Change", "Operand_A__c",
			"Salesforce Agent New State", "Operand_B_Value__c", "Meal", "Destination__c", "Connect Agent State", "Value__c", "Break"),
			ruleRow("3", "Operand_B_Value__c", "Break", "Value__c", "Offline"), ruleRow("4", "Source__c", "Salesforce Agent Logout", "Operand_A__c",
				"Salesforce Agent New State", "Operand_B_Value__c", "Offline", "Destination__c", "Connect Agent State", "Value__c", "Lunch")},
			statuses, "1 2 3 4", []string{"lead in a circle: "}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := full()
			o["AC_CtiScript__c"] = o["AC_CtiScript__c"][:0:0]
			o["AC_CtiAdapter__c"][0]["Presence_Sync_Enabled__c"] = true
			o["AC_PresenceSyncRule__c"], o["ServicePresenceStatus"] = tc.rules, tc.statuses
			r, _ := reader(t, o)
			a, err := r.Arrived(t.Context(), "0051")
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, rule := range a.Presence.Works() {
				names = append(names, rule.Name)
			}
			if got := strings.Join(names, " "); got != tc.want {
				t.Errorf("rules %q, want %q", got, tc.want)
			}
			if len(a.Problems) != len(tc.problems) {
				t.Fatalf("problems %q", a.Problems)
			}
			for i, want := range tc.problems {
				if !strings.Contains(a.Problems[i], want) {
					t.Errorf("%q, want %q", a.Problems[i], want)
				}
			}
		})
	}
}

func TestRulesDoNothingWhileTheSyncIsOff(t *testing.T) {
	o := full()
	o["AC_CtiScript__c"] = o["AC_CtiScript__c"][:0:0]
	o["AC_PresenceSyncRule__c"] = []map[string]any{ruleRow("lunch"), ruleRow("odd", "Value__c", ""),
		ruleRow("asleep", "Active__c", "false"), ruleRow("worn", "Active__c", "false", "Value__c", "Nap")}
	o["ServicePresenceStatus"] = []map[string]any{{"Id": "0N5000000000001AAA", "DeveloperName": "Meal", "MasterLabel": "At lunch"}}
	r, _ := reader(t, o)
	a, err := r.Arrived(t.Context(), "0051")
	if err != nil || a.Presence.Works() != nil || len(a.Problems) > 0 {
		t.Errorf("%v, rules %v, problems %v", err, a.Presence.Works(), a.Problems)
	}
	want := presence.Rule{ID: "a0Rlunch", Name: "lunch", Source: presence.CentreChanged, Destination: presence.Org, Value: "Meal",
		Criteria: []presence.Criterion{{A: presence.Term{Operand: presence.CentreNew}, Comparator: presence.Equal,
			B: presence.Term{Operand: presence.Static, Value: "Lunch"}}}}
	if diff := cmp.Diff([]presence.Rule{want}, a.Presence.Rules); diff != "" {
		t.Error(diff)
	}
	if len(a.Presence.Broken) != 1 || a.Presence.Broken[0].Rule.Name != "odd" {
		t.Errorf("broken %v", a.Presence.Broken)
	}
	if off := a.Presence.Inactive; len(off) != 2 || len(off[0].Problems) != 0 || len(off[1].Problems) != 1 {
		t.Errorf("inactive %v", off)
	}
	if s, ok := a.Presence.Status("0N5000000000001"); !ok || s.APIName != "Meal" {
		t.Errorf("a status is not found by its id: %v", s)
	}
}

// A rule that somebody thinks of is checked against what the org has, as far as that is known.
func TestARuleIsCheckedBeforeItIsSaved(t *testing.T) {
	nap := presence.Rule{Name: "n", Source: presence.CentreChanged, Destination: presence.Org, Value: "Nap", Criteria: []presence.Criterion{
		{A: presence.Term{Operand: presence.CentreNew}, Comparator: presence.Equal, B: presence.Term{Operand: presence.Static, Value: "Lunch"}}}}
	for _, tc := range []struct {
		name string
		in   Presence
		want int
	}{
		{"a status that is not there", Presence{Statuses: []PresenceStatus{{APIName: "Meal"}}}, 1},
		{"one that is", Presence{Statuses: []PresenceStatus{{APIName: "Nap"}}}, 0},
		{"nobody has asked", Presence{}, 0},
		{"no Omni-Channel", Presence{NoOmni: true}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.in.Check(nap); len(got) != tc.want {
				t.Errorf("%q", got)
			}
		})
	}
	nap.Criteria = nil
	if got := (Presence{}).Check(nap); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// The console tells of a status by its developer name: a rule that named it by its id would not know the echo of its own change.
func TestARuleThatNamesAStatusByItsID(t *testing.T) {
	for _, id := range []string{"0N5000000000001", "0N5000000000001AAA", " 0N5000000000001AAA "} {
		o := full()
		o["AC_CtiAdapter__c"][0]["Presence_Sync_Enabled__c"] = true
		o["AC_PresenceSyncRule__c"] = []map[string]any{ruleRow("there", "Value__c", id), ruleRow("back", "Source__c",
			"Salesforce Agent State Change", "Operand_A__c", "Salesforce Agent New State", "Operand_B_Value__c", id, "Destination__c",
			"Connect Agent State", "Value__c", "Lunch")}
		o["ServicePresenceStatus"] = []map[string]any{{"Id": "0N5000000000001AAA", "DeveloperName": "Meal", "MasterLabel": "At lunch"}}
		r, _ := reader(t, o)
		a, err := r.Arrived(t.Context(), "0051")
		if err != nil || len(a.Presence.Rules) != 2 {
			t.Fatalf("%v, rules %v, problems %v", err, a.Presence.Rules, a.Problems)
		}
		if asks, sets := a.Presence.Rules[0].Criteria[0].B.Value, a.Presence.Rules[1].Value; asks != "Meal" || sets != "Meal" {
			t.Errorf("%q: it asks about %q and sets %q", id, asks, sets)
		}
	}
}
