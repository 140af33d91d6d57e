package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetConfiguration gives how the agent is configured.
var GetConfiguration = flow.Block{
	Type: "SE_AgentGetConfiguration", Label: "Get Agent Configuration", Category: "Agent",
	Help:   "Gives how the contact centre has the agent configured.",
	Ports:  []flow.Port{flow.Done},
	Result: "name, username, softphoneEnabled, softphoneAutoAccept, extension, routingProfile, agentStates, dialableCountries",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		agent, err := details(ctx, c)
		result := map[string]any{}
		for _, name := range []string{"name", "username", "softphoneEnabled", "softphoneAutoAccept", "extension", "routingProfile",
			"agentStates", "dialableCountries"} {
			if value, ok := agent[name]; ok {
				result[name] = value
			}
		}
		return flow.Outcome{Port: flow.Done, Result: result}, err
	},
}
