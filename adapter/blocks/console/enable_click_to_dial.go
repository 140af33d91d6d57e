package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// EnableClickToDial holds until the agent signs in or out, or the page is loaded again.
var EnableClickToDial = flow.Block{
	Type: "SE_SFEnableClickToDial", Label: "Enable Click To Dial", Category: "Salesforce",
	Help:  "Makes telephone numbers links.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "clickToDial", map[string]any{"on": true})
		return flow.Outcome{Port: flow.Success}, err
	},
}
