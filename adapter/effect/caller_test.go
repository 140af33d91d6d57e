package effect

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/wire"
)

func TestCallerOf(t *testing.T) {
	maya, amy := find.Candidate{ID: "003a", Object: "Contact", Name: "Maya"}, find.Candidate{ID: "003b", Object: "Contact", Name: "Amy"}
	both := []find.Candidate{maya, amy}
	match := &wire.Match{RecordID: "003a", Object: "Contact", Name: "Maya"}
	for name, tc := range map[string]struct {
		found find.Found
		want  wire.Caller
	}{
		"popped": {find.Found{OfCaller: true, Record: "003a", Matches: both[:1], Total: 1, Decision: find.Decision{Kind: find.Record}},
			wire.Caller{Kind: wire.CallerKnown, Total: 1, Code: "caller.known", Record: match}},
		"known, and nothing pops": {find.Found{OfCaller: true, Matches: both[:1], Total: 1, Decision: find.Decision{Kind: find.Nothing}},
			wire.Caller{Kind: wire.CallerKnown, Total: 1, Code: "caller.known", Record: match}},
		"to be chosen": {find.Found{OfCaller: true, Matches: both, Total: 60, Decision: find.Decision{Kind: find.Choice}},
			wire.Caller{Kind: wire.CallerSeveral, Total: 60, Code: "caller.several", Matches: matchesOf(both)}},
		"on the search page": {find.Found{OfCaller: true, Matches: both, Total: 2, Decision: find.Decision{Kind: find.List}},
			wire.Caller{Kind: wire.CallerSeveral, Total: 2, Code: "caller.several"}},
		"a stranger": {find.Found{OfCaller: true, Decision: find.Decision{Kind: find.Nothing}},
			wire.Caller{Kind: wire.CallerNone, Code: "caller.none", CanAdd: true}},
	} {
		got, ok := callerOf("c-1", tc.found, false)
		tc.want.ContactID, got.Text, got.Args = "c-1", "", nil
		if diff := cmp.Diff(tc.want, got); diff != "" || !ok {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, ok := callerOf("c-1", find.Found{Record: "003a", Reason: find.Reason{Code: find.Clicked}}, false); ok {
		t.Error("a record that was open already says who calls")
	}
	if _, ok := callerOf("c-1", find.Found{}, false); ok {
		t.Error("a search for something else makes a stranger")
	}
	if c, ok := callerOf("c-1", find.Found{Record: "003a", Matches: both[:1], Total: 1}, false); !ok || c.Kind != wire.CallerKnown {
		t.Error("a record that popped by something else than the number is not the caller's")
	}
	if _, ok := callerOf("", find.Found{OfCaller: true}, false); ok {
		t.Error("no contact has a caller")
	}
}

// Whom the agent chooses is the caller from then on: the name is there again when the page is loaded anew.
func TestChosenIsTheCaller(t *testing.T) {
	s := contact.New("005", "c-1")
	s.Caller = &wire.Caller{
		ContactID: "c-1", Kind: wire.CallerSeveral, Total: 2, Matches: []wire.Match{{RecordID: "003a"}, {RecordID: "003b", Name: "Amy"}},
	}
	got := s.Choose("003b").Caller
	isAmy := got.Kind == wire.CallerKnown && got.Record != nil && got.Record.Name == "Amy" && len(got.Matches) == 0
	if !isAmy || s.Caller.Kind != wire.CallerSeveral {
		t.Errorf("%+v of %+v", got, s.Caller)
	}
	if got := s.Choose("003z").Caller; got.Kind != wire.CallerSeveral {
		t.Errorf("one who was not offered: %+v", got)
	}
}
