package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CloseTab asks the console for its tabs.
var CloseTab = flow.Block{
	Type: "SE_SFCloseTab", Label: "Close Salesforce Tab", Category: "Salesforce",
	Help: "Closes a tab.",
	Inputs: []flow.Input{
		{Name: "id", Label: "Tab id", Required: true, Help: "As another block gave it."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return done(ctx, c, "closeTab", map[string]any{"id": c.In.Text("id")})
	},
}
