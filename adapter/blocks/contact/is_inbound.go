package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsInbound decides by who began the contact, whether or not it was answered.
var IsInbound = flow.Block{
	Type: "SE_ContactIsInbound", Label: "Is Contact Inbound?", Category: "Contact",
	Help:   "Says whether the customer began the contact.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && c.Contact.Inbound)
	},
}
