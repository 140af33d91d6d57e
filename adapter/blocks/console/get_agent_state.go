package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetAgentState asks Omni-Channel.
var GetAgentState = flow.Block{
	Type: "SE_SFGetAgentState", Label: "Get Agent State from Salesforce", Category: "Salesforce",
	Help:   "Gives the Omni-Channel status of the agent.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "statusId, statusName, statusApiName",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return workspace(ctx, c, "omni", map[string]any{"method": "status"})
	},
}
