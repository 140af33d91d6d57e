package core

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Log writes a line to the journal and, where there is a page, to its console.
var Log = flow.Block{
	Type: "SE_Log", Label: "Log to Console", Category: "Core", Help: "Writes a line to the journal and to the browser's console.",
	Inputs: []flow.Input{
		{Name: "level", Label: "Level", Help: "debug, info, warn or error; info if unset."},
		{Name: "message", Label: "Message", Kind: flow.Any, Help: "Text; an object is written as JSON."},
	},
	Ports: []flow.Port{flow.Done}, Place: flow.Anywhere, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Host.Page == nil {
			return flow.Outcome{Port: flow.Done}, nil
		}
		level := c.In.Text("level")
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, level) {
			level = "info"
		}
		return flow.Outcome{Port: flow.Done}, c.Host.Page.Log(ctx, c.Effect, flow.LogLine{Level: level, Message: c.In.Text("message")})
	},
}
