package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// LogoutAgent asks Omni-Channel.
var LogoutAgent = flow.Block{
	Type: "SE_SFLogoutAgent", Label: "Logout Agent on Salesforce", Category: "Salesforce",
	Help:  "Signs the agent out of Omni-Channel.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return done(ctx, c, "omni", map[string]any{"method": "logout"})
	},
}
