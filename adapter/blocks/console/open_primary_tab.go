package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// OpenPrimaryTab asks the console for its tabs.
var OpenPrimaryTab = flow.Block{
	Type: "SE_SFOpenPrimaryTab", Label: "Open Salesforce Primary Tab", Category: "Salesforce",
	Help: "Opens a tab of the console.",
	Inputs: []flow.Input{
		{Name: "url", Label: "Url", Required: true, Help: "Within the org."},
		{Name: "active", Label: "Active", Kind: flow.Bool, Help: "Bring it to the front."},
		{Name: "label", Label: "Label", Help: "Words on the tab."},
		{Name: "name", Label: "Name", Help: "By which the tab is found again."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "value and id, both of the tab",
	Place:  flow.InPage,
	Waits:  consoleTabs,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return workspace(ctx, c, "tab", map[string]any{
			"method": "openPrimaryTab", "url": c.In.Text("url"),
			"active": c.In.Bool("active"), "label": c.In.Text("label"), "name": c.In.Text("name"),
		})
	},
}
