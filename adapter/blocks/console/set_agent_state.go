package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetAgentState asks Omni-Channel.
var SetAgentState = flow.Block{
	Type: "SE_SFSetAgentState", Label: "Set Agent State on Salesforce", Category: "Salesforce",
	Help: "Chooses the Omni-Channel status of the agent.",
	Inputs: []flow.Input{
		{Name: "status", Label: "Status", Required: true, Help: "Developer name or id."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "statusId, statusName, statusApiName",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return workspace(ctx, c, "omni", map[string]any{"method": "setStatus", "statusId": c.In.Text("status")})
	},
}
