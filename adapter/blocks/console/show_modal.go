package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ShowModal asks the agent, and leaves by Failure unless they confirm. The panel stays usable meanwhile.
var ShowModal = flow.Block{
	Type: "SE_CoreShowModal", Label: "Show Modal", Category: "Core",
	Help: "Asks the agent something in the softphone. Cancelling, and no answer in 45 seconds, are Failure.",
	Inputs: []flow.Input{
		{Name: "title", Label: "Title", Help: "Heading."},
		{Name: "message", Label: "Message", Kind: flow.Any, Required: true, Help: "What is asked; line breaks are kept."},
		{Name: "confirmLabel", Label: "Confirm label", Help: "Words on the first button; OK if unset."},
		{Name: "cancelLabel", Label: "Cancel label", Help: "Words on the second button; Cancel if unset."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "value: true, or false if the agent cancelled",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		answer, err := c.Ask(ctx, "question", map[string]any{
			"title": c.In.Text("title"), "message": c.In.Text("message"), "confirm": c.In.Text("confirmLabel"),
			"cancel": c.In.Text("cancelLabel"),
		})
		if err != nil {
			return flow.Outcome{}, err
		}
		if said, _ := answer.(map[string]any); said["confirmed"] == true {
			return flow.Outcome{Port: flow.Success, Result: map[string]any{"value": true}}, nil
		}
		return flow.Outcome{Port: flow.Failure, Result: map[string]any{"value": false}, Problem: "the agent cancelled"}, nil
	},
}
