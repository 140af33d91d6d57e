package contact

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// Properties gives the properties of the contact.
var Properties = flow.Block{
	Type: "SE_ContactProperties", Label: "Get Contact Properties", Category: "Contact",
	Help:  "Gives what is known of the contact that fired the event.",
	Ports: []flow.Port{flow.Done}, Place: flow.InAdapter, Repeatable: true,
	Result: "contactId, initialContactId, type, channel, state, queueName, queueARN, phoneNumber, formattedPhoneNumber, callType, " +
		"isInbound, initiationMethod, isMonitor; nothing without a contact",
	Run: func(_ context.Context, call flow.Call) (flow.Outcome, error) {
		c := call.Contact
		if c == nil {
			return flow.Outcome{Port: flow.Done}, nil
		}
		formatted := c.PhoneNumber
		if n, ok := number.Parse(c.PhoneNumber, call.Country); ok {
			formatted = n.Written()
		}
		return flow.Outcome{Port: flow.Done, Result: map[string]any{
			"contactId": c.ID, "initialContactId": c.InitialID, "type": c.Type, "channel": c.Type, "state": c.State,
			"queueName": c.QueueName, "queueARN": c.QueueARN, "phoneNumber": c.PhoneNumber, "formattedPhoneNumber": formatted,
			"callType": c.CallType(), "isInbound": c.Inbound, "initiationMethod": c.Method,
			"isMonitor": strings.EqualFold(c.Method, "monitor"), // Source: Amazon Connect Streams, ContactInitiationMethod
		}}, nil
	},
}
