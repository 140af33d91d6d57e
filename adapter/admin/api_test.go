package admin

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/told"
)

var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func at(seconds float64) time.Time { return nine.Add(time.Duration(seconds * float64(time.Second))) }

func atP(seconds float64) *time.Time { t := at(seconds); return &t }

func sentence(code string, args ...string) told.Sentence {
	all := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		all[args[i]] = args[i+1]
	}
	return told.Say(code, all)
}

// examples are what the page's author reads: one answer of each kind.
func examples() map[string]any {
	amelia := Agent{UserID: "005000000000001AAA", Name: "Amelia Okafor", Username: "agent"}
	ben := Agent{UserID: "005000000000002AAA", Name: "Ben Lee", Username: "ben"}
	popped := Call{
		ContactID: "c0ffee00-0000-4000-8000-000000000001", Agent: amelia, Type: "voice", Inbound: true, Number: "+12065550142", Queue: "Support",
		At: at(0), Phase: "ended", Answered: true, EndedAt: atP(190), Duration: 184_000, Record: "003000000000001AAA",
		Outcome: told.Popped, Why: sentence(told.CodePopped, "record", "Contact Maya Lindqvist", "id", "003000000000001AAA"),
		TraceID: "4bf92f3577b34da6a3ce929d0e0e4736",
	}
	several := Call{
		ContactID: "c0ffee00-0000-4000-8000-000000000002", Agent: ben, Type: "voice", Inbound: true, Number: "+12065550142", Queue: "Sales",
		At: at(-600), Phase: "ended", Answered: false, EndedAt: atP(-580), Outcome: told.Several,
		Why: sentence(told.CodeSeveral, "n", "2 Contacts", "number", "(206) 555-0142"),
	}
	withheld := Call{
		ContactID: "c0ffee00-0000-4000-8000-000000000003", Agent: amelia, Type: "voice", Inbound: true, Queue: "Support", At: at(-1200),
		Phase: "connected", Answered: true, Outcome: told.NoMatch, Why: sentence(told.CodeWithheld),
	}
	failed := Call{
		ContactID: "c0ffee00-0000-4000-8000-000000000004", Agent: amelia, Type: "voice", Inbound: true, Number: "+442079460958",
		At: at(-1800), Phase: "ended", Answered: true, EndedAt: atP(-1700), Duration: 90_000, Outcome: told.Failed,
		Why: sentence(told.CodeFailed, "flow", "Onboarding pop", "block", "Retrieve", "problem", "no access to Case"),
	}
	away := Call{
		ContactID: "c0ffee00-0000-4000-8000-000000000005", Agent: amelia, Type: "voice", Inbound: true, Number: "+12065550188", Queue: "Support",
		At: at(-2400), Phase: "ended", Answered: true, EndedAt: atP(-2300), Duration: 80_000, Outcome: told.Away,
		Why: sentence(told.CodePageAway, "fromAt", "2026-03-02T08:20:00Z", "toAt", "2026-03-02T08:27:00Z"),
	}
	why := sentence(told.CodeFailed, "flow", "Onboarding pop", "block", "Retrieve", "problem", "no access to Case")
	signIn := sentence(told.CodeSignIn)
	pop := Run{
		ID: 7, Contact: popped.ContactID, Agent: amelia, Kind: "flow", Flow: "Voice Contact onConnecting",
		Event:  "connectVoiceContact.onConnecting",
		Status: RunCompleted, Created: at(0), Ended: atP(0.05), Took: 50, Version: "9f8e7d6c", Steps: []Step{
			{Number: 1, Action: "a1", Type: "CN_GetNumber", Title: "Caller's number", Port: "success", Started: at(0.001),
				Warning: "2 records have this number: none of them is taken", Took: 1,
				Inputs: json.RawMessage(`{"number":"+12065550142"}`), Result: json.RawMessage(`"2065550142"`)},
			{Number: 2, Action: "a2", Type: "SE_SFSearchAndScreenpop", Title: "Pop", Port: "success", Started: at(0.002), Took: 48,
				Inputs: json.RawMessage(`{"searchParams":"2065550142"}`),
				Result: json.RawMessage(`"{\"003000000000001AAA\":{\"Id\":\"0030000… (cut)"`), ResultCut: 70_000},
		}, StepsTotal: 2,
	}
	broke := Run{
		ID: 9, Contact: failed.ContactID, Agent: amelia, Kind: "flow", Flow: "Onboarding pop", Event: "connectVoiceContact.onConnecting",
		Status: RunFailed, Why: &why, Created: at(-1800), Ended: atP(-1799), Took: 900, CanRetry: false, Steps: []Step{}, StepsTotal: 3,
	}
	task := Run{
		ID: 12, Contact: popped.ContactID, Agent: amelia, Kind: "task", Event: "connectVoiceContact.onEnded", Status: RunWaiting, Why: &signIn,
		Created: at(190), Wake: atP(200), Tries: 1, CanRetry: true, CanDrop: true, Steps: []Step{},
	}
	health := Health{
		Open: 3, Waiting: 1, GivenUp: 2,
		Agents: []AgentHealth{{Agent: amelia, Pages: 2, Bound: atP(-86400), State: "Available"}, {Agent: ben, Bound: atP(-3600)}},
		Records: []RecordHealth{{CallCenter: "ACLightningAdapter", Name: "Patchcord", URL: "http://localhost:8080/a01000000000001AAA",
			Problems: []string{
				"The CTI Flow Onboarding pop was left out: it has no start.",
			}}},
		Damage: []string{}, Problems: []told.Sentence{},
	}
	health.Store.File, health.Store.Size, health.Store.Free, health.Store.Writable = "/var/lib/patchcord/adapter.db", 40<<20, 20<<30, true
	health.API.Used, health.API.Max = 1234, 100_000
	manyNodes := health
	manyNodes.Store.File, manyNodes.Store.Free = "postgres://db.example/patchcord", -1
	manyNodes.Nodes = []NodeHealth{
		{Name: "adapter-1:8082", Version: "1.4.0", Address: "10.0.0.11:8082", Since: at(-86400), Heard: at(199), Agents: 1, Pages: 1,
			Leads: true},
		{Name: "adapter-2:8082", Version: "1.4.1", Address: "10.0.0.12:8082", Since: at(-3600), Heard: at(199.5), Agents: 1, Pages: 1,
			Here: true},
		{Name: "adapter-3:8082", Version: "1.4.0", Address: "10.0.0.13:8082", Since: at(-86400), Heard: at(195), Silent: true},
	}
	return map[string]any{
		"me":    Me{UserID: amelia.UserID, Name: "Ada Byrne", Sees: Everything, CSRF: "nEverTheSameTwice", Expires: atP(8 * 3600)},
		"calls": CallList{Calls: []Call{popped, several, withheld, failed, away}, Next: "eyJhdCI6MX0"},
		"call": CallDetail{ContactID: popped.ContactID, Damaged: []string{}, Legs: []Leg{{
			Call: popped, Attributes: map[string]string{"language": "<b>en</b>"}, Popped: []Popped{{"003000000000001AAA", at(0)}},
			Task: "00T000000000001AAA", RecordURL: "http://localhost:8080/003000000000001AAA", TaskURL: "http://localhost:8080/00T000000000001AAA",
			States: []State{{Event: "onConnecting", State: "connecting", At: at(0)}, {Event: "onConnected", State: "connected", At: at(5)},
				{Event: "onEnded", State: "ended", At: at(190), Derived: true}},
			Facts: []Fact{{Key: popped.ContactID + ":onConnecting:1772442000000", Name: "connectVoiceContact.onConnecting", At: at(0), Page: "p1",
				State: "connecting"}},
			Runs: []Run{pop, task},
		}}},
		"filters": Filters{Agents: []Agent{amelia, ben}, Queues: []string{"Sales", "Support"}, Outcomes: told.Outcomes},
		"steps":   StepList{Steps: pop.Steps, Total: 2},
		"waiting": WaitingList{Groups: []WaitingGroup{{Agent: amelia, Status: RunWaiting, Why: signIn, Count: 1, Oldest: at(190)}},
			Runs: []Run{task}},
		"health":    health,
		"nodes":     manyNodes,
		"problem":   Problem{Code: "missing", Sentence: "There is no such call, or it is not yours."},
		"forgotten": Forgotten{Contacts: 2, Facts: 14, Runs: 6, Stays: staysSentence},
		"run":       broke,
	}
}

// The examples are kept as the code has them: UPDATE=1 writes them anew.
func TestExamples(t *testing.T) {
	all := examples()
	maps.Copy(all, presenceExamples())
	for name, v := range all {
		got, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		file := "testdata/" + name + ".json"
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from what the code answers: run the test with UPDATE=1", file)
		}
	}
}
