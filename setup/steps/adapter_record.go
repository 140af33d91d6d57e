package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// AdapterRecord is the record that ties a call center to an instance.
type AdapterRecord struct{ Record, Instance, Region, CallCenter, Country string }

// Name says what it is.
func (AdapterRecord) Name() string { return "adapter record" }

// adapterRow is the record as set-up reads it.
type adapterRow struct {
	Id, Name string
	Active   bool   `json:"Active__c"`
	Instance string `json:"Amazon_Connect_Instance_Alias__c"`
	Region   string `json:"Amazon_Connect_Instance_Region__c"`
	Country  string `json:"Default_Country__c"`
}

// Plan compares the record of the call center; fields that set-up does not know stay as they are. The adapter wants
// exactly one active record: an only one is made so, but of several nobody knows which one is meant.
func (s AdapterRecord) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	const fields = "Id, Name, Active__c, Amazon_Connect_Instance_Alias__c, Amazon_Connect_Instance_Region__c, Default_Country__c"
	row := Row{Object: "AC_CtiAdapter__c", Where: org.Equals("Call_Center_Definition_Name__c", s.CallCenter)}
	rows, err := org.Query[adapterRow](ctx, p.CRM, "SELECT "+fields+" FROM AC_CtiAdapter__c WHERE "+row.Where)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		what := s.Record + " for " + s.Instance + ", " + s.Region
		return []setup.Change{oneRow(p, what, "it ties the call center to the instance", row, fixed(salesforce.Values{
			"Name": s.Record, "Amazon_Connect_Instance_Alias__c": s.Instance, "Amazon_Connect_Instance_Region__c": s.Region,
			"Call_Center_Definition_Name__c": s.CallCenter, "Default_Country__c": s.Country,
		}))}, nil
	}
	have := rows[0]
	if len(rows) > 1 {
		active := slices.DeleteFunc(slices.Clone(rows), func(r adapterRow) bool { return !r.Active })
		if len(active) != 1 {
			return []setup.Change{s.choose(rows, len(active))}, nil
		}
		have, row.Where = active[0], org.Equals("Id", active[0].Id)
	}
	changes := s.compare(p, existing{row, have.Id, "the softphone would look for another instance"}, have)
	if changes == nil {
		changes = []setup.Change{setup.Right("%s is named", s.Instance)}
	}
	return changes, nil
}

// choose is what a person does about several records of one call center.
func (s AdapterRecord) choose(rows []adapterRow, active int) setup.Change {
	var names []string
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return setup.Change{
		Action: setup.Person,
		What: fmt.Sprintf("Leave Active on exactly one of the AC CTI Adapter records that name the call center %s (%s): %d are.",
			s.CallCenter, strings.Join(names, ", "), active),
		Why: "the adapter lets nobody in while it does not know which record is meant",
	}
}

// compare plans the values that the one record lacks.
func (s AdapterRecord) compare(p setup.Platforms, record existing, have adapterRow) []setup.Change {
	values := []value{
		{"Amazon_Connect_Instance_Alias__c", "Amazon Connect Instance", have.Instance, s.Instance},
		{"Amazon_Connect_Instance_Region__c", "Amazon Connect Instance Region", have.Region, s.Region},
		{"Default_Country__c", "Default Country", have.Country, s.Country},
	}
	for i, v := range values {
		if v.new == "" { // nobody says what it should be
			values[i].new = v.old
		}
	}
	changes := record.differences(p, values...)
	if have.Active {
		return changes
	}
	return append(changes, setup.Change{
		Action: setup.Update, What: "Active", Old: "false", New: "true",
		Why: "the adapter takes no notice of a record that is not active",
		Do: func(ctx context.Context) error {
			return p.CRM.Update(ctx, record.Object, record.id, salesforce.Values{"Active__c": true})
		},
		Made: []setup.Made{{
			What: "Active of the adapter record", Before: "false", After: "true",
			Entry: Field{Object: record.Object, Where: record.Where, Name: "Active__c"},
		}},
	})
}
