package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsChat decides by the channel.
var IsChat = flow.Block{
	Type: "SE_ContactIsChat", Label: "Is Chat Contact?", Category: "Contact",
	Help:   "Says whether it is a chat.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && c.Contact.Type == "chat")
	},
}
