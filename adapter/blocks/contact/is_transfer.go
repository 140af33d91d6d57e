package contact

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsTransfer decides by how the contact came about.
var IsTransfer = flow.Block{
	Type: "SE_ContactIsTransfer", Label: "Is Contact Transfer?", Category: "Contact",
	Help:   "Says whether somebody else had the contact before.",
	Ports:  []flow.Port{flow.True, flow.False},
	Result: "true or false; false without a contact",
	Place:  flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		return decide(c.Contact != nil && isTransfer(*c.Contact))
	},
}

// isTransfer says that a contact goes on from another one.
func isTransfer(c flow.Contact) bool {
	return c.InitialID != "" && c.InitialID != c.ID || strings.Contains(strings.ToLower(c.Method), "transfer")
}
