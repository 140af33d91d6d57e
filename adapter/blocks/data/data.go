// Package data is the blocks that read and write records of the CRM.
//
// Read first: Blocks. What they ask of the org is asked with the agent's rights.
package data

import (
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{
	RunApex, SaveRecord, CreateTask, IsDoNotCall, QueryValue, SOQLQuery, GetLeadID, GetContactID, Retrieve,
}

// saved is how a block goes on that wrote a record.
func saved(record flow.Saved, err error) (flow.Outcome, error) {
	if err != nil {
		return flow.Outcome{}, err
	}
	out := flow.Outcome{Port: flow.Success, Result: map[string]any{"id": record.ID}}
	if record.ID == "" {
		out.Result = map[string]any{}
		out.Warning = "the record was made by an earlier attempt, and its id is not known"
	}
	if len(record.LeftOut) > 0 {
		out.Warning = "left out, because it cannot be written: " + strings.Join(record.LeftOut, ", ")
	}
	return out, nil
}
