package data

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetContactID finds the CRM's contact who has a number.
var GetContactID = flow.Block{
	Type: "SE_SFGetContactId", Label: "Get Salesforce Contact Id", Category: "Salesforce",
	Help: "Finds the contact who has a telephone number. Without one, or with several, goes on by failure if that is connected, else by " +
		"success.",
	Inputs: []flow.Input{phoneInput, {
		Name: "fieldName", Label: "Field name", Help: "The only field that counts; every phone field if unset.",
	}},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "sfContactId", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return findByPhone(ctx, c, "Contact", "sfContactId")
	},
}
