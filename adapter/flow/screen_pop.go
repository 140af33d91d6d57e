package flow

import "context"

// SearchAndScreenpop searches for text in the objects of the softphone layout and pops by its rules. Nothing to search for, no match
// and several matches are all Success; Failure only if the search itself fails. Source: cti-flows.md block 30.
var SearchAndScreenpop = Block{
	Type: "SE_SFSearchAndScreenpop",
	Inputs: []Input{
		{Name: "searchParams"}, {Name: "queryParams"}, {Name: "defaultFieldValues", Kind: Map},
		{Name: "deferred", Kind: Bool}, {Name: "callType"},
	},
	Ports: []Port{Success, Failure},
	Run: func(ctx context.Context, in Values, host Host) (Outcome, error) {
		if in.Text("searchParams") == "" {
			return Outcome{Port: Success, Result: map[string]any{}}, nil
		}
		callType := in.Text("callType")
		if callType == "" {
			callType = "inbound"
		}
		return settle(host.Do(ctx, SearchPop{
			Search: in.Text("searchParams"), Query: in.Text("queryParams"), CallType: callType,
			Defaults: in.TextMap("defaultFieldValues"), Deferred: in.Bool("deferred"),
		}))
	},
}

// ScreenpopObject opens a record. Without an id nothing pops: Success if noPopOnEmpty says so, else Failure. Source: block 24.
var ScreenpopObject = Block{
	Type:   "SE_SFScreenpopObject",
	Inputs: []Input{{Name: "recordId"}, {Name: "noPopOnEmpty", Kind: Bool}},
	Ports:  []Port{Success, Failure},
	Run: func(ctx context.Context, in Values, host Host) (Outcome, error) {
		id := in.Text("recordId")
		switch {
		case id == "" && in.Bool("noPopOnEmpty"):
			return Outcome{Port: Success}, nil
		case id == "":
			return Outcome{Port: Failure, Result: "there is no record id to pop"}, nil
		}
		return settle(host.Do(ctx, Pop{RecordID: id}))
	},
}
