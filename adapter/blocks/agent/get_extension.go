package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetExtension gives the number of the agent's desk phone, in use or not.
var GetExtension = flow.Block{
	Type: "SE_AgentGetExtension", Label: "Get Agent Extension", Category: "Agent",
	Help:   "Gives the number of the agent's desk phone, in use or not.",
	Ports:  []flow.Port{flow.Done},
	Result: "value",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return detail(ctx, c, "extension")
	},
}
