package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetAvailable chooses the first routable status.
var SetAvailable = flow.Block{
	Type: "SE_AgentSetAvailable", Label: "Set Agent as Available on Connect", Category: "Agent",
	Help:  "Chooses the first status in which contacts come.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return setStatus(ctx, c, map[string]any{"routable": true})
	},
}
