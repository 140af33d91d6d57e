package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// CreateTask gives a task to a quick connect.
var CreateTask = flow.Block{
	Type: "SE_AgentCreateTask", Label: "Create Task Contact", Category: "Agent",
	Help: "Gives a task to a quick connect.",
	Inputs: []flow.Input{
		{Name: "name", Label: "Name", Required: true, Help: "What it is about, in short."},
		{Name: "description", Label: "Description", Help: "What is to be done."},
		{Name: "references", Label: "References", Kind: flow.Map, Help: "Addresses by their names."},
		{Name: "quickConnect", Label: "Quick connect", Kind: flow.Any, Required: true,
			Help: "Name, or one of the list; it must belong to one of the agent's queues."},
		{Name: "scheduledTime", Label: "Scheduled time", Kind: flow.Any, Help: "ISO 8601 or epoch milliseconds; at once if unset."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "contactId",
	Place:  flow.InPage,
	Waits:  "tasks of the contact centre",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		answer, err := c.Ask(ctx, "createTask", map[string]any{
			"name": c.In.Text("name"), "description": c.In.Text("description"), "references": c.In.TextMap("references"),
			"quickConnect": c.In.Get("quickConnect"), "scheduledTime": c.In.Get("scheduledTime"),
		})
		made, _ := answer.(map[string]any)
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"contactId": made["contactId"]}}, err
	},
}
