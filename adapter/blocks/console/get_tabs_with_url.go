package console

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

// GetTabsWithURL asks the console for its tabs.
var GetTabsWithURL = flow.Block{
	Type: "SE_SFGetTabsWithUrl", Label: "Get Tabs With Matching Url", Category: "Salesforce",
	Help: "Lists the primary tabs whose address has a text in it.",
	Inputs: []flow.Input{
		{Name: "url", Label: "Url", Required: true, Help: "Part of the address."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: a list of tab ids",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		tabs, err := consoleTabs(ctx, c)
		part := c.In.Text("url")
		tabs = slices.DeleteFunc(tabs, func(t wire.ConsoleTab) bool { return !strings.Contains(t.URL, part) })
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": idsOf(tabs)}}, err
	},
}
