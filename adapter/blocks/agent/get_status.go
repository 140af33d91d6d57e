package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetStatus gives the status that the agent has now.
var GetStatus = flow.Block{
	Type: "SE_AgentGetStatus", Label: "Get Agent Status from Connect", Category: "Agent",
	Help:   "Gives the status of the agent at the contact centre.",
	Ports:  []flow.Port{flow.Done},
	Result: "name, type, startTimestamp",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		agent, err := details(ctx, c)
		state, _ := agent["state"].(map[string]any)
		return flow.Outcome{Port: flow.Done, Result: map[string]any{
			"name": state["name"], "type": state["type"], "startTimestamp": state["startTimestamp"],
		}}, err
	},
}
