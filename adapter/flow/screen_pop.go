package flow

import "context"

// SearchAndScreenpop searches for text in the objects of the softphone layout and pops by its rules. Nothing to search for, no match
// and several matches are all Success; Failure only if the search itself fails. Source: cti-flows.md block 30.
var SearchAndScreenpop = Block{
	Type: "SE_SFSearchAndScreenpop", Label: "Search And Screenpop", Category: "Salesforce",
	Help: "Finds records by text, such as a phone number, in the objects of the softphone layout, and pops by the layout's rules.",
	Inputs: []Input{
		{Name: "searchParams", Label: "Search text", Help: "A phone number, an e-mail address, a case number; unset searches nothing."},
		{Name: "queryParams", Label: "Query parameters", Help: "Passed on to a Visualforce page that pops."},
		{Name: "defaultFieldValues", Label: "Default field values", Kind: Map, Help: "Values for the form of a new record."},
		{Name: "deferred", Label: "Deferred", Kind: Bool, Help: "Only search: nothing pops."},
		{Name: "callType", Label: "Call type", Help: "inbound, outbound or internal: the part of the layout that counts; inbound if unset."},
	},
	Ports:  []Port{Success, Failure},
	Result: "records by their ids, and SCREEN_POP_DATA if something popped",
	Place:  InPage, Repeatable: true,
	Run: func(ctx context.Context, c Call) (Outcome, error) {
		search := SearchPop{
			Search: c.In.Text("searchParams"), Query: c.In.Text("queryParams"), CallType: c.In.Text("callType"),
			Defaults: c.In.TextMap("defaultFieldValues"), Deferred: c.In.Bool("deferred"),
		}
		if search.Search == "" {
			return Outcome{Port: Success, Result: map[string]any{}}, nil
		}
		if search.CallType == "" {
			search.CallType = "inbound"
		}
		result, err := c.Host.Page.SearchPop(ctx, c.Effect, search)
		return Outcome{Port: Success, Result: result}, err
	},
}

// ScreenpopObject opens a record. Without an id nothing pops: Success if noPopOnEmpty says so, else Failure. Source: block 24.
var ScreenpopObject = Block{
	Type: "SE_SFScreenpopObject", Label: "Screenpop Object", Category: "Salesforce", Help: "Opens a record.",
	Inputs: []Input{
		{Name: "recordId", Label: "Record Id", Help: "15 or 18 characters."},
		{Name: "noPopOnEmpty", Label: "No pop on empty", Kind: Bool, Help: "Without a record id, go on by success instead of failure."},
	},
	Ports: []Port{Success, Failure},
	Place: InPage, Repeatable: true,
	Run: func(ctx context.Context, c Call) (Outcome, error) {
		id := c.In.Text("recordId")
		switch {
		case id == "" && c.In.Bool("noPopOnEmpty"):
			return Outcome{Port: Success}, nil
		case id == "":
			return Outcome{}, &Refused{Reason: "there is no record id to pop"}
		}
		return Outcome{Port: Success}, c.Host.Page.Pop(ctx, c.Effect, id)
	},
}
