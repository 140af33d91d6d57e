package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetProperty reads a property that another flow of the agent has set, or a default.
var GetProperty = flow.Block{
	Type: "SE_GetProperty", Label: "Get Property", Category: "Core",
	Help: "Reads what a flow of this agent has set, or the adapter's own userProfile and openAgentTabs.",
	Inputs: []flow.Input{
		{Name: "key", Label: "Key", Required: true, Help: "Capitals count; contact: before it is a property of this contact."},
		{Name: "defaultValue", Label: "Default value", Kind: flow.Any, Help: "Used if nobody has set it."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err != nil {
			return flow.Outcome{}, err
		}
		found, set, err := kept.Get(ctx, c.In.Text("key"))
		if err == nil && !set {
			found = c.In.Get("defaultValue")
		}
		out, _ := value(found)
		return out, err
	},
}

// properties are where flows keep them. *flow.Refused where there is no such place.
func properties(c flow.Call) (flow.Properties, error) {
	if c.Host.Properties == nil {
		return nil, &flow.Refused{Reason: "there is nowhere to keep properties"}
	}
	return c.Host.Properties, nil
}

// keyInput names a property.
func keyInput(help string) flow.Input {
	return flow.Input{Name: "key", Label: "Key", Required: true, Help: help}
}
