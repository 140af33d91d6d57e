package console

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopSearch opens the page of search results; nothing is searched here.
var ScreenpopSearch = flow.Block{
	Type: "SE_SFScreenpopSearch", Label: "Screenpop Search", Category: "Salesforce",
	Help: "Opens the page of search results.",
	Inputs: []flow.Input{
		{Name: "searchString", Label: "Search text", Required: true, Help: "At least three characters."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		text := strings.TrimSpace(c.In.Text("searchString"))
		if utf8.RuneCountInString(text) < 3 { // Source: Open CTI, screenPop
			return flow.Outcome{}, &flow.Refused{Reason: "the search page wants at least three characters"}
		}
		return screenPop(ctx, c, "search", map[string]any{"searchString": text})
	},
}
