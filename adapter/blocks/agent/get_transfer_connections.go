package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetTransferConnections lists the quick connects of the contact's queue.
var GetTransferConnections = flow.Block{
	Type: "SE_AgentGetTransferConnections", Label: "Get Transfer Connection List", Category: "Agent",
	Help:   "Lists the quick connects of the contact's queue.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: at most 500, each with endpointARN, endpointId, type, name, phoneNumber, agentLogin, queue",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil || c.Contact.QueueARN == "" {
			return flow.Outcome{}, &flow.Refused{Reason: "there is no contact that came through a queue"}
		}
		return endpoints(ctx, c, c.Contact.QueueARN)
	},
}
