package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ChangeToDeskphone has the agent take calls on a telephone.
var ChangeToDeskphone = flow.Block{
	Type: "SE_AgentChangeToDeskphone", Label: "Change Agent to Deskphone", Category: "Agent",
	Help: "Has the agent take calls on a telephone.",
	Inputs: []flow.Input{
		{Name: "phoneNumber", Label: "Phone number", Required: true, Help: "Of the telephone, as people write it."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "phone", map[string]any{"softphone": false, "extension": e164(c, "phoneNumber")})
		return flow.Outcome{Port: flow.Success}, err
	},
}
