package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SearchAndScreenpop searches the objects of the softphone layout and pops by its rules. Nothing to search, no match, one and several are
// all Success; Failure only if the search itself fails.
var SearchAndScreenpop = flow.Block{
	Type: "SE_SFSearchAndScreenpop", Label: "Search And Screenpop", Category: "Salesforce",
	Help: "Finds records by text, such as a phone number, in the objects of the softphone layout, and pops by the layout's rules.",
	Inputs: []flow.Input{
		{Name: "searchParams", Label: "Search text", Help: "A phone number, an e-mail address, a case number; unset searches nothing."},
		{Name: "queryParams", Label: "Query parameters", Help: "Passed on to a Visualforce page that pops."},
		{Name: "defaultFieldValues", Label: "Default field values", Kind: flow.Map, Help: "Values for the form of a new record."},
		{Name: "deferred", Label: "Deferred", Kind: flow.Bool, Help: "Only search: nothing pops."},
		{Name: "callType", Label: "Call type", Help: "inbound, outbound or internal: the part of the layout that counts; inbound if unset."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "records by their ids, and SCREEN_POP_DATA if something popped",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		search := flow.SearchPop{
			Search: c.In.Text("searchParams"), Query: c.In.Text("queryParams"), CallType: c.In.Text("callType"),
			Defaults: c.In.TextMap("defaultFieldValues"), Deferred: c.In.Bool("deferred"),
		}
		if search.Search == "" {
			return flow.Outcome{Port: flow.Success, Result: map[string]any{}}, nil
		}
		if search.CallType == "" {
			search.CallType = "inbound"
		}
		result, err := c.Host.Page.SearchPop(ctx, c.Effect, search)
		return flow.Outcome{Port: flow.Success, Result: result}, err
	},
}
