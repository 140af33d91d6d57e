package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ShowSoftphonePanel opens the softphone's panel.
var ShowSoftphonePanel = flow.Block{
	Type: "SE_SFShowSoftphonePanel", Label: "Show Softphone Panel", Category: "Salesforce",
	Help:  "Opens the softphone's panel.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "panel", map[string]any{"show": "shown"})
		return flow.Outcome{Port: flow.Success}, err
	},
}
