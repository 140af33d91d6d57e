package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Alert shows a line. It stops nothing, unlike an alert of the browser.
var Alert = flow.Block{
	Type: "SE_CoreAlert", Label: "Alert", Category: "Core",
	Help: "Shows the agent a line in the softphone until they put it away.",
	Inputs: []flow.Input{
		{Name: "message", Label: "Message", Kind: flow.Any, Required: true, Help: "Text; an object is written as JSON."},
	},
	Ports: []flow.Port{flow.Done},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "alert", map[string]any{"message": c.In.Text("message")})
		return flow.Outcome{Port: flow.Done}, err
	},
}
