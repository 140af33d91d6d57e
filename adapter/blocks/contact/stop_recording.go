package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// StopRecording stops the recording.
var StopRecording = flow.Block{
	Type: "SE_ContactStopRecording", Label: "Stop Recording", Category: "Contact",
	Help:  "Stops the recording of the call. It cannot be started again.",
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InCentre,
	Waits: "recording of calls",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil {
			return flow.Outcome{}, errNoContact
		}
		return flow.Outcome{Port: flow.Success}, c.Host.Centre.Record(ctx, c.Effect, *c.Contact, false)
	},
}
