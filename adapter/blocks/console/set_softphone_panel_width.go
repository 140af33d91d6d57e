package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetSoftphonePanelWidth sets the panel's width until somebody changes it.
var SetSoftphonePanelWidth = flow.Block{
	Type: "SE_SFSetSoftphonePanelWidth", Label: "Set Softphone Panel Width", Category: "Salesforce",
	Help: "Makes the softphone's panel so and so many pixels wide.",
	Inputs: []flow.Input{
		{Name: "width", Label: "Width", Kind: flow.Any, Required: true, Help: "Pixels, 200 to 1920."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		px, err := pixels(c.In.Get("width"), 200, 1920)
		if err != nil {
			return flow.Outcome{}, err
		}
		_, err = c.Ask(ctx, "panel", map[string]any{"width": px})
		return flow.Outcome{Port: flow.Success}, err
	},
}
