package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// OpenSubTab asks the console for its tabs.
var OpenSubTab = flow.Block{
	Type: "SE_SFOpenSubTab", Label: "Open Salesforce Sub Tab", Category: "Salesforce",
	Help: "Opens a tab below another one.",
	Inputs: []flow.Input{
		{Name: "primaryTabId", Label: "Primary tab id", Required: true, Help: "The tab above."},
		{Name: "url", Label: "Url", Required: true, Help: "Within the org."},
		{Name: "active", Label: "Active", Kind: flow.Bool, Help: "Bring it to the front."},
		{Name: "label", Label: "Label", Help: "Words on the tab."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "id",
	Place:  flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		id, err := openTab(ctx, c, c.In.Text("primaryTabId"))
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"id": id}}, err
	},
}
