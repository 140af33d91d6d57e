package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// LeaveVoicemail passes the call on to a flow that plays a message.
var LeaveVoicemail = flow.Block{
	Type: "SE_ContactLeaveVoicemail", Label: "Leave a Voicemail", Category: "Contact",
	Help: "Leaves a prepared message and takes the agent out of the call.",
	Inputs: []flow.Input{
		{Name: "voicemailDropName", Label: "Voicemail drop name", Required: true, Help: "Name of the record with voice and message."},
		{Name: "quickConnectName", Label: "Quick connect name", Required: true,
			Help: "A quick connect to the queue whose flow plays the message."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Place: flow.InPage,
	Waits: "transfers of calls",
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil {
			return flow.Outcome{}, errNoContact
		}
		_, err := c.Ask(ctx, "leaveVoicemail", map[string]any{
			"contactId": c.Contact.ID, "voicemailDropName": c.In.Text("voicemailDropName"), "quickConnectName": c.In.Text("quickConnectName"),
		})
		return flow.Outcome{Port: flow.Success}, err
	},
}
