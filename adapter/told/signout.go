package told

import "time"

// Out is a time in which the agent had no session with the org, so that no page was heard and nothing could be looked up. Zero for none.
type Out struct {
	From time.Time
	To   time.Time // zero while it lasts
}

// explain names the sign-out where it is why a run waits, or why what was told came too late.
func (o Out) explain(v Verdict, r Run) Verdict {
	if o.From.IsZero() || !o.meets(r) {
		return v
	}
	switch v.Why.Code {
	case CodeUnderWay:
		if o.To.IsZero() {
			return Verdict{Waiting, say(CodeSignIn)}
		}
	case CodePageAway, CodeNoTab, CodeLate:
		if o.To.IsZero() {
			return Verdict{Away, say(CodeOutStill, "fromAt", stamp(o.From))}
		}
		return Verdict{Away, say(CodeOut, "fromAt", stamp(o.From), "toAt", stamp(o.To))}
	}
	return v
}

// meets says whether the agent was signed out at some time between what made a run and the run's end.
func (o Out) meets(r Run) bool {
	return (r.Status == Open || o.From.Before(r.Ended)) && (o.To.IsZero() || o.To.After(r.Fact.At))
}
