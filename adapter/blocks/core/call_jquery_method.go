package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CallJQueryMethod is kept in flows that have it, and never runs: it would let whoever edits a flow run script in the agent's page.
var CallJQueryMethod = flow.Block{
	Type: "SE_CoreJquery", Label: "Call jQuery Method", Category: "Core",
	Help: "Is kept in flows that have it and never run: use the block that does what is wanted, such as Show Modal or Refresh View.",
	Inputs: []flow.Input{
		{Name: "selector", Label: "Selector", Help: "Kept as it is."},
		{Name: "method", Label: "Method", Help: "Kept as it is."},
		{Name: "arguments", Label: "Arguments", Kind: flow.Any, Help: "Kept as they are."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(context.Context, flow.Call) (flow.Outcome, error) {
		return flow.Outcome{},
			&flow.Refused{Reason: "Call jQuery Method is not run: a flow that may call any method in the softphone's page could " +
				"run any script there. Take it out of the flow, or put a block in its place that does what it was for"}
	},
}
