package data

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// IsDoNotCall asks whether a contact or lead does not want to be called.
var IsDoNotCall = flow.Block{
	Type: "SE_SFIsDoNotCall", Label: `Is Contact "Do Not Call"?`, Category: "Salesforce",
	Help:   "Asks the field Do Not Call of a contact or lead.",
	Inputs: []flow.Input{{Name: "contactId", Label: "Contact Id", Required: true, Help: "Id of a contact or lead of the CRM."}},
	Ports:  []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		id, object := c.In.Text("contactId"), "Contact"
		switch {
		case strings.HasPrefix(id, "00Q"):
			object = "Lead"
		case !strings.HasPrefix(id, "003"):
			return flow.Outcome{}, &flow.Refused{Reason: id + " is no contact and no lead: their ids begin with 003 and 00Q"}
		}
		record, err := c.Host.CRM.Retrieve(ctx, object, id, []string{"DoNotCall"})
		if err != nil {
			return flow.Outcome{}, err
		}
		if record["DoNotCall"] == true {
			return flow.Outcome{Port: flow.True, Result: true}, nil
		}
		return flow.Outcome{Port: flow.False, Result: false}, nil
	},
}
