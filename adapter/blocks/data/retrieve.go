package data

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Retrieve reads fields of a record.
var Retrieve = flow.Block{
	Type: "SE_SFRetrieve", Label: "Retrieve Salesforce Record", Category: "Salesforce",
	Help: "Reads fields of a record. Extract Value takes one of them out of it.",
	Inputs: []flow.Input{
		{Name: "fields", Label: "Fields", Required: true, Help: "API names with commas between them, such as Name, AccountId."},
		{Name: "type", Label: "Type", Required: true, Help: "API name of the object, such as Contact."},
		{Name: "id", Label: "Id", Required: true, Help: "15 or 18 characters."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "record", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		var fields []string
		for field := range strings.SplitSeq(c.In.Text("fields"), ",") {
			if field = strings.TrimSpace(field); field != "" {
				fields = append(fields, field)
			}
		}
		record, err := c.Host.CRM.Retrieve(ctx, c.In.Text("type"), c.In.Text("id"), fields)
		if err != nil {
			return flow.Outcome{}, err
		}
		return flow.Outcome{Port: flow.Success, Result: map[string]any{"record": record}}, nil
	},
}
