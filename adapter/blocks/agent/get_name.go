package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetName gives the agent's name.
var GetName = flow.Block{
	Type: "SE_AgentGetName", Label: "Get Agent Name", Category: "Agent",
	Help:   "Gives the agent's name.",
	Ports:  []flow.Port{flow.Done},
	Result: "value",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return detail(ctx, c, "name")
	},
}
