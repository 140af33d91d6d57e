package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// DisableClickToDial holds until the agent signs in or out, or the page is loaded again.
var DisableClickToDial = flow.Block{
	Type: "SE_SFDisableClickToDial", Label: "Disable Click To Dial", Category: "Salesforce",
	Help:  "Makes telephone numbers plain text.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "clickToDial", map[string]any{"on": false})
		return flow.Outcome{Port: flow.Success}, err
	},
}
