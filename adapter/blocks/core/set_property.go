package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SetProperty keeps a value for all flows of the agent until the agent signs out. A value that is unset drops it.
var SetProperty = flow.Block{
	Type: "SE_SetProperty", Label: "Set Property", Category: "Core",
	Help: "Keeps a value for the other flows of this agent, until the agent signs out.",
	Inputs: []flow.Input{
		keyInput("Capitals count; contact: before it binds it to this contact."),
		{Name: "value", Label: "Value", Kind: flow.Any, Help: "What to keep; unset drops what was kept."},
	},
	Ports: []flow.Port{flow.Done}, Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		switch {
		case err != nil:
		case c.In.Get("value") == nil:
			err = kept.Unset(ctx, c.Effect, c.In.Text("key"))
		default:
			err = kept.Set(ctx, c.Effect, c.In.Text("key"), c.In.Get("value"))
		}
		return flow.Outcome{Port: flow.Done}, err
	},
}
