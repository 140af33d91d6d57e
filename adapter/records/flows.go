package records

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
)

// DefaultFlow is a CTI flow that a new adapter record gets, with the event that fires it.
type DefaultFlow struct {
	Name, Source, Event string
	Script              string // the flow as JSON
	Inactive            bool   // it is there, and runs once somebody activates it
}

type script struct {
	Id, Name string
	Source   string `json:"Source__c"`
	Event    string `json:"Event__c"`
	Script   string `json:"Script__c"`
	Active   bool   `json:"Active__c"`
	Deleted  bool   `json:"IsDeleted"`
}

const scriptFields = "SELECT Id, Name, Source__c, Event__c, Script__c, Active__c, IsDeleted FROM AC_CtiScript__c WHERE CTI_Adapter__c = "

// scripts are a record's active flows. One that never had any, as when it was made by hand, gets the defaults; who deletes or deactivates
// them is left alone.
func (r *Reader) scripts(ctx context.Context, crm *salesforce.Client, of record) ([]script, error) {
	all, err := salesforce.QueryAll[script](ctx, crm, scriptFields+salesforce.Quote(of.Id))
	if err != nil {
		return nil, fmt.Errorf("read flows: %w", err)
	}
	if len(all) == 0 {
		return r.install(ctx, crm, of), nil
	}
	var active []script
	for _, s := range all {
		if s.Active && !s.Deleted {
			active = append(active, s)
		}
	}
	return active, nil
}

// install writes the default flows. They count even where the user may not write them.
func (r *Reader) install(ctx context.Context, crm *salesforce.Client, of record) []script {
	var installed []script
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
		installed = append(installed, script{Id: id, Name: f.Name, Source: f.Source, Event: f.Event, Script: f.Script, Active: true})
	}
	return installed
}
