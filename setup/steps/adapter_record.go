package steps

import (
	"context"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// AdapterRecord is the record that ties a call center to an instance.
type AdapterRecord struct{ Record, Instance, Region, CallCenter, Country string }

// Name says what it is.
func (AdapterRecord) Name() string { return "adapter record" }

// Plan compares the record of the call center; fields that set-up does not know stay as they are.
func (s AdapterRecord) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	const fields = "Id, Amazon_Connect_Instance_Alias__c, Amazon_Connect_Instance_Region__c, Default_Country__c"
	row := Row{Object: "AC_CtiAdapter__c", Where: org.Equals("Call_Center_Definition_Name__c", s.CallCenter)}
	rows, err := org.Query[struct {
		Id       string
		Instance string `json:"Amazon_Connect_Instance_Alias__c"`
		Region   string `json:"Amazon_Connect_Instance_Region__c"`
		Country  string `json:"Default_Country__c"`
	}](ctx, p.CRM, "SELECT "+fields+" FROM AC_CtiAdapter__c WHERE "+row.Where)
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
	changes := existing{row, have.Id, "the softphone would look for another instance"}.differences(p, values...)
	if changes == nil {
		changes = []setup.Change{setup.Right("%s is named", s.Instance)}
	}
	return changes, nil
}
