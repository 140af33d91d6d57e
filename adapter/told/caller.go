package told

import (
	"strconv"

	"github.com/patchcord/patchcord/adapter/wire"
)

// OfCaller is what a search says of a caller, as an agent reads it: the kind of wire.Caller, its sentence, and whether it makes sense to
// add a record. hidden says that the number was not delivered.
func OfCaller(s Search, hidden bool) (kind string, why Sentence, canAdd bool) {
	n := counted(s.Total, s.Object)
	switch {
	case hidden && s.Total == 0:
		return wire.CallerNone, say(CodeCallerHidden), true
	case s.Kind == kindForm:
		return wire.CallerNone, say(CodeCallerForm), false
	case s.Reason == reasonUnfiltered, s.Reason == reasonTooMany:
		return wire.CallerUnsure, say(CodeCallerUnsure, "n", n), false
	case s.Total > 1 && s.More:
		return wire.CallerSeveral, say(CodeCallerMore, "n", n), false
	case s.Total > 1:
		return wire.CallerSeveral, say(CodeCallerMany, "n", n), false
	case s.Total == 1:
		return wire.CallerKnown, say(CodeCallerKnown, "record", named(s)), false
	case s.Reason == reasonFiltered:
		out := 0
		if len(s.Args) > 0 {
			out, _ = strconv.Atoi(s.Args[0])
		}
		return wire.CallerNone, say(CodeCallerOther, "n", counted(out, "")), true
	case s.Reason == reasonUnsearched:
		return wire.CallerUnsure, say(CodeCallerAsked), true
	}
	return wire.CallerNone, say(CodeCallerNone), true
}

// OfClick says to the agent why a click on a number came to nothing; r is the run that it made.
func OfClick(r Run) Sentence {
	bad, found := badStep(r.Steps)
	switch {
	case r.Status == Abandoned && (r.Reason == waitsAway || r.Reason == waitsSpent || r.Reason == waitsSignIn):
		return say(CodeDialOrg)
	case !found:
		return say(CodeDialPlain, "flow", r.Flow)
	case bad.Code != "" && Knows(bad.Code):
		return Say(bad.Code, bad.Args)
	case bad.Problem == wire.ReasonAway:
		return say(CodeDialNoPage)
	case bad.Problem == wire.ReasonLate:
		return say(CodeDialLate)
	case bad.Problem == wire.ReasonSilent:
		return say(CodeDialSilent)
	}
	return say(CodeDialFlow, "flow", r.Flow, "block", blockOf(bad))
}
