package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Truthy decides as JavaScript does: unset, "", 0, false and null are false; the texts "false" and "0" are true.
var Truthy = flow.Block{
	Type: "SE_CoreTruthy", Label: "Is Truthy?", Category: "Core",
	Help:   "Asks whether there is a value: unset, empty text, 0 and false are none; the texts “false” and “0” are.",
	Inputs: []flow.Input{{Name: "value", Label: "Value", Kind: flow.Any, Help: "What to look at."}},
	Ports:  []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		switch v := c.In.Get("value").(type) {
		case nil:
			return flow.Outcome{Port: flow.False, Result: false}, nil
		case string, bool, float64:
			if v == "" || v == false || v == float64(0) {
				return flow.Outcome{Port: flow.False, Result: false}, nil
			}
		}
		return flow.Outcome{Port: flow.True, Result: true}, nil
	},
}
