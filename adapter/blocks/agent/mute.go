package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Mute mutes the agent's softphone.
var Mute = flow.Block{
	Type: "SE_AgentMute", Label: "Mute Agent", Category: "Agent",
	Help:  "Mutes the agent's softphone.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "mute", map[string]any{"on": true})
		return flow.Outcome{Port: flow.Success}, err
	},
}
