package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// DestroyConnection hangs up the agent's leg.
var DestroyConnection = flow.Block{
	Type: "SE_ContactDestroyConnection", Label: "Destroy Agent Connection to Live Contact", Category: "Contact",
	Help:  "Takes the agent out of a contact that is on. What is over is cleared instead.",
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InPage,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return ofContact(ctx, c, "hangUp")
	},
}
