package data

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// SaveRecord changes a record, or makes one where no record is named. Flows of the original say null in letters for no record.
var SaveRecord = flow.Block{
	Type: "SE_SFSaveLog", Label: "Save (or Create) a Record", Category: "Salesforce",
	Help: "Writes fields of a record; makes the record if no id is given. Fields that cannot be written are left out, and said so.",
	Inputs: []flow.Input{
		{Name: "recordId", Label: "Record Id", Help: "15 or 18 characters; unset or null makes a record."},
		{Name: "entityType", Label: "Entity type", Required: true, Help: "API name of the object, such as Contact."},
		{Name: "fieldValues", Label: "Field values", Kind: flow.Map, Help: "API names of fields, and what they become."},
	},
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "id", Place: flow.InCRM, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		values, _ := c.In.Get("fieldValues").(map[string]any)
		if len(values) == 0 {
			return flow.Outcome{}, &flow.Refused{Reason: "there are no field values to write"}
		}
		id, object := c.In.Text("recordId"), c.In.Text("entityType")
		if id == "" || id == "null" {
			return saved(c.Host.CRM.Create(ctx, c.Effect, object, values))
		}
		return saved(c.Host.CRM.Update(ctx, c.Effect, object, id, values))
	},
}
