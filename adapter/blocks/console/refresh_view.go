package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// RefreshView loads what is in front again.
var RefreshView = flow.Block{
	Type: "SE_SFRefreshView", Label: "Refresh View", Category: "Salesforce",
	Help:  "Loads the record in front again. What somebody is typing there may be lost.",
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "refreshView", nil)
		return flow.Outcome{Port: flow.Success}, err
	},
}
