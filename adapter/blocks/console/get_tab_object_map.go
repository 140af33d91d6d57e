package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetTabObjectMap asks the console for its tabs.
var GetTabObjectMap = flow.Block{
	Type: "SE_SFGetTabObjectMap", Label: "Get Tab Object Map", Category: "Salesforce",
	Help:   "Gives the records of the visible primary tabs.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: record ids by the ids of their tabs",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		tabs, err := consoleTabs(ctx, c)
		records := map[string]any{}
		for _, t := range tabs {
			if t.RecordID != "" {
				records[t.ID] = t.RecordID
			}
		}
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": records}}, err
	},
}
