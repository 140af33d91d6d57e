// Package contact is the blocks about the contact whose event runs a flow.
//
// Read first: Blocks.
package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{
	Attribute, IsVoice, IsChat, IsTask, IsInbound, IsTransfer, IsCallback, Properties, CustomerPhoneNumber, InteractionMetadata,
	PopReferences, UpdateAttributes, StartRecording, StopRecording, LeaveVoicemail, DestroyConnection, Clear, SendDataToOverlay,
	ShowAttributes,
}

// Types of contacts that several blocks ask for.
const (
	callback = "queue_callback"
	task     = "task"
)

var errNoContact = &flow.Refused{Reason: "the event that runs this flow is about no contact"}

// decide leaves by True or False, with the answer as the result.
func decide(yes bool) (flow.Outcome, error) {
	if yes {
		return flow.Outcome{Port: flow.True, Result: true}, nil
	}
	return flow.Outcome{Port: flow.False, Result: false}, nil
}

// ofContact has the page do something with the contact.
func ofContact(ctx context.Context, c flow.Call, command string) (flow.Outcome, error) {
	if c.Contact == nil {
		return flow.Outcome{}, errNoContact
	}
	_, err := c.Ask(ctx, command, map[string]any{"contactId": c.Contact.ID})
	return flow.Outcome{Port: flow.Success}, err
}

// contactID is "" without a contact.
func contactID(c flow.Call) string {
	if c.Contact == nil {
		return ""
	}
	return c.Contact.ID
}
