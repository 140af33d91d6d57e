package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/sfdx"
)

// Toolkit is the custom setting that tells pages where things are.
type Toolkit struct{ URL, AdapterURL string }

// Name says what it is.
func (Toolkit) Name() string { return "Toolkit for Amazon Connect" }

// Plan compares the org's own row.
func (s Toolkit) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	orgs, err := salesforce.Query[idRow](ctx, p.CRM, "SELECT Id FROM Organization")
	if err != nil {
		return nil, err
	}
	if len(orgs) != 1 {
		return nil, fmt.Errorf("the org has %d rows of Organization", len(orgs))
	}
	where := equals("SetupOwnerId", orgs[0].Id)
	rows, err := query[struct {
		Id         string
		URL        string `json:"Url__c"`
		AdapterURL string `json:"Adapter_Url__c"`
	}](ctx, p.CRM, "SELECT Id, Url__c, Adapter_Url__c FROM AC_Toolkit__c WHERE "+where)
	if err != nil {
		return nil, err
	}
	const why = "the softphone page reads it"
	if len(rows) == 0 {
		what := "default organization level value: Url " + s.URL + ", Adapter Url " + s.AdapterURL
		return []Change{{Action: Create, What: what, Why: why, made: []Made{{Kind: Row, What: what, Object: "AC_Toolkit__c", Where: where}}, do: func(ctx context.Context) error {
			_, err := p.CRM.Create(ctx, "AC_Toolkit__c", salesforce.Values{"SetupOwnerId": orgs[0].Id, "Name": "Default", "Url__c": s.URL, "Adapter_Url__c": s.AdapterURL})
			return err
		}}}, nil
	}
	have := rows[0]
	var changes []Change
	if have.URL != s.URL {
		changes = append(changes, setField(p.CRM, "AC_Toolkit__c", have.Id, where, "Url__c", have.URL, s.URL, "Url", why))
	}
	if have.AdapterURL != s.AdapterURL {
		changes = append(changes, setField(p.CRM, "AC_Toolkit__c", have.Id, where, "Adapter_Url__c", have.AdapterURL, s.AdapterURL, "Adapter Url", why))
	}
	if changes == nil {
		changes = []Change{right("Url and Adapter Url are right")}
	}
	return changes, nil
}

// AdapterRecord is the record that ties a call center to an instance.
type AdapterRecord struct{ Record, Instance, Region, CallCenter, Country string }

// Name says what it is.
func (AdapterRecord) Name() string { return "adapter record" }

func (s AdapterRecord) where() string { return equals("Call_Center_Definition_Name__c", s.CallCenter) }

// Plan compares the record of the call center; fields that set-up does not know stay as they are.
func (s AdapterRecord) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	rows, err := query[struct {
		Id       string
		Instance string `json:"Amazon_Connect_Instance_Alias__c"`
		Region   string `json:"Amazon_Connect_Instance_Region__c"`
		Country  string `json:"Default_Country__c"`
	}](ctx, p.CRM, "SELECT Id, Amazon_Connect_Instance_Alias__c, Amazon_Connect_Instance_Region__c, Default_Country__c FROM AC_CtiAdapter__c WHERE "+s.where())
	if err != nil {
		return nil, err
	}
	const why = "the softphone would look for another instance"
	if len(rows) == 0 {
		what := s.Record + " for " + s.Instance + ", " + s.Region
		return []Change{{Action: Create, What: what, Why: "it ties the call center to the instance", made: []Made{{Kind: Row, What: what, Object: "AC_CtiAdapter__c", Where: s.where()}}, do: func(ctx context.Context) error {
			_, err := p.CRM.Create(ctx, "AC_CtiAdapter__c", salesforce.Values{"Name": s.Record, "Amazon_Connect_Instance_Alias__c": s.Instance, "Amazon_Connect_Instance_Region__c": s.Region, "Call_Center_Definition_Name__c": s.CallCenter, "Default_Country__c": s.Country})
			return err
		}}}, nil
	}
	var changes []Change
	for _, f := range []struct{ field, label, old, new string }{
		{"Amazon_Connect_Instance_Alias__c", "Amazon Connect Instance", rows[0].Instance, s.Instance},
		{"Amazon_Connect_Instance_Region__c", "Amazon Connect Instance Region", rows[0].Region, s.Region},
		{"Default_Country__c", "Default Country", rows[0].Country, s.Country},
	} {
		if f.old != f.new && f.new != "" {
			changes = append(changes, setField(p.CRM, "AC_CtiAdapter__c", rows[0].Id, s.where(), f.field, f.old, f.new, f.label, why))
		}
	}
	if changes == nil {
		changes = []Change{right("%s is named", s.Instance)}
	}
	return changes, nil
}

// Flows are the CTI flows of a new installation. A flow that is there stays as it is: somebody may have changed it.
type Flows struct{ CallCenter string }

// Name says what it is.
func (Flows) Name() string { return "CTI flows" }

// Plan looks for each flow by its name.
func (s Flows) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	flows, err := sfdx.Flows()
	if err != nil {
		return nil, err
	}
	adapter := equals("Call_Center_Definition_Name__c", s.CallCenter)
	id, err := find(ctx, p.CRM, "AC_CtiAdapter__c", adapter)
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, f := range flows {
		where := equals("Name", f.Name) + " AND CTI_Adapter__r." + adapter
		if id != "" {
			have, err := find(ctx, p.CRM, "AC_CtiScript__c", equals("Name", f.Name)+" AND "+equals("CTI_Adapter__c", id))
			if err != nil {
				return changes, err
			}
			if have != "" {
				changes = append(changes, right("%s is there", f.Name))
				continue
			}
		}
		what := f.Name
		changes = append(changes, Change{Action: Create, What: what, Why: "it runs on " + f.Event, made: []Made{{Kind: Row, What: what, Object: "AC_CtiScript__c", Where: where}}, do: func(ctx context.Context) error {
			id, err := must(ctx, p.CRM, "AC_CtiAdapter__c", adapter)
			if err != nil {
				return err
			}
			_, err = p.CRM.Create(ctx, "AC_CtiScript__c", salesforce.Values{"Name": f.Name, "CTI_Adapter__c": id, "Source__c": f.Source, "Event__c": f.Event, "Active__c": true, "Script__c": f.Script})
			return err
		}})
	}
	return changes, nil
}

// Records is a contact to try things with.
type Records struct{ Account, FirstName, LastName, Title, Phone, Email string }

// Name says what it is.
func (Records) Name() string { return "demo contact" }

// Plan looks for the contact.
func (s Records) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	where := equals("LastName", s.LastName) + " AND " + equals("Phone", s.Phone)
	have, err := find(ctx, p.CRM, "Contact", where)
	if err != nil || have != "" {
		return []Change{right("%s %s is there", s.FirstName, s.LastName)}, err
	}
	account := equals("Name", s.Account)
	made := []Made{{Kind: Row, What: "contact " + s.LastName, Object: "Contact", Where: where}}
	if have, err = find(ctx, p.CRM, "Account", account); err != nil {
		return nil, err
	}
	if have == "" {
		made = append([]Made{{Kind: Row, What: "account " + s.Account, Object: "Account", Where: account}}, made...)
	}
	return []Change{{
		Action: Create, What: "contact " + s.FirstName + " " + s.LastName + ", " + s.Phone,
		made: made,
		do: func(ctx context.Context) error {
			id, err := find(ctx, p.CRM, "Account", account)
			if err == nil && id == "" {
				id, err = p.CRM.Create(ctx, "Account", salesforce.Values{"Name": s.Account})
			}
			if err != nil {
				return err
			}
			_, err = p.CRM.Create(ctx, "Contact", salesforce.Values{"AccountId": id, "FirstName": s.FirstName, "LastName": s.LastName, "Title": s.Title, "Phone": s.Phone, "Email": s.Email})
			return err
		},
	}}, nil
}
