package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Unmute has the agent's softphone speak again.
var Unmute = flow.Block{
	Type: "SE_AgentUnmute", Label: "Unmute Agent", Category: "Agent",
	Help:  "Has the agent's softphone speak again.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "mute", map[string]any{"on": false})
		return flow.Outcome{Port: flow.Success}, err
	},
}
