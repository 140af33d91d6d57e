package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetDeskphoneNumber gives the number of the desk phone on which the agent takes calls.
var GetDeskphoneNumber = flow.Block{
	Type: "SE_AgentGetDeskphoneNumber", Label: "Get Agent Deskphone Number", Category: "Agent",
	Help:   "Gives the number of the desk phone on which the agent takes calls.",
	Ports:  []flow.Port{flow.Done},
	Result: "value; nothing while the softphone is in use",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		agent, err := details(ctx, c)
		result := map[string]any{}
		if agent["softphoneEnabled"] == false {
			result["value"] = agent["extension"]
		}
		return flow.Outcome{Port: flow.Done, Result: result}, err
	},
}
