package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetDialableCountries lists the countries that the agent may call.
var GetDialableCountries = flow.Block{
	Type: "SE_AgentGetDialableCountries", Label: "Get Agent Dialable Countries", Category: "Agent",
	Help:   "Lists the countries that the agent may call.",
	Ports:  []flow.Port{flow.Done},
	Result: "value: a list of ISO 3166 codes in small letters",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return detail(ctx, c, "dialableCountries")
	},
}
