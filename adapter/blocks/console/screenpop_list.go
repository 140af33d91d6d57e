package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopList opens a list view.
var ScreenpopList = flow.Block{
	Type: "SE_SFScreenpopList", Label: "Screenpop List", Category: "Salesforce",
	Help: "Opens a list view.",
	Inputs: []flow.Input{
		{Name: "listViewId", Label: "List view id", Required: true, Help: "15 or 18 characters."},
		{Name: "scope", Label: "Object", Help: "API name of the object that is listed."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		params := map[string]any{"listViewId": c.In.Text("listViewId")}
		if scope := c.In.Text("scope"); scope != "" {
			params["scope"] = scope
		}
		return screenPop(ctx, c, "list", params)
	},
}
