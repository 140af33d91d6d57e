package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CanMakeOutboundCalls decides by what the contact centre lets the agent do.
var CanMakeOutboundCalls = flow.Block{
	Type: "SE_SFCanMakeOutboundCalls", Label: "Can Make Outbound Calls?", Category: "Salesforce",
	Help:   "Says whether the agent's security profile lets them call out.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		agent, err := c.Ask(ctx, "agent", nil)
		details, _ := agent.(map[string]any)
		if details["mayDialOut"] == true {
			return flow.Outcome{Port: flow.True, Result: true}, err
		}
		return flow.Outcome{Port: flow.False, Result: false}, err
	},
}
