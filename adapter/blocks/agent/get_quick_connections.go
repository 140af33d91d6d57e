package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetQuickConnections lists the quick connects of all the agent's queues.
var GetQuickConnections = flow.Block{
	Type: "SE_AgentGetQuickConnections", Label: "Get Quick Connection List", Category: "Agent",
	Help:   "Lists the quick connects of all the agent's queues.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: at most 500, each with endpointARN, endpointId, type, name, phoneNumber, agentLogin, queue",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return endpoints(ctx, c, "")
	},
}
