package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// StartRecording starts the recording.
var StartRecording = flow.Block{
	Type: "SE_ContactStartRecording", Label: "Start Recording", Category: "Contact",
	Help:  "Starts to record the call.",
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InCentre,
	Waits: "recording of calls",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil {
			return flow.Outcome{}, errNoContact
		}
		return flow.Outcome{Port: flow.Success}, c.Host.Centre.Record(ctx, c.Effect, *c.Contact, true)
	},
}
