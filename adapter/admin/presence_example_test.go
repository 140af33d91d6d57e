package admin

import (
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/told"
)

// presenceExamples are the answers about presences that the page's author reads.
func presenceExamples() map[string]any {
	rule := func(id, name, source, when, destination, value, label string, order float64) PresenceRule {
		return PresenceRule{ID: id, Name: name, Source: source, When: when, Criteria: 1, Destination: destination, Value: value, Label: label,
			Order: order, Active: true, Problems: []string{}, URL: "http://localhost:8080/" + id}
	}
	toLunch := rule("a0R000000000001AAA", "Lunch begins", string(presence.CentreChanged), "Connect Agent New State is Lunch", "org", "Meal",
		"At lunch", 10)
	fromLunch := rule("a0R000000000002AAA", "Lunch in Omni-Channel", string(presence.OrgChanged), "Salesforce Agent New State is Meal",
		"centre", "Lunch", "", 20)
	full := rule("a0R000000000003AAA", "Full desk", string(presence.WorkloadChanged),
		"Salesforce New Workload Pct is at least 100 or Salesforce New Workload is at least 5", "centre", "Back office", "", 30)
	full.Any, full.Criteria, full.Active = true, 2, false
	odd := rule("a0R000000000004AAA", "On the phone", string(presence.CentreChanged), "Connect Agent New State is Busy", "org",
		"On_Call", "", 40)
	odd.Problems = []string{`its Value "On_Call" is the developer name of no presence status of Omni-Channel; there are: Meal, Online.`}
	record := PresenceRecord{ID: "a01000000000001AAA", Name: "Patchcord", CallCenter: "ACLightningAdapter",
		URL: "http://localhost:8080/a01000000000001AAA", On: true}
	step := func(side, value, label, rule string) PresenceStep { return PresenceStep{side, value, label, rule} }
	loop := PresenceWay{Steps: []PresenceStep{step("centre", "Lunch", "", ""), step("org", "Meal", "At lunch", "Lunch begins"),
		step("centre", "Break", "", "Omni follows"), step("org", "Online", "Online", "Break ends it"),
		step("centre", "Lunch", "", "Online is lunch")}}
	undone := PresenceWay{Back: -1, Steps: []PresenceStep{step("org", "Online", "Online", ""),
		step("centre", "Break", "", "Online is a break"), step("org", "Meal", "At lunch", "Break is lunch")}}
	ofAmelia := PresenceAgent{Agent: Agent{UserID: "005000000000001AAA", Name: "Amelia Okafor", Username: "agent"}, Pages: 1,
		Centre:   PresenceStand{Value: "Available", Since: atP(-600), By: new(sentence(told.CodeBySomebody, "side", "Amazon Connect"))},
		Org:      PresenceStand{Value: "Online", Label: "Online", Since: atP(-599), By: new(sentence(told.CodeByRule, "rule", "Available"))},
		Troubles: []Sentence{}}
	ofBen := PresenceAgent{Agent: Agent{UserID: "005000000000002AAA", Name: "Ben Lee", Username: "ben"}, Pages: 1,
		Centre: PresenceStand{Value: "Lunch", Since: atP(-60), By: new(sentence(told.CodeBySomebody, "side", "Amazon Connect"))},
		Org:    PresenceStand{Value: "Online", Label: "Online", Since: atP(-3600)}, Stopped: atP(-58),
		Troubles: []Sentence{told.OfStopped(at(-58)), sentence(told.CodeAgentApart, "side", "Omni-Channel", "status", "At lunch", "rule",
			"Lunch begins", "is", "Online")}}
	change := func(id int64, seconds float64, c PresenceChange, t told.StatusChange) PresenceChange {
		c.ID, c.At, c.By = id, at(seconds), told.OfStatusChange(t)
		c.Cause = t.Cause
		return c
	}
	return map[string]any{
		"presence": PresenceRules{Records: []PresenceRecord{record}, Record: &record, Rules: []PresenceRule{toLunch, fromLunch, full, odd},
			Loops: []PresenceWay{loop}, Undone: []PresenceWay{undone},
			Statuses: PresenceStatuses{Org: []PresenceStatus{{"Meal", "At lunch"}, {"Online", "Online"}, {"Offline", ""}},
				Centre: append([]string{"Available", "Break", "Lunch", "Offline"}, presence.System...)},
			Words: PresenceWords{Sources: presence.Sources, Operands: presence.Operands, Comparators: presence.Comparators,
				System: presence.System},
			NewURL: "http://localhost:8080/lightning/o/AC_PresenceSyncRule__c/new?defaultFieldValues=CTI_Adapter__c%3Da01000000000001AAA"},
		"presence-tried": PresenceTried{Problems: []string{}, Rules: []PresenceOutcome{{Rule: toLunch, Applies: true, First: true},
			{Rule: rule("", draftUnnamed, string(presence.CentreChanged), "Connect Agent New State is Lunch", "org", "Online", "Online", 50),
				Applies: true, Before: "Lunch begins"}, {Rule: odd}},
			Sets:  []PresenceSet{{PresenceStep: step("org", "Meal", "At lunch", "Lunch begins")}},
			Way:   PresenceWay{Back: -1, Steps: []PresenceStep{step("centre", "Lunch", "", ""), step("org", "Meal", "At lunch", "Lunch begins")}},
			Loops: []PresenceWay{}, Undone: []PresenceWay{}},
		"presence-agents": PresenceAgents{Agents: []PresenceAgent{ofBen, ofAmelia}, Next: "eyJjIjoxfQ", Total: 3, Needing: 1},
		"presence-history": PresenceHistory{Agent: ofBen, Next: "4", Changes: []PresenceChange{
			change(9, -58, PresenceChange{Side: "org", To: "Meal", ToLabel: "At lunch"}, told.StatusChange{Cause: "stopped"}),
			change(8, -59, PresenceChange{Side: "org", To: "Meal", ToLabel: "At lunch"}, told.StatusChange{Cause: "failed", To: "At lunch",
				By: "Lunch begins", Why: "Omni-Channel refused it: not allowed to your profile."}),
			change(7, -60, PresenceChange{Side: "centre", From: "Available", To: "Lunch"}, told.StatusChange{Cause: "somebody",
				Side: "Amazon Connect"}),
			change(6, -3600, PresenceChange{Side: "org", From: "Meal", FromLabel: "At lunch", To: "Online", ToLabel: "Online"},
				told.StatusChange{Cause: "rule", By: "Available"}),
		}},
	}
}
