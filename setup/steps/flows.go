package steps

import (
	"context"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Flows are the CTI flows of a new installation. A flow that is there stays as it is: somebody may have changed it.
type Flows struct{ CallCenter string }

// Name says what it is.
func (Flows) Name() string { return "CTI flows" }

// Plan looks for each flow by its name.
func (s Flows) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	flows, err := sfdx.Flows()
	if err != nil {
		return nil, err
	}
	adapter := org.Equals("Call_Center_Definition_Name__c", s.CallCenter)
	id, err := org.Find(ctx, p.CRM, "AC_CtiAdapter__c", adapter)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, f := range flows {
		if id != "" {
			where := org.Equals("Name", f.Name) + " AND " + org.Equals("CTI_Adapter__c", id)
			have, err := org.Find(ctx, p.CRM, "AC_CtiScript__c", where)
			if err != nil {
				return changes, err
			}
			if have != "" {
				changes = append(changes, setup.Right("%s is there", f.Name))
				continue
			}
		}
		row := Row{Object: "AC_CtiScript__c", Where: org.Equals("Name", f.Name) + " AND CTI_Adapter__r." + adapter}
		values := func(ctx context.Context) (salesforce.Values, error) {
			id, err := org.Must(ctx, p.CRM, "AC_CtiAdapter__c", adapter)
			return salesforce.Values{
				"Name": f.Name, "CTI_Adapter__c": id, "Source__c": f.Source, "Event__c": f.Event,
				"Active__c": !f.Inactive, "Script__c": f.Script,
			}, err
		}
		why := "it runs on " + f.Event
		if f.Inactive {
			why = "inactive, an example: it would run on " + f.Event + ", once its search text is yours"
		}
		changes = append(changes, unlessClaimed(p, adapter, oneRow(p, f.Name, why, row, values)))
	}
	return changes, nil
}

// unlessClaimed makes a flow only if it is not there when its turn comes: an adapter that runs writes the flows of a record that has none,
// with a claim on them. Once that is there, no adapter writes any.
func unlessClaimed(p setup.Platforms, adapter string, c setup.Change) setup.Change {
	create, row := c.Do, c.Made[0].Entry.(Row)
	c.Do = func(ctx context.Context) error {
		id, err := org.Must(ctx, p.CRM, "AC_CtiAdapter__c", adapter)
		if err != nil {
			return err
		}
		claim := salesforce.Values{"Key__c": defaultsClaim + id, "Record_Id__c": id}
		if _, err := p.CRM.Create(ctx, "AC_Claim__c", claim); err != nil && !salesforce.IsCode(err, "DUPLICATE_VALUE") {
			return err
		}
		have, err := org.Find(ctx, p.CRM, row.Object, row.Where)
		if err != nil || have != "" {
			return err
		}
		return create(ctx)
	}
	return c
}

// defaultsClaim begins the key of the claim on a record's default flows, which its id ends; adapters write the same.
const defaultsClaim = "defaults|"
