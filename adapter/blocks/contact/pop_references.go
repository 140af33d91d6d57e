package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// PopReferences opens a task's references that are addresses.
var PopReferences = flow.Block{
	Type: "SE_ContactPopReferences", Label: "Pop Task Contact's Reference Urls", Category: "Contact",
	Help:   "Opens the addresses that a task carries.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: how many were opened; 0 for what is no task",
	Place:  flow.InPage, Repeatable: true,
	Waits: "tasks of the contact centre",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil || c.Contact.Type != task {
			return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": 0.0}}, nil
		}
		opened, err := c.Ask(ctx, "popReferences", map[string]any{"contactId": c.Contact.ID})
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": opened}}, err
	},
}
