package steps

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// Toolkit is the custom setting that tells pages where things are.
type Toolkit struct{ URL, AdapterURL string }

// Name says what it is.
func (Toolkit) Name() string { return "Toolkit for Amazon Connect" }

// Plan compares the org's own row.
func (s Toolkit) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	orgs, err := salesforce.Query[struct{ Id string }](ctx, p.CRM, "SELECT Id FROM Organization")
	if err != nil {
		return nil, err
	}
	if len(orgs) != 1 {
		return nil, fmt.Errorf("the org has %d rows of Organization", len(orgs))
	}
	row := Row{Object: "AC_Toolkit__c", Where: org.Equals("SetupOwnerId", orgs[0].Id)}
	rows, err := org.Query[struct {
		Id         string
		URL        string `json:"Url__c"`
		AdapterURL string `json:"Adapter_Url__c"`
	}](ctx, p.CRM, "SELECT Id, Url__c, Adapter_Url__c FROM AC_Toolkit__c WHERE "+row.Where)
	if err != nil {
		return nil, err
	}
	const why = "the softphone page reads it"
	if len(rows) == 0 {
		what := "default organization level value: Url " + s.URL + ", Adapter Url " + s.AdapterURL
		return []setup.Change{oneRow(p, what, why, row, fixed(salesforce.Values{
			"SetupOwnerId": orgs[0].Id, "Name": "Default", "Url__c": s.URL, "Adapter_Url__c": s.AdapterURL,
		}))}, nil
	}
	have := rows[0]
	changes := existing{row, have.Id, why}.differences(p,
		value{"Url__c", "Url", have.URL, s.URL},
		value{"Adapter_Url__c", "Adapter Url", have.AdapterURL, s.AdapterURL},
	)
	if changes == nil {
		changes = []setup.Change{setup.Right("Url and Adapter Url are right")}
	}
	return changes, nil
}
