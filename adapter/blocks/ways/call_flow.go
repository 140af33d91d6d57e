package ways

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CallFlow runs another active flow of the adapter record in its place, which sees the same contact and agent, and as its payload what it
// is given.
var CallFlow = flow.Block{
	Type: "SE_PatchcordCallFlow", Label: "Call Flow", Category: "Core",
	Help: "Runs another flow, which reads what it is given as $.payload, and goes on when that has ended: by failure if it failed.",
	Inputs: []flow.Input{
		{Name: "flow", Label: "Flow", Required: true,
			Help: "Name or id of an active CTI Flow of the same adapter record, as it is. One that is only called has no Event."},
		{Name: "inputs", Label: "Inputs", Kind: flow.Map, Help: "Names and values: the payload of the flow that is called."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "what the flow gives by Return, by its names", Place: flow.Anywhere,
	Repeatable: true, Calls: "flow", Ours: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		payload, ok := c.In.Get("inputs").(map[string]any)
		if !ok {
			payload = map[string]any{}
		}
		return flow.Outcome{Enter: &flow.Enter{Flow: c.In.Text("flow"), Payload: payload}}, nil
	},
}

// Return ends a flow and gives values to the one that called it.
var Return = flow.Block{
	Type: "SE_PatchcordReturn", Label: "Return", Category: "Core",
	Help:   "Ends the flow. What it is given is the result of the block that called the flow.",
	Inputs: []flow.Input{{Name: "values", Label: "Values", Kind: flow.Map, Help: "Names and values."}},
	Result: "the values", Place: flow.Anywhere, Repeatable: true, Ours: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		values, _ := c.In.Get("values").(map[string]any)
		if values == nil {
			values = map[string]any{}
		}
		return flow.Outcome{Result: values}, nil
	},
}
