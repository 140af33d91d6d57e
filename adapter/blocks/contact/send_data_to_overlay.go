package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SendDataToOverlay shows rows of data beside the contact.
var SendDataToOverlay = flow.Block{
	Type: "SE_SendDataToOverlay", Label: "Send Data to CCP Overlay", Category: "Overlay",
	Help: "Shows rows of data beside the contact.",
	Inputs: []flow.Input{
		{Name: "value", Label: "Value", Kind: flow.Map, Help: "Rows by their names."},
	},
	Ports: []flow.Port{flow.Done},
	Place: flow.InPage, Repeatable: true,
	Waits: "the overlay of the softphone",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "overlay", map[string]any{"contactId": contactID(c), "value": c.In.TextMap("value")})
		return flow.Outcome{Port: flow.Done}, err
	},
}
