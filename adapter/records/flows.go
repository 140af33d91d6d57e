package records

import (
	"context"
	"fmt"
	"slices"

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
	rows, err := salesforce.QueryAll[versions.Row](ctx, crm, scripts+salesforce.Quote(of.Id))
	if versions.Lacking(err) {
		lacks = lacksVersions
		rows, err = salesforce.QueryAll[versions.Row](ctx, crm, oldScripts+salesforce.Quote(of.Id))
	}
	if err != nil {
		return nil, "", fmt.Errorf("read flows: %w", err)
	}
	if len(rows) == 0 {
		rows = r.install(ctx, crm, of)
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

// install writes the default flows. They count even where the user may not write them.
func (r *Reader) install(ctx context.Context, crm *salesforce.Client, of record) []versions.Row {
	var installed []versions.Row
	for _, f := range r.defaults {
		id, err := crm.Create(ctx, "AC_CtiScript__c", salesforce.Values{
			"Name": f.Name, "CTI_Adapter__c": of.Id, "Source__c": f.Source, "Event__c": f.Event, "Active__c": !f.Inactive,
			"Script__c": f.Script,
		})
		if err != nil {
			r.log.WarnContext(ctx, "default flow not written", "adapter", of.Name, "flow", f.Name, "err", err)
			id = "default " + f.Name
		}
		if f.Inactive {
			continue
		}
		installed = append(installed, versions.Row{Id: id, Name: f.Name, Source: f.Source, Event: f.Event, Script: f.Script, Active: true})
	}
	return installed
}
