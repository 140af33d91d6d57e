package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Multiply multiplies two values that are numbers; null for what is none.
var Multiply = flow.Block{
	Type: "SE_CoreMultiply", Label: "Multiply", Category: "Core", Help: "Multiplies two numbers.",
	Inputs: numberInputs, Ports: []flow.Port{flow.Done}, Result: "value; null if one of them is no number", Place: flow.Anywhere,
	Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return numeric(js.Number(c.In.Get("a"))*js.Number(c.In.Get("b")), "")
	},
}

var numberInputs = []flow.Input{
	{Name: "a", Label: "A", Kind: flow.Any, Help: "A number."},
	{Name: "b", Label: "B", Kind: flow.Any, Help: "A number."},
}

// numeric is a result that is a number, or null with why. What has no end is null too: JSON has no such number.
func numeric(f float64, why string) (flow.Outcome, error) {
	result := js.Plain(f)
	if result == nil && why == "" {
		why = "it comes to " + js.Format(f) + ", which is null here: a and b must be numbers"
	}
	return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": result}, Warning: why}, nil
}
