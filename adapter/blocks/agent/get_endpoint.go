package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetEndpoint makes an endpoint of a telephone number; nobody is asked.
var GetEndpoint = flow.Block{
	Type: "SE_AgentGetEndpoint", Label: "Get Endpoint by Phone Number", Category: "Agent",
	Help: "Makes an endpoint of a telephone number.",
	Inputs: []flow.Input{
		{Name: "phoneNumber", Label: "Phone number", Required: true, Help: "As people write it."},
	},
	Ports:  []flow.Port{flow.Done},
	Result: "endpointARN, endpointId, type, name, phoneNumber, agentLogin, queue",
	Place:  flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return flow.Outcome{Port: flow.Done, Result: map[string]any{
			"endpointARN": nil, "endpointId": nil, "type": "phone_number", "name": nil, "phoneNumber": e164(c, "phoneNumber"),
			"agentLogin": nil, "queue": nil,
		}}, nil
	},
}
