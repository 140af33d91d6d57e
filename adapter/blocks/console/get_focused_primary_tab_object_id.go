package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetFocusedPrimaryTabObjectID asks the console for its tabs.
var GetFocusedPrimaryTabObjectID = flow.Block{
	Type: "SE_SFGetFocusedPrimaryTabObjectId", Label: "Get Focused Primary Tab Object Id", Category: "Salesforce",
	Help:   "Gives the record of the tab in front.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "id",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		tabs, err := consoleTabs(ctx, c)
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"id": inFront(tabs).RecordID}}, err
	},
}
