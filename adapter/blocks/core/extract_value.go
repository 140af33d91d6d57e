package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ExtractValue follows a path into an object or list.
var ExtractValue = flow.Block{
	Type: "SE_CoreExtractValue", Label: "Extract Value", Category: "Core", Help: "Takes a part out of an object or a list.",
	Inputs: []flow.Input{
		{Name: "targetField", Label: "Target field", Kind: flow.Any, Help: "The object or list."},
		{Name: "keyPath", Label: "Key path", Help: "Such as Account.Name or [0].Id."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value; unset if the path leads nowhere", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		result := map[string]any{}
		if value, found := flow.Follow(c.In.Get("targetField"), c.In.Text("keyPath")); found {
			result["value"] = value
		}
		return flow.Outcome{Port: flow.Done, Result: result}, nil
	},
}
