package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetAgentWorkload asks Omni-Channel.
var GetAgentWorkload = flow.Block{
	Type: "SE_SFGetAgentWorkload", Label: "Get Agent Workload on Salesforce", Category: "Salesforce",
	Help:   "Gives how much Omni-Channel work the agent has.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "currentWorkload, configuredCapacity",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return workspace(ctx, c, "omni", map[string]any{"method": "workload"})
	},
}
