package told

import "strconv"

// Kinds and reasons of searches, as find has them.
const (
	kindRecord, kindForm, kindChoice = "record", "newRecord", "choice"
	kindList, kindPage, kindFlow     = "search", "page", "flow"
	reasonClicked, reasonFiltered    = "find.clicked", "find.filtered"
	reasonUnfiltered, reasonTooMany  = "find.unfiltered", "find.tooMany"
	reasonUnsearched                 = "find.unsearched"
)

// Why a run waits or was not run, as its body has it; of a search, why the org could not be asked.
const (
	waitsSignIn, waitsSpent, waitsAway = "signIn", "apiSpent", "orgAway"
	noFlow, flowBroken, recordBroken   = "noFlow", "flowBroken", "recordBroken"
)

// ofSearch is what a search of a run came to; chosen is the record that the agent chose, "" for none.
func ofSearch(s Search, r Run, chosen string) Verdict {
	phone, n := written(numberOf(r), r.Country), counted(s.Total, s.Object)
	words := []string{"n", n, "number", phone}
	switch {
	case s.Only:
		return Verdict{Nothing, say(CodeOnlySearch, append(words, "flow", r.Flow)...)}
	case s.Reason == reasonClicked:
		return Verdict{Popped, say(CodeClicked, "id", s.Record)}
	case s.Kind == kindRecord:
		return Verdict{Popped, say(CodePopped, "record", named(s), "id", s.Record)}
	case s.Kind == kindForm:
		return Verdict{Popped, say(CodeForm, words...)}
	case s.Kind == kindList:
		return Verdict{Popped, say(CodeList, words...)}
	case s.Kind == kindPage:
		return Verdict{Popped, say(CodePage, words...)}
	case s.Kind == kindFlow:
		return Verdict{Popped, say(CodeOrgFlow, words...)}
	case s.Total > 0:
		return someFit(s, words, chosen)
	}
	return nobodyFits(s, words)
}

// someFit is of records that nothing popped of.
func someFit(s Search, words []string, chosen string) Verdict {
	switch {
	case chosen != "":
		return Verdict{Popped, say(CodeChosen, append(words, "record", "the record "+chosen, "id", chosen)...)}
	case s.Reason == reasonUnfiltered, s.Reason == reasonTooMany:
		return Verdict{Several, say(CodeUnsure, append(words, "cause", causeOf(s))...)}
	case s.Kind == kindChoice || s.Total > 1:
		return Verdict{Several, say(CodeSeveral, words...)}
	}
	return Verdict{NoMatch, say(CodeSingle, words...)}
}

func nobodyFits(s Search, words []string) Verdict {
	switch {
	case s.Reason == reasonFiltered:
		out := 0
		if len(s.Args) > 0 {
			out, _ = strconv.Atoi(s.Args[0])
		}
		return Verdict{NoMatch, say(CodeDiffers, "n", counted(out, ""), "number", words[3])}
	case s.Reason == reasonUnsearched && s.Cause == waitsSpent:
		return Verdict{NoMatch, say(CodeUnsearchedS, words...)}
	case s.Reason == reasonUnsearched:
		return Verdict{NoMatch, say(CodeUnsearched, append(words, "cause", causeOf(s))...)}
	}
	return Verdict{NoMatch, say(CodeNoRecord, words...)}
}

// causeOf says why the org could not be asked.
func causeOf(s Search) string {
	switch {
	case s.Reason == reasonTooMany:
		return "there are too many to compare"
	case s.Cause == waitsSpent:
		return "its API allowance is used up"
	case s.Cause == waitsAway, s.Cause == "":
		return "it did not answer"
	case s.Cause == waitsSignIn:
		return "the agent's session with it had ended"
	}
	return ended(s.Cause)
}

func numberOf(r Run) string {
	if r.Fact.Contact == nil {
		return ""
	}
	return r.Fact.Contact.PhoneNumber
}
