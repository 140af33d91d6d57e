package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Length counts as JavaScript does: UTF-16 units of a text, elements of a list; other values have none.
var Length = flow.Block{
	Type: "SE_CoreLength", Label: "Length", Category: "Core", Help: "Counts the characters of a text or the elements of a list.",
	Inputs: []flow.Input{{Name: "value", Label: "Value", Kind: flow.Any, Help: "A text or a list; everything else has the length 0."}},
	Ports:  []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return value(float64(js.Length(c.In.Get("value"))))
	},
}
