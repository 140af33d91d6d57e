package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ClearAllProperties drops what flows have set for the agent and for the contact. The adapter's own settings are none of them.
var ClearAllProperties = flow.Block{
	Type: "SE_ClearAllProperties", Label: "Clear All Properties", Category: "Core",
	Help:  "Drops all properties and counters of this agent, and those of the contact. Settings of the adapter stay.",
	Ports: []flow.Port{flow.Done}, Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err == nil {
			err = kept.Clear(ctx, c.Effect)
		}
		return flow.Outcome{Port: flow.Done}, err
	},
}
