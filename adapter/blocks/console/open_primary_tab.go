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
		{Name: "name", Label: "Name", Help: "Of the classic console; it is not used."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "value and id, both of the tab",
	Place:  flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		id, err := openTab(ctx, c, "")
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"id": id, "value": id}}, err
	},
}
