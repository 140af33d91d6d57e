package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// GetCounter reads a counter; 0 if nothing was counted.
var GetCounter = flow.Block{
	Type: "SE_GetCounter", Label: "Get Counter", Category: "Core",
	Help:   "Reads a counter of this agent. openAgentTabs is the number of the agent's open softphone pages.",
	Inputs: []flow.Input{keyInput("As it is counted.")},
	Ports:  []flow.Port{flow.Done}, Result: "value", Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err != nil {
			return flow.Outcome{}, err
		}
		n, set, err := kept.Get(ctx, c.In.Text("key"))
		if !set {
			n = 0.0
		}
		return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": js.Plain(js.Number(n))}}, err
	},
}
