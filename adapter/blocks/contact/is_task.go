package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsTask decides by the channel.
var IsTask = flow.Block{
	Type: "SE_ContactIsTask", Label: "Is Task Contact?", Category: "Contact",
	Help:   "Says whether it is a task.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && c.Contact.Type == task)
	},
}
