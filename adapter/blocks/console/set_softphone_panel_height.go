package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetSoftphonePanelHeight sets the panel's height until somebody changes it.
var SetSoftphonePanelHeight = flow.Block{
	Type: "SE_SFSetSoftphonePanelHeight", Label: "Set Softphone Panel Height", Category: "Salesforce",
	Help: "Makes the softphone's panel so and so many pixels high.",
	Inputs: []flow.Input{
		{Name: "height", Label: "Height", Kind: flow.Any, Required: true, Help: "Pixels, 240 to 2560."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		px, err := pixels(c.In.Get("height"), 240, 2560)
		if err != nil {
			return flow.Outcome{}, err
		}
		_, err = c.Ask(ctx, "panel", map[string]any{"height": px})
		return flow.Outcome{Port: flow.Success}, err
	},
}
