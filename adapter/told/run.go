package told

import (
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

// OfRun says why a run is not completed, or what came of it; false if there is nothing to say.
func OfRun(r Run) (Sentence, bool) {
	v := ofRun(r, "")
	switch {
	case v.Why.Code == CodeUnderWay, v.Why.Code == CodeNoPop, v.Why.Code == "":
		return Sentence{}, false
	}
	return v.Why, true
}

func ofRun(r Run, chosen string) Verdict {
	switch r.Status {
	case Open:
		return waiting(r)
	case Never:
		return neverRun(r)
	case Abandoned:
		return Verdict{GivenUp, say(CodeGivenUp, "problem", ended(r.Problem))}
	}
	if r.Kind != kindOfFlows {
		if r.Problem == "" {
			return Verdict{}
		}
		return Verdict{Nothing, say(CodeNote, "problem", ended(r.Problem))}
	}
	if n := len(r.Searches); n > 0 && r.Status != Broke {
		return ofSearch(r.Searches[n-1], r, chosen)
	}
	return ofFlow(r)
}

// kindOfFlows is the kind of runs that carry out a flow.
const kindOfFlows = "flow"

// waiting is of a run that has not ended.
func waiting(r Run) Verdict {
	again := stamp(r.Wake)
	switch {
	case r.SignIn:
		return Verdict{Waiting, say(CodeSignIn)}
	case r.Problem == "" || r.Wake.IsZero():
		return Verdict{Waiting, say(CodeUnderWay)}
	case r.Reason == waitsSpent:
		return Verdict{Waiting, say(CodeAPISpent, "againAt", again)}
	case r.Reason == waitsAway:
		return Verdict{Waiting, say(CodeOrgAway, "againAt", again)}
	}
	return Verdict{Waiting, say(CodeWait, "problem", ended(r.Problem), "againAt", again)}
}

func neverRun(r Run) Verdict {
	code := CodeNote
	switch r.Reason {
	case noFlow:
		code = CodeNoFlow
	case flowBroken:
		code = CodeFlowBroken
	case recordBroken:
		code = CodeBroken
	}
	return Verdict{NotRun, say(code, "problem", ended(r.Problem))}
}

// tooLong begins the problem of a run that was stopped for its time. Source: flow.Run.
const tooLong = "the flow ran for more than"

// ofFlow is of a run whose searches say nothing.
func ofFlow(r Run) Verdict {
	bad, found := badStep(r.Steps)
	switch {
	case r.Status == Completed && withheld(r):
		return Verdict{NoMatch, say(CodeWithheld)}
	case r.Status == Completed:
		return Verdict{Nothing, say(CodeNoPop, "flow", r.Flow)}
	case r.Status == Broke && strings.HasPrefix(r.Problem, tooLong):
		return Verdict{Failed, say(CodeTooLong, "flow", r.Flow, "seconds", strconv.Itoa(int(flow.MaxDuration/time.Second)), "block",
			lastBlock(r))}
	case !found:
		return Verdict{Failed, say(CodeFailedPlain, "flow", r.Flow, "problem", ended(r.Problem))}
	}
	return ofBadStep(r, bad)
}

// lateFrom is how late a page may tell something that nobody calls late.
const lateFrom = 10 * time.Second

func ofBadStep(r Run, bad flow.Step) Verdict {
	told := r.Created
	switch bad.Problem {
	case wire.ReasonAway:
		return Verdict{Away, say(CodeNoTab, "fromAt", stamp(r.Fact.At), "toAt", stamp(bad.Started.Add(bad.Took)))}
	case wire.ReasonLate:
		if !r.Fact.Misdated && told.Sub(r.Fact.At) > lateFrom {
			return Verdict{Away, say(CodePageAway, "fromAt", stamp(r.Fact.At), "toAt", stamp(told))}
		}
		return Verdict{Away, say(CodeLate)}
	case wire.ReasonSilent:
		return Verdict{Away, say(CodeTabSilent, "problem", ended(bad.Problem))}
	}
	if bad.Code == CodeConsoleAsked {
		return Verdict{Away, say(CodeConsole, "asked", bad.Args["asked"])}
	}
	code := CodeFailed
	if r.Status == Partial {
		code = CodePartial
	}
	return Verdict{Failed, say(code, "flow", r.Flow, "block", blockOf(bad), "problem", ended(bad.Problem))}
}

// badStep is the block that failed: the one that was to pop something before all others.
func badStep(steps []flow.Step) (bad flow.Step, found bool) {
	for _, s := range steps {
		if s.Problem == "" {
			continue
		}
		if pops(s) {
			return s, true
		}
		if !found {
			bad, found = s, true
		}
	}
	return bad, found
}

// pops says whether a block is one that opens something in the console.
func pops(s flow.Step) bool { return strings.Contains(strings.ToLower(s.Type), "screenpop") }

// withheld says that a search had nothing to search for, since the caller's number was not delivered.
func withheld(r Run) bool {
	c := r.Fact.Contact
	if c == nil || strings.ContainsAny(c.PhoneNumber, "0123456789") || c.Type == "chat" || c.Type == "task" {
		return false
	}
	switch r.Fact.Event {
	case contact.OnConnecting, contact.OnIncoming:
		return c.Inbound
	}
	for _, s := range r.Steps {
		if pops(s) {
			return c.Inbound
		}
	}
	return false
}

// blockOf is what people call a step's block: its title, else its kind's name.
func blockOf(s flow.Step) string {
	if s.Title != "" {
		return s.Title
	}
	if block := blocks.All.Of(s.Type); block != nil {
		return block.Label
	}
	return s.Type
}

func lastBlock(r Run) string {
	if len(r.Steps) == 0 {
		return "its beginning"
	}
	return blockOf(r.Steps[len(r.Steps)-1])
}
