package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// ScreenpopNewRecord opens the form of a new record.
var ScreenpopNewRecord = flow.Block{
	Type: "SE_SFScreenpopNewRecord", Label: "Screenpop New Record", Category: "Salesforce",
	Help: "Opens the form of a new record, filled in as far as you like.",
	Inputs: []flow.Input{
		{Name: "entityName", Label: "Object", Required: true, Help: "API name, such as Contact."},
		{Name: "defaultFieldValues", Label: "Default field values", Kind: flow.Map, Help: "Values of the form by the API names of the fields."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure},
	Place: flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		params := map[string]any{"entityName": c.In.Text("entityName")}
		if values, ok := c.In.Get("defaultFieldValues").(map[string]any); ok && len(values) > 0 {
			params["defaultFieldValues"] = values
		}
		return screenPop(ctx, c, "newRecordModal", params)
	},
}
