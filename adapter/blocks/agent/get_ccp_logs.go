package agent

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetCCPLogs gives the latest lines of the panel.
var GetCCPLogs = flow.Block{
	Type: "SE_AgentGetCcpLogs", Label: "Get CCP Logs", Category: "Agent",
	Help:   "Gives the latest lines that the Contact Control Panel has logged.",
	Ports:  []flow.Port{flow.Done},
	Result: "value: text of 256 KiB at most, the latest lines last",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		lines, err := c.Ask(ctx, "ccpLogs", nil)
		return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": lines}}, err
	},
}
