package data

import "github.com/patchcord/patchcord/adapter/flow"

// SOQLQuery is what older flows call QueryValue.
var SOQLQuery = flow.Block{
	Type: "SE_SFSoqlQuery", Label: "SOQL Query", Category: "Salesforce", Help: queryHelp, Inputs: queryInputs,
	Ports: []flow.Port{flow.Success, flow.Failure}, Result: "value, a list of records", Place: flow.InCRM, Repeatable: true, Run: query,
}
