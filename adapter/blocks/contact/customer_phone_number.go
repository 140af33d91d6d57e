package contact

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// CustomerPhoneNumber gives the customer's number as delivered, and its country.
var CustomerPhoneNumber = flow.Block{
	Type: "SE_ContactCustomerPhoneNumber", Label: "Get Customer Phone Number", Category: "Contact",
	Help:  "Gives the customer's number as it was delivered.",
	Ports: []flow.Port{flow.Done}, Result: "phone and country; nothing if the number is withheld", Place: flow.InAdapter, Repeatable: true,
	Run: func(_ context.Context, call flow.Call) (flow.Outcome, error) {
		c := call.Contact
		if c == nil || c.PhoneNumber == "" {
			return flow.Outcome{Port: flow.Done}, nil
		}
		result := map[string]any{"phone": c.PhoneNumber}
		if n, ok := number.Parse(c.PhoneNumber, call.Country); ok {
			result["country"] = n.Country()
		}
		return flow.Outcome{Port: flow.Done, Result: result}, nil
	},
}
