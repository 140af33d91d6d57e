package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsVoice decides by the channel; a callback from a queue is a call.
var IsVoice = flow.Block{
	Type: "SE_ContactIsVoice", Label: "Is Voice Contact?", Category: "Contact",
	Help:   "Says whether somebody speaks: a call, or a callback from a queue.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && (c.Contact.Type == "voice" || c.Contact.Type == callback))
	},
}
