package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetStates lists the statuses that the agent can choose.
var GetStates = flow.Block{
	Type: "SE_AgentGetStates", Label: "Get Available Agent States", Category: "Agent",
	Help:   "Lists the statuses that the agent can choose, those of the instance too.",
	Ports:  []flow.Port{flow.Done},
	Result: "value: a list, each with name, type, agentStateARN",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return detail(ctx, c, "agentStates")
	},
}
