package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetFocusedSubtabObjectID asks the console for its tabs.
var GetFocusedSubtabObjectID = flow.Block{
	Type: "SE_SFGetFocusedSubtabObjectId", Label: "Get Focused Subtab Object Id", Category: "Salesforce",
	Help:   "Gives the record of the subtab in front.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "id",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		tabs, err := consoleTabs(ctx, c)
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"id": inFront(inFront(tabs).Subtabs).RecordID}}, err
	},
}
