package told

import (
	"slices"

	"github.com/patchcord/patchcord/adapter/contact"
)

// weight says which of several verdicts of one call counts: the one that a person would tell first.
var weight = []Outcome{Popped, Several, Waiting, GivenUp, Failed, Away, NoMatch, NotRun, Refused, Nothing}

// Of says why a call popped or did not.
func Of(l Leg) Verdict {
	var ring, other []Verdict
	for _, r := range l.Runs {
		if r.Kind != kindOfFlows && r.Kind != kindOfDecisions {
			continue
		}
		v := l.Out.explain(ofRun(r, l.State.Chosen), r)
		switch {
		case v.Why.Code == "" || r.Kind == kindOfDecisions && r.Status == Completed:
		case isForPop(r):
			ring = append(ring, v)
		default:
			other = append(other, v)
		}
	}
	if v, ok := heaviest(append(slices.Clone(ring), other...)); ok && v.Outcome == Popped {
		return v
	}
	if n := len(l.State.Popped); n > 0 {
		id := l.State.Popped[n-1].Record
		return Verdict{Popped, say(CodePopped, "record", "the record "+id, "id", id)}
	}
	if v, ok := heaviest(ring); ok {
		return v
	}
	if l.Rejected != nil {
		return Verdict{Refused, say(CodeBound, "problem", ended(l.Rejected.Detail))}
	}
	if v, ok := heaviest(other); ok {
		return v
	}
	if !l.State.Details.Inbound && l.State.Phase() != contact.None {
		return Verdict{Nothing, say(CodeOutbound)}
	}
	return Verdict{Nothing, say(CodeNothing)}
}

// Damaged is the verdict on what cannot be read any more.
func Damaged() Verdict { return Verdict{Nothing, say(CodeDamaged)} }

// kindOfDecisions is the kind of runs that find out which flows to run.
const kindOfDecisions = "decide"

// isForPop says whether somebody would look at this run for the pop: it answers a ring, or tried to pop.
func isForPop(r Run) bool {
	return r.Fact.Event == contact.OnConnecting || r.Fact.Event == contact.OnIncoming || len(r.Searches) > 0 ||
		slices.ContainsFunc(r.Steps, pops)
}

func heaviest(all []Verdict) (best Verdict, found bool) {
	for _, v := range all {
		if !found || slices.Index(weight, v.Outcome) < slices.Index(weight, best.Outcome) {
			best, found = v, true
		}
	}
	return best, found
}
