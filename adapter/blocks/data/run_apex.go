package data

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// RunApex is kept in flows that have it, and never runs: the class that it names belongs to the original's package.
var RunApex = flow.Block{
	Type: "SE_SFRunApex", Label: "Run Apex", Category: "Salesforce",
	Help: "Is kept in flows that have it and never run: use the blocks that read and write records, or HTTP Request with an Apex REST class.",
	Inputs: []flow.Input{
		{Name: "className", Label: "Class name", Help: "Kept as it is."},
		{Name: "methodName", Label: "Method name", Help: "Kept as it is."},
		{Name: "methodParams", Label: "Method parameters", Help: "Kept as they are."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(context.Context, flow.Call) (flow.Outcome, error) {
		return flow.Outcome{},
			&flow.Refused{Reason: "Run Apex is not run: its classes are extensions of the original's own page, which is not here. Put " +
				"Query value, Retrieve or Save a Record in its place, or call an Apex REST class by HTTP Request"}
	},
}
