package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsCallback decides by the channel.
var IsCallback = flow.Block{
	Type: "SE_ContactIsCallback", Label: "Is Callback?", Category: "Contact",
	Help:   "Says whether it is a callback from a queue.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && c.Contact.Type == callback)
	},
}
