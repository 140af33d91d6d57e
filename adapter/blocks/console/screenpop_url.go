package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopURL opens a page of the org.
var ScreenpopURL = flow.Block{
	Type: "SE_SFScreenpopUrl", Label: "Screenpop Url", Category: "Salesforce",
	Help: "Opens a page of the org.",
	Inputs: []flow.Input{
		{Name: "url", Label: "Url", Required: true, Help: "Begins with a slash: the console opens no page outside the org."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		url := c.In.Text("url")
		if !withinOrg(url) {
			return flow.Outcome{}, errOutside
		}
		return screenPop(ctx, c, "url", map[string]any{"url": url})
	},
}
