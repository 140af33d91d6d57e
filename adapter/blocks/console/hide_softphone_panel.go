package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// HideSoftphonePanel closes the softphone's panel.
var HideSoftphonePanel = flow.Block{
	Type: "SE_SFHideSoftphonePanel", Label: "Hide Softphone Panel", Category: "Salesforce",
	Help:  "Closes the softphone's panel.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "panel", map[string]any{"show": "hidden"})
		return flow.Outcome{Port: flow.Success}, err
	},
}
