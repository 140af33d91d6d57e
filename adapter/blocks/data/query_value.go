package data

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/adapter/flow"
)

// QueryValue runs a query that the administrator wrote. Values that stand in it are put there as values, see compile.
var QueryValue = flow.Block{
	Type: "SE_SFQueryValue", Label: "Query value", Category: "Salesforce", Help: queryHelp, Inputs: queryInputs,
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "value, a list of records", Place: flow.InCRM, Repeatable: true, Run: query,
}

const queryHelp = "Asks the org by SOQL and gives at most 200 records. Write the query here, or in a String Template whose variables are " +
	"the values that it compares with."

var queryInputs = []flow.Input{{Name: "query", Label: "Query", Required: true, Help: "Such as SELECT Id FROM Case WHERE IsClosed = false."}}

func query(ctx context.Context, c flow.Call) (flow.Outcome, error) {
	q, err := compile(c.In.Template("query"))
	if err != nil {
		return flow.Outcome{}, err
	}
	found, err := c.Host.CRM.Query(ctx, q)
	if err != nil {
		return flow.Outcome{}, err
	}
	out := flow.Outcome{Port: flow.Success, Result: map[string]any{"value": found.Records}}
	if found.Total > len(found.Records) {
		out.Warning = fmt.Sprintf("these are the first %d of %d records", len(found.Records), found.Total)
	}
	return out, nil
}
