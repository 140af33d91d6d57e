package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// LoginAgent asks Omni-Channel.
var LoginAgent = flow.Block{
	Type: "SE_SFLoginAgent", Label: "Login Agent on Salesforce", Category: "Salesforce",
	Help: "Signs the agent in to Omni-Channel.",
	Inputs: []flow.Input{
		{Name: "status", Label: "Status", Required: true, Help: "Developer name or id of the first status."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return done(ctx, c, "omni", map[string]any{"method": "login", "statusId": c.In.Text("status")})
	},
}
