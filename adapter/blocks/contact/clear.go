package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Clear closes a contact that is over; the page sees whether it is.
var Clear = flow.Block{
	Type: "SE_ContactClear", Label: "Clear Contact", Category: "Contact",
	Help:  "Closes a contact that is over: ended, missed, rejected or failed.",
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return ofContact(ctx, c, "clearContact")
	},
}
