package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// UnsetProperty drops a property.
var UnsetProperty = flow.Block{
	Type: "SE_UnsetProperty", Label: "Unset Property", Category: "Core", Help: "Drops what was kept under a key.",
	Inputs: []flow.Input{keyInput("As it was set.")}, Ports: []flow.Port{flow.Done}, Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err == nil {
			err = kept.Unset(ctx, c.Effect, c.In.Text("key"))
		}
		return flow.Outcome{Port: flow.Done}, err
	},
}
