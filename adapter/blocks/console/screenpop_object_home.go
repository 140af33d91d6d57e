package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopObjectHome opens the home page of an object.
var ScreenpopObjectHome = flow.Block{
	Type: "SE_SFScreenpopObjectHome", Label: "Screenpop Object Home", Category: "Salesforce",
	Help: "Opens the home page of an object.",
	Inputs: []flow.Input{
		{Name: "scope", Label: "Object", Required: true, Help: "API name, such as Account."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return screenPop(ctx, c, "objecthome", map[string]any{"scope": c.In.Text("scope")})
	},
}
