package told

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	user   = "005000000000001AAA"
	callID = "c-1"
	maya   = "003000000000001AAA"
)

var ten = time.Date(2026, 3, 2, 10, 2, 0, 0, time.UTC)

// rang is the fact of a ring.
func rang(phone string) fact.Fact {
	return fact.Fact{User: user, Key: callID + ":onConnecting:1000", At: ten, Source: fact.Voice, Event: contact.OnConnecting,
		Contact: &wire.Contact{
			ContactID: callID, Type: "voice", State: "connecting", Inbound: true, PhoneNumber: phone, Since: 1000,
		}}
}

// ran is a flow's run for a ring, ended as it says.
func ran(status Status, change func(*Run)) Run {
	r := Run{Kind: "flow", Flow: "Onboarding pop", Status: status, Country: "US", Created: ten.Add(time.Second),
		Ended: ten.Add(2 * time.Second),
		Fact:  rang("+12065550142")}
	if change != nil {
		change(&r)
	}
	return r
}

func searched(s Search) Run { return ran(Completed, func(r *Run) { r.Searches = []Search{s} }) }

func failedAt(problem string) Run {
	return ran(Broke, func(r *Run) {
		r.Problem = problem
		r.Steps = []flow.Step{
			{Action: "a1", Type: "CN_Log", Title: "Note"},
			{Action: "a2", Type: "SE_SFSearchAndScreenpop", Title: "Pop it", Problem: problem, Port: flow.Failure, Started: ten.Add(time.Second),
				Took: 7 * time.Minute},
		}
	})
}

// leg is a contact that rang, with its runs.
func leg(runs ...Run) Leg {
	s, _ := contact.Fold(contact.New(user, callID), rang("+12065550142"))
	return Leg{State: s, Runs: runs}
}

func TestEachReasonHasItsSentence(t *testing.T) {
	chosen := leg(searched(Search{Kind: "choice", Total: 2, Object: "Contact"}))
	chosen.State = chosen.State.Choose(maya)
	popped := leg(ran(Completed, nil))
	popped.State = popped.State.Pop(maya, ten)
	refused := Leg{Rejected: &Rejection{At: ten, Reason: "otherAgent",
		Detail: "The contact centre user ben is already used with x@y.example."}}
	outbound := leg()
	outbound.State.Details.Inbound = false
	for _, tc := range []struct {
		name    string
		leg     Leg
		outcome Outcome
		want    string
	}{
		{"popped", leg(searched(Search{Kind: "record", Total: 1, Object: "Contact", Record: maya, Name: "Maya Lindqvist"})), Popped,
			"Contact Maya Lindqvist popped."},
		{"popped by a block for records", popped, Popped, "The record 003000000000001AAA popped."},
		{"no record", leg(searched(Search{Kind: "nothing"})), NoMatch,
			"No record has (206) 555-0142, and the softphone layout opens nothing then."},
		{"a form for nobody", leg(searched(Search{Kind: "newRecord"})), Popped,
			"No record has (206) 555-0142: the form for a new record opened, as the softphone layout says."},
		{"several, not chosen", leg(searched(Search{Kind: "choice", Total: 2, Object: "Contact"})), Several,
			"2 Contacts have (206) 555-0142 and the softphone layout says don't pop: the agent was asked to choose, and has not."},
		{"several, chosen", chosen, Popped,
			"2 Contacts have (206) 555-0142: the agent was asked to choose, and chose the record 003000000000001AAA."},
		{"one, don't pop", leg(searched(Search{Kind: "nothing", Total: 1, Object: "Lead"})), NoMatch,
			"1 Lead has (206) 555-0142, and the softphone layout says don't pop then."},
		{"found but another number", leg(searched(Search{Kind: "nothing", Reason: "find.filtered", Args: []string{"3"}})), NoMatch,
			"3 records turned up in the search, but their numbers are not (206) 555-0142, so nothing popped: correct the records' numbers."},
		{"numbers not told", leg(searched(Search{Kind: "choice", Reason: "find.unfiltered", Total: 1, Object: "Contact", Cause: "orgAway"})),
			Several,
			"1 Contact turned up in the search, but the org did not tell whether their numbers are (206) 555-0142 (it did not answer): " +
				"nothing pops then."},
		{"API spent", leg(searched(Search{Kind: "nothing", Reason: "find.unsearched", Cause: "apiSpent"})), NoMatch,
			"Nobody was found as (206) 555-0142 is written, and its other forms were not asked for: the org's API allowance is used up."},
		{"withheld", leg(ran(Completed, func(r *Run) { r.Fact = rang("") })), NoMatch,
			"The caller withheld the number, so there was nothing to search for."},
		{"no flow", leg(ran(Never, func(r *Run) { r.Reason, r.Problem = "noFlow", "No CTI Flow of the record A is active for x.y." })), NotRun,
			"No CTI flow is active for this: No CTI Flow of the record A is active for x.y."},
		{"flow broken", leg(ran(Never, func(r *Run) { r.Reason, r.Problem = "flowBroken", "The CTI Flow P was left out: it has no start." })),
			NotRun,
			"A CTI flow is broken: The CTI Flow P was left out: it has no start."},
		{"record broken", leg(ran(Never, func(r *Run) { r.Reason, r.Problem = "recordBroken", "0 active records name the call center." })),
			NotRun,
			"The AC CTI Adapter record is broken: 0 active records name the call center."},
		{"flow failed", leg(failedAt("no access to Case")), Failed,
			"The flow Onboarding pop failed at Pop it: no access to Case."},
		{"no console tab", leg(failedAt(wire.ReasonAway)), Away,
			"No console tab of the agent was connected from 10:02:00 UTC to 10:09:01 UTC: nothing could pop."},
		{"page away", leg(func() Run { r := failedAt(wire.ReasonLate); r.Created = ten.Add(7 * time.Minute); return r }()), Away,
			"The agent's page was not connected from 10:02:00 UTC to 10:09:00 UTC: what it told came too late to pop."},
		{"too late", leg(failedAt(wire.ReasonLate)), Away,
			"It came too late: the call was over, or five minutes had passed, before the record could pop."},
		{"tab silent", leg(failedAt(wire.ReasonSilent)), Away,
			"The agent's console tab did not answer: the softphone page did not answer in time."},
		{"the console hung", leg(func() Run {
			r := failedAt("The console did not answer screenPop")
			r.Steps[1].Code, r.Steps[1].Args = "command.silent", map[string]string{"asked": "screenPop"}
			return r
		}()), Away, "The agent's console tab hung: it did not answer screenPop in time, so nothing popped."},
		{"bound to somebody else", refused, Refused, "The softphone was signed in to the contact centre as another user than the one this " +
			"agent is " +
			"bound to: The contact centre user ben is already used with x@y.example. An administrator can release the binding under Health."},
		{"signed out", leg(ran(Open, func(r *Run) { r.SignIn = true })), Waiting,
			"It waits until the agent signs in. If Salesforce refuses that, the agent lacks a permission set of the package, such as AC_Agent."},
		{"signed out, and back too late", func() Leg {
			l := leg(func() Run {
				r := failedAt(wire.ReasonLate)
				r.Created, r.Ended = ten.Add(7*time.Minute), ten.Add(7*time.Minute)
				return r
			}())
			l.Out = Out{From: ten.Add(-time.Hour), To: ten.Add(6 * time.Minute)}
			return l
		}(), Away, "The agent was signed out from 09:02:00 UTC to 10:08:00 UTC: nothing could pop."},
		{"signed out, and not back in time", func() Leg {
			l := leg(failedAt(wire.ReasonAway))
			l.Out = Out{From: ten.Add(time.Second)}
			return l
		}(), Away, "The agent was signed out at 10:02:01 UTC and has not signed in again: nothing could pop."},
		{"signed out, and still wanted", func() Leg {
			l := leg(ran(Open, nil))
			l.Out = Out{From: ten.Add(time.Second)}
			return l
		}(), Waiting,
			"It waits until the agent signs in. If Salesforce refuses that, the agent lacks a permission set of the package, such as AC_Agent."},
		{"signed out, but before", func() Leg {
			l := leg(failedAt(wire.ReasonLate))
			l.Out = Out{From: ten.Add(-time.Hour), To: ten.Add(-time.Minute)}
			return l
		}(), Away, "It came too late: the call was over, or five minutes had passed, before the record could pop."},
		{"signed out, but it popped", func() Leg {
			l := leg(searched(Search{Kind: "record", Total: 1, Object: "Contact", Record: maya, Name: "Maya Lindqvist"}))
			l.Out = Out{From: ten, To: ten.Add(time.Second)}
			return l
		}(), Popped, "Contact Maya Lindqvist popped."},
		{"org away", leg(ran(Open, func(r *Run) { r.Reason, r.Problem, r.Wake = "orgAway", "dial tcp", ten.Add(time.Minute) })), Waiting,
			"The org does not answer: it is tried again at 10:03:00 UTC."},
		{"org spent", leg(ran(Open, func(r *Run) { r.Reason, r.Problem, r.Wake = "apiSpent", "REQUEST_LIMIT", ten.Add(time.Minute) })), Waiting,
			"The org's API allowance of 24 hours is used up: it is tried again at 10:03:00 UTC."},
		{"under way", leg(ran(Open, nil)), Waiting, "It is under way."},
		{"given up", leg(ran(Abandoned, func(r *Run) { r.Problem = "the flow cannot be read" })), GivenUp,
			"It was tried until there was no more sense in it, and given up: the flow cannot be read. It can be tried again under Waiting."},
		{"nothing to pop", leg(ran(Completed, nil)), Nothing, "The flow Onboarding pop ran to its end, and pops nothing."},
		{"outbound", outbound, Nothing, "An outbound call pops nothing by itself, and no flow was to run."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := Of(tc.leg)
			if got.Outcome != tc.outcome || got.Why.Text != tc.want {
				t.Errorf("%s: %s\nwant %s: %s", got.Outcome, got.Why.Text, tc.outcome, tc.want)
			}
			if again := Say(got.Why.Code, got.Why.Args); again.Text != got.Why.Text {
				t.Errorf("kept, it says %q", again.Text)
			}
		})
	}
}

// What a flow says of a run that took too long is known here by its words.
func TestARunThatTookTooLong(t *testing.T) {
	f, err := flow.Load([]byte(
		`{"actions":[{"id":"0","type":"SE_Start","ports":{"done":"1"}},{"id":"1","type":"SE_End"}]}`), flow.NewBlocks())
	if err != nil {
		t.Fatal(err)
	}
	now := ten
	j := flow.Run(context.Background(), flow.Job{Program: f, Event: flow.Event{},
		Now:   func() time.Time { now = now.Add(40 * time.Second); return now },
		Spent: flow.MaxDuration})
	if j.Status != flow.Failed {
		t.Fatalf("ended as %s: %s", j.Status, j.Problem)
	}
	got := Of(leg(ran(Broke, func(r *Run) { r.Problem, r.Steps = j.Problem, []flow.Step{{Title: "Wait for it"}} })))
	if want := "The flow Onboarding pop ran for more than 60 seconds and was stopped, at Wait for it."; got.Why.Text != want {
		t.Errorf("got %q", got.Why.Text)
	}
}

// Of several runs the one counts that a person would tell first, whatever their order.
func TestTheRunThatCounts(t *testing.T) {
	none, ok := searched(Search{Kind: "nothing"}), searched(Search{Kind: "record", Record: maya, Name: "Maya", Object: "Contact", Total: 1})
	late := ran(Broke, func(r *Run) { r.Fact.Event, r.Problem = contact.OnEnded, "no access to Case" })
	for name, tc := range map[string]struct {
		runs []Run
		want Outcome
	}{
		"a pop":                                  {[]Run{failedAt("x"), ok, none}, Popped},
		"what happened at the end tells nothing": {[]Run{none, late}, NoMatch},
		"but where nothing rang, it is all we have": {[]Run{late}, Failed},
		"the log's own troubles are not the pop's":  {[]Run{none, {Kind: "task", Status: Abandoned, Problem: "x"}}, NoMatch},
	} {
		for range 2 {
			slices.Reverse(tc.runs)
			if got := Of(leg(tc.runs...)); got.Outcome != tc.want {
				t.Errorf("%s: %s %s", name, got.Outcome, got.Why.Text)
			}
		}
	}
}

func TestOfRun(t *testing.T) {
	if s, ok := OfRun(ran(Completed, nil)); ok {
		t.Errorf("a run that did what it should says %q", s.Text)
	}
	s, ok := OfRun(Run{Kind: "task", Status: Completed, Problem: "The record that was open was deleted."})
	if !ok || s.Text != "The record that was open was deleted." {
		t.Errorf("%v %q", ok, s.Text)
	}
}

var placeholder = regexp.MustCompile(`\{[a-zA-Z]*\}?`)

// Every code of the catalogue makes a sentence: it begins with a capital and ends with a full stop, and leaves no placeholder.
func TestCatalogueMakesSentences(t *testing.T) {
	for code, template := range ofCalls {
		text := English(code, map[string]string{"problem": "Something", "record": "a record", "n": "2 Contacts", "againAt": stamp(ten)})
		begins := text[0] >= 'A' && text[0] <= 'Z' || text[0] == '2'
		if text == code || placeholder.MatchString(text) || !begins || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q of %q", code, text, template)
		}
	}
	if got := English(CodePopped, map[string]string{"record": "élodie"}); !strings.HasPrefix(got, "Élodie") {
		t.Errorf("a name that begins with more than one byte: %q", got)
	}
	if English("no.such", nil) != "no.such" {
		t.Error("a code that is not there does not say itself")
	}
}
