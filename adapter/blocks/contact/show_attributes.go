package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ShowAttributes shows the contact's attributes.
var ShowAttributes = flow.Block{
	Type: "SE_ShowAttributes", Label: "Show Attributes", Category: "Overlay",
	Help:  "Shows the attributes of the contact.",
	Ports: []flow.Port{flow.Done},
	Place: flow.InPage, Repeatable: true,
	Waits: "the overlay of the softphone",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		_, err := c.Ask(ctx, "showAttributes", map[string]any{"contactId": contactID(c)})
		return flow.Outcome{Port: flow.Done}, err
	},
}
