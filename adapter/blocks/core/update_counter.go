package core

import (
	"context"
	"math"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// UpdateCounter adds to a counter, once for each time that it is reached.
var UpdateCounter = flow.Block{
	Type: "SE_UpdateCounter", Label: "Update Counter", Category: "Core", Help: "Adds to a counter of this agent, which begins at 0.",
	Inputs: []flow.Input{
		keyInput("Capitals count; contact: before it binds it to this contact."),
		{Name: "delta", Label: "Delta", Kind: flow.Any, Help: "What to add; 1 if unset. A negative number takes away."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value: what it has come to", Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		kept, err := properties(c)
		if err != nil {
			return flow.Outcome{}, err
		}
		delta := 1.0
		if given := c.In.Get("delta"); given != nil {
			delta = js.Number(given)
		}
		if math.IsNaN(delta) || math.IsInf(delta, 0) {
			return flow.Outcome{}, &flow.Refused{Reason: "delta is no number"}
		}
		n, err := kept.Count(ctx, c.Effect, c.In.Text("key"), delta)
		return flow.Outcome{Port: flow.Done, Result: map[string]any{"value": js.Plain(n)}}, err
	},
}
