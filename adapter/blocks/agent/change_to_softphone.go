package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ChangeToSoftphone has the agent take calls in the browser.
var ChangeToSoftphone = flow.Block{
	Type: "SE_AgentChangeToSoftphone", Label: "Change Agent to Softphone", Category: "Agent",
	Help:  "Has the agent take calls in the browser.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "phone", map[string]any{"softphone": true})
		return flow.Outcome{Port: flow.Success}, err
	},
}
