package core

import (
	"context"
	"math"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Delay waits. Nothing is held meanwhile: the run is put away and goes on at its moment, with the next adapter too.
var Delay = flow.Block{
	Type: "SE_CoreDelay", Label: "Delay", Category: "Core",
	Help:   "Waits before the flow goes on. The time counts against the 60 seconds that a flow may run.",
	Inputs: []flow.Input{{Name: "milliseconds", Label: "Milliseconds", Kind: flow.Any, Required: true, Help: "1000 is a second."}},
	Ports:  []flow.Port{flow.Done}, Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		due := c.Due
		if due.IsZero() {
			ms := js.Number(c.In.Get("milliseconds"))
			if math.IsNaN(ms) {
				return flow.Outcome{}, &flow.Refused{Reason: "milliseconds is no number"}
			}
			ms = max(0, min(ms, 2*float64(flow.MaxDuration.Milliseconds()))) // no run lasts so long
			due = c.Now.Add(time.Duration(ms * float64(time.Millisecond)))
		}
		if c.Now.Before(due) {
			return flow.Outcome{}, &flow.Later{At: due}
		}
		return flow.Outcome{Port: flow.Done}, nil
	},
}
