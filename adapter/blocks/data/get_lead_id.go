package data

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetLeadID finds the lead who has a number.
var GetLeadID = flow.Block{
	Type: "SE_SFGetLeadId", Label: "Get Salesforce Lead Id", Category: "Salesforce",
	Help: "Finds the lead who has a telephone number. Without one, or with several, goes on by failure if that is connected, else by " +
		"success.",
	Inputs: []flow.Input{phoneInput},
	Ports:  []flow.Port{flow.Success, flow.Failure}, Result: "sfLeadId", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		return findByPhone(ctx, c, "Lead", "sfLeadId")
	},
}
