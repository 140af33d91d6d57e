package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetAllProperties gives the agent's properties and those of the contact.
var GetAllProperties = flow.Block{
	Type: "SE_GetAllProperties", Label: "Get All Properties", Category: "Core",
	Help:  "Gives all properties of this agent and of the contact.",
	Ports: []flow.Port{flow.Done}, Result: "value: a map by key", Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err != nil {
			return flow.Outcome{}, err
		}
		all, err := kept.All(ctx)
		return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": all}}, err
	},
}
