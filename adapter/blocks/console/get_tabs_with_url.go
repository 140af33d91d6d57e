package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
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
	Waits: consoleTabs,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return workspace(ctx, c, "tab", map[string]any{"method": "getTabsWithUrl", "url": c.In.Text("url")})
	},
}
