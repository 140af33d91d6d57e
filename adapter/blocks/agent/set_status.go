package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetStatus chooses a status as Get Available Agent States gives it.
var SetStatus = flow.Block{
	Type: "SE_AgentSetStatus", Label: "Set Agent Status on Connect", Category: "Agent",
	Help: "Chooses a status for the agent. While a contact is open it comes after it.",
	Inputs: []flow.Input{
		{Name: "state", Label: "State", Kind: flow.Any, Required: true, Help: "One of the list that Get Available Agent States gives."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		state, _ := c.In.Get("state").(map[string]any)
		arn, _ := state["agentStateARN"].(string)
		name, _ := state["name"].(string)
		if arn == "" && name == "" {
			return flow.Outcome{}, &flow.Refused{Reason: "the state is none of those that Get Available Agent States gives"}
		}
		return setStatus(ctx, c, map[string]any{"arn": arn, "name": name})
	},
}
