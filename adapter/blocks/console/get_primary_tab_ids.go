package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetPrimaryTabIDs asks the console for its tabs.
var GetPrimaryTabIDs = flow.Block{
	Type: "SE_SFGetPrimaryTabIds", Label: "Get Primary Tab Ids", Category: "Salesforce",
	Help:   "Lists the primary tabs.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: a list of tab ids",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		tabs, err := consoleTabs(ctx, c)
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": idsOf(tabs)}}, err
	},
}
