package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsSoftphoneEnabled decides by the phone on which the agent takes calls.
var IsSoftphoneEnabled = flow.Block{
	Type: "SE_AgentIsSoftphoneEnabled", Label: "Is Agent Softphone Enabled?", Category: "Agent",
	Help:   "Says whether the agent takes calls in the browser.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		agent, err := details(ctx, c)
		if agent["softphoneEnabled"] == true {
			return flow.Outcome{Port: flow.True, Result: true}, err
		}
		return flow.Outcome{Port: flow.False, Result: false}, err
	},
}
