package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetPayload gives what came with the event: all of it, or one key.
var GetPayload = flow.Block{
	Type: "SE_GetPayload", Label: "Get Payload", Category: "Core", Help: "Gives what came with the event: all of it, or one key.",
	Inputs: []flow.Input{{Name: "key", Label: "Key", Help: "Such as number or recordId; all keys if unset."}},
	Ports:  []flow.Port{flow.Done}, Result: "value", Place: flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		key := c.In.Text("key")
		if key != "" {
			return value(c.Payload[key])
		}
		all := c.Payload
		if all == nil {
			all = map[string]any{}
		}
		return value(all)
	},
}
