package core

import (
	"context"
	"math"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Divide divides two values that are numbers; null for what is none, and for a division by zero.
var Divide = flow.Block{
	Type: "SE_CoreDivide", Label: "Divide", Category: "Core", Help: "Divides A by B.",
	Inputs: numberInputs, Ports: []flow.Port{flow.Done}, Place: flow.Anywhere, Repeatable: true,
	Result: "value; null if one of them is no number, or B is 0",
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		a, b := js.Number(c.In.Get("a")), js.Number(c.In.Get("b"))
		if b == 0 {
			return numeric(math.NaN(), "nothing can be divided by zero")
		}
		return numeric(a/b, "")
	},
}
