package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Slice takes a part of a text or a list, as JavaScript does. Of other values there is none.
var Slice = flow.Block{
	Type: "SE_CoreSlice", Label: "Slice", Category: "Core", Help: "Takes a part of a text or a list.",
	Inputs: []flow.Input{
		{Name: "value", Label: "Value", Kind: flow.Any, Help: "A text or a list."},
		{Name: "start", Label: "Start", Kind: flow.Any, Help: "Counts from 0; a negative one from the end."},
		{Name: "end", Label: "End", Kind: flow.Any, Help: "The first that is left out; all to the end if unset."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return value(js.Slice(c.In.Get("value"), c.In.Get("start"), c.In.Get("end")))
	},
}
