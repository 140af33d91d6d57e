// Package told says why a call popped or did not: from what is known of a contact at one agent, and of the runs that it made, a code with
// arguments and its sentence.
//
// Read first: Of, OfRun, Leg, the catalogue. It is pure: it knows no clock, no store and no HTTP.
package told

import (
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
)

// Sentence is a reason: Code and Args for programs, Text for people. Times among Args are RFC 3339 in UTC.
type Sentence struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
	Text string            `json:"sentence"`
}

// Outcome is what became of a call's pop, in one word.
type Outcome string

// The outcomes.
const (
	Popped  Outcome = "popped"  // a record, form, list, page or flow of the CRM opened, or was open already
	NoMatch Outcome = "noMatch" // nobody's number, another number, or none to search for
	Several Outcome = "several" // several records fit: the agent was to choose
	NotRun  Outcome = "notRun"  // no flow for it, or the adapter record or a flow is broken
	Failed  Outcome = "failed"  // a flow failed, or ran too long
	Away    Outcome = "away"    // no page, no console tab, or too late
	Refused Outcome = "refused" // the page spoke for another agent than the one who is bound
	Waiting Outcome = "waiting" // for a sign-in, the org, a page or time
	GivenUp Outcome = "givenUp" // tried until there was no more sense in it
	Nothing Outcome = "nothing" // the flows that ran pop nothing, or nothing was to run
)

// Outcomes are all there are, in the order in which people look for them.
var Outcomes = []Outcome{Popped, NoMatch, Several, NotRun, Failed, Away, Refused, Waiting, GivenUp, Nothing}

// Search is what one search of a run came to.
type Search struct {
	Kind   string   // what happened then, as find has it: nothing, record, newRecord, search, page, flow, choice
	Reason string   // code of find's reason; "" if it is simply what the platform says
	Args   []string // of the reason
	Total  int      // records that fit
	More   bool     // there are more than Total
	Object string   // API name, if all of them are of one; else ""
	Record string   // id of the one that popped; "" if none did
	Name   string   // of that record
	Only   bool     // it was to pop nothing
	Cause  string   // why the org could not be asked: a code of a run's, or its own words; "" if it could
}

// Status is how a run stands.
type Status string

// The statuses, as the store has them.
const (
	Open      Status = "waiting"
	Completed Status = "completed"
	Partial   Status = "partial"
	Broke     Status = "failed"
	Abandoned Status = "given up"
	Never     Status = "not run"
)

// Run is what is known of one run.
type Run struct {
	Kind     string // flow, decide, lapse, task, channel, refresh
	Flow     string // name of the flow
	Status   Status
	SignIn   bool   // it waits for the agent's sign-in
	Country  string // of numbers without a country code
	Reason   string // code of why it waits or was not run, as the run's body has it; "" if it has none
	Problem  string // for a person
	Created  time.Time
	Ended    time.Time // zero until it has
	Wake     time.Time // when a waiting one is tried again
	Fact     fact.Fact // that made it
	Steps    []flow.Step
	Searches []Search
}

// Rejection is that a fact of the contact was not kept.
type Rejection struct {
	At     time.Time
	Reason string // as wire.Refusal has it
	Detail string // for a person; "" if there is none
}

// Leg is a contact as one agent had it. Its runs are in the order in which they were made.
type Leg struct {
	State    contact.State
	Runs     []Run
	Rejected *Rejection // the latest; nil for none
	Out      Out
}

// Verdict is the answer to: why did it pop, or not?
type Verdict struct {
	Outcome Outcome
	Why     Sentence
}

// say makes a sentence of a code; args are names and values in turn.
func say(code string, args ...string) Sentence {
	s := Sentence{Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[args[i]] = args[i+1]
	}
	s.Text = English(s.Code, s.Args)
	return s
}

// Say makes the sentence of a code, as it may have been kept; a code that is not in the catalogue says itself.
func Say(code string, args map[string]string) Sentence {
	return Sentence{Code: code, Args: args, Text: English(code, args)}
}

// stamp is a time among arguments.
func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// ended makes a sentence's end of what somebody else wrote, so that a template can put its own after it.
func ended(text string) string { return strings.TrimRight(strings.TrimSpace(text), ".") }
