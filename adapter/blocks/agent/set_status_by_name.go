package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetStatusByName chooses a status by its name.
var SetStatusByName = flow.Block{
	Type: "SE_AgentSetStatusByName", Label: "Set Agent Status By Name on Connect", Category: "Agent",
	Help: "Chooses a status for the agent by its name. While a contact is open it comes after it.",
	Inputs: []flow.Input{
		{Name: "name", Label: "Name", Required: true,
			Help: "As the contact centre has it; capitals count. A status that agents cannot choose themselves is Failure."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return setStatus(ctx, c, map[string]any{"name": c.In.Text("name")})
	},
}
