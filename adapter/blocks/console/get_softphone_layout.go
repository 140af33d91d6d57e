package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetSoftphoneLayout gives the agent's softphone layout as the console has it.
var GetSoftphoneLayout = flow.Block{
	Type: "SE_SFGetSoftphoneLayout", Label: "Get Softphone Layout", Category: "Salesforce",
	Help:   "Gives the agent's softphone layout.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		layout, err := c.Ask(ctx, "softphoneLayout", nil)
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": layout}}, err
	},
}
