package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/salesforce"
)

// DefaultFlow is a CTI flow that a new adapter record gets, with the event that fires it.
type DefaultFlow struct {
	Name, Source, Event string
	Script              string // the flow as JSON
	Inactive            bool   // it is there, and runs once somebody activates it
}

const (
	scriptsOf  = " FROM AC_CtiScript__c WHERE CTI_Adapter__c = "
	scripts    = "SELECT " + versions.Columns + scriptsOf
	oldScripts = "SELECT " + versions.OldColumns + scriptsOf
)

const lacksVersions = "The org lacks the objects and fields that keep versions of CTI Flows, or the user who reads it may not see them: " +
	"flows run as their records say. Run patchcord setup apply."

// flows are a record's active flows as they run. One that never had any, as when it was made by hand, gets the defaults; who deletes or
// deactivates them is left alone. lacks says that the org keeps no versions.
func (r *Reader) flows(ctx context.Context, crm *salesforce.Client, of record, types versions.Types) (all []versions.Running, lacks string,
	err error) {
	rows, lacks, err := readFlows(ctx, crm, of)
	if err == nil && len(rows) == 0 && len(r.defaults) > 0 {
		rows, err = r.install(ctx, crm, of)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read flows: %w", err)
	}
	rows = slices.DeleteFunc(rows, func(row versions.Row) bool { return !row.Active || row.Deleted })
	if lacks == "" {
		all, err = r.shelf.Running(ctx, crm, rows, types)
		if versions.Lacking(err) {
			lacks, err = lacksVersions, nil
		}
	}
	if lacks != "" {
		all = versions.Unversioned(rows, types)
	}
	return all, lacks, err
}

// readFlows reads a record's flows, those in the recycle bin included.
func readFlows(ctx context.Context, crm *salesforce.Client, of record) (rows []versions.Row, lacks string, err error) {
	rows, err = salesforce.QueryAll[versions.Row](ctx, crm, scripts+salesforce.Quote(of.Id))
	if versions.Lacking(err) {
		lacks = lacksVersions
		rows, err = salesforce.QueryAll[versions.Row](ctx, crm, oldScripts+salesforce.Quote(of.Id))
	}
	return rows, lacks, err
}

// defaultsClaim begins the key of the claim on a record's default flows, which its id ends. It is never forgotten. Set-up claims them by
// the same key.
const defaultsClaim = "defaults|"

const partClaim = "claim"

// install writes the default flows, once, whoever else does so: they and a claim on them come together or not at all, and who comes second
// reads what the first one wrote. They count even where the user may not write them.
func (r *Reader) install(ctx context.Context, crm *salesforce.Client, of record) (installed []versions.Row, err error) {
	all := salesforce.Composite{AllOrNone: true, Repeatable: true, Parts: []salesforce.Part{
		salesforce.Insert(partClaim, "AC_Claim__c", salesforce.Values{"Key__c": defaultsClaim + of.Id, "Record_Id__c": of.Id}),
	}}
	for n, f := range r.defaults {
		all.Parts = append(all.Parts, salesforce.Insert(partFlow(n), "AC_CtiScript__c", salesforce.Values{
			"Name": f.Name, "CTI_Adapter__c": of.Id, "Source__c": f.Source, "Event__c": f.Event, "Active__c": !f.Inactive,
			"Script__c": f.Script,
		}))
	}
	answers, err := crm.Composite(ctx, all)
	if part, ok := errors.AsType[*salesforce.PartError](err); ok && part.Part == partClaim && salesforce.IsCode(err, "DUPLICATE_VALUE") {
		rows, _, err := readFlows(ctx, crm, of)
		return rows, err
	}
	if err != nil {
		r.log.WarnContext(ctx, "default flows not written", "adapter", of.Name, "err", err)
	}
	for n, f := range r.defaults {
		id, failed := answers.ID(partFlow(n))
		if err != nil || failed != nil {
			id = "default " + f.Name
		}
		if f.Inactive {
			continue
		}
		installed = append(installed, versions.Row{Id: id, Name: f.Name, Source: f.Source, Event: f.Event, Script: f.Script, Active: true})
	}
	return installed, nil
}

func partFlow(n int) string { return "flow" + strconv.Itoa(n) }
