package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/package"
	"github.com/patchcord/patchcord/salesforce"
)

type row struct{ Id string }

// find gives the id of the first record of a query; "" if there is none.
func find(ctx context.Context, crm *salesforce.Client, soql string) (string, error) {
	rows, err := salesforce.Query[row](ctx, crm, soql)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Id, nil
}

// Package is the Salesforce package in the org.
type Package struct{}

// Name says what it is.
func (Package) Name() string { return "Salesforce package" }

// Plan looks for the package's page and permission set.
func (Package) Plan(ctx context.Context, p Platforms) (Change, error) {
	page, err := find(ctx, p.CRM, "SELECT Id FROM ApexPage WHERE Name = 'AC_LightningAdapter'")
	if err != nil {
		return Change{}, err
	}
	set, err := find(ctx, p.CRM, "SELECT Id FROM PermissionSet WHERE Name = 'AC_Agent'")
	if err != nil || page != "" && set != "" {
		return Change{Action: Nothing, What: "package installed"}, err
	}
	return Change{Action: Create, What: "package: objects, permission sets, softphone page, call center", Why: "the softphone is part of it"}, nil
}

// Apply deploys it.
func (Package) Apply(ctx context.Context, p Platforms) error {
	archive, err := sfdx.Archive()
	if err != nil {
		return err
	}
	return p.CRM.Deploy(ctx, archive, nil)
}

// OAuthApp gives the External Client App its consumer key and its certificate, which no package may carry.
type OAuthApp struct {
	CallbackURL, ClientID string
	Certificate           string // base64 of DER
	Known                 bool   // deployed before with these values: there is no published way to read them back
}

// Name says what it is.
func (OAuthApp) Name() string { return "OAuth settings" }

// Plan trusts what the caller remembers.
func (s OAuthApp) Plan(context.Context, Platforms) (Change, error) {
	if s.Known {
		return Change{Action: Nothing, What: "External Client App Patchcord set up"}, nil
	}
	return Change{Action: Create, What: "callback URL and certificate of the External Client App Patchcord", Why: "the adapter signs in with it"}, nil
}

const oauthXML = `<?xml version="1.0" encoding="UTF-8"?>
<ExtlClntAppGlobalOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">
    <callbackUrl>%s</callbackUrl>
    <certificate>%s</certificate>
    <consumerKey>%s</consumerKey>
    <externalClientApplication>Patchcord</externalClientApplication>
    <isConsumerSecretOptional>true</isConsumerSecretOptional>
    <isPkceRequired>true</isPkceRequired>
    <label>Patchcord global OAuth</label>
</ExtlClntAppGlobalOauthSettings>
`

// Apply deploys it.
func (s OAuthApp) Apply(ctx context.Context, p Platforms) error {
	b := sfdx.Bundle{}
	b.Add("ExtlClntAppGlobalOauthSettings", "Patchcord_glbloauth", "extlClntAppGlobalOauthSets/Patchcord_glbloauth.ecaGlblOauth",
		fmt.Appendf(nil, oauthXML, escape(s.CallbackURL), escape(s.Certificate), escape(s.ClientID)))
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return p.CRM.Deploy(ctx, archive, nil)
}

// Assignments gives users a permission set each.
type Assignments struct{ Sets map[string]string } // username to permission set

// Name says what it is.
func (Assignments) Name() string { return "permission sets" }

// Plan counts the users without theirs.
func (s Assignments) Plan(ctx context.Context, p Platforms) (Change, error) {
	missing := 0
	for username, set := range s.Sets {
		id, err := s.assigned(ctx, p, username, set)
		if err != nil {
			return Change{}, err
		}
		if id == "" {
			missing++
		}
	}
	if missing == 0 {
		return Change{Action: Nothing, What: "permission sets assigned"}, nil
	}
	return Change{Action: Create, What: fmt.Sprintf("permission sets for %d users", missing), Why: "without one a user does not see the adapter"}, nil
}

func (Assignments) assigned(ctx context.Context, p Platforms, username, set string) (string, error) {
	return find(ctx, p.CRM, "SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = "+salesforce.Quote(username)+" AND PermissionSet.Name = "+salesforce.Quote(set))
}

// Apply assigns them.
func (s Assignments) Apply(ctx context.Context, p Platforms) error {
	for username, set := range s.Sets {
		have, err := s.assigned(ctx, p, username, set)
		if err != nil || have != "" {
			if err != nil {
				return err
			}
			continue
		}
		user, err := find(ctx, p.CRM, "SELECT Id FROM User WHERE Username = "+salesforce.Quote(username))
		if err != nil {
			return err
		}
		id, err := find(ctx, p.CRM, "SELECT Id FROM PermissionSet WHERE Name = "+salesforce.Quote(set))
		if err != nil {
			return err
		}
		if user == "" || id == "" {
			return fmt.Errorf("assign %s to %s: one of them does not exist", set, username)
		}
		if _, err := p.CRM.Create(ctx, "PermissionSetAssignment", salesforce.Values{"AssigneeId": user, "PermissionSetId": id}); err != nil && !salesforce.IsCode(err, "DUPLICATE_VALUE") {
			return err
		}
	}
	return nil
}

// CallCenterUsers puts users into the call center.
type CallCenterUsers struct {
	CallCenter string // internal name
	Usernames  []string
}

// Name says what it is.
func (CallCenterUsers) Name() string { return "call center users" }

// Plan counts the users outside.
func (s CallCenterUsers) Plan(ctx context.Context, p Platforms) (Change, error) {
	todo, _, err := s.outside(ctx, p)
	if err != nil || len(todo) == 0 {
		return Change{Action: Nothing, What: "users in the call center"}, err
	}
	return Change{Action: Create, What: fmt.Sprintf("%d users in the call center %s", len(todo), s.CallCenter), Why: "only they see the softphone"}, nil
}

func (s CallCenterUsers) outside(ctx context.Context, p Platforms) (users []string, centre string, err error) {
	if centre, err = find(ctx, p.CRM, "SELECT Id FROM CallCenter WHERE InternalName = "+salesforce.Quote(s.CallCenter)); err != nil {
		return nil, "", err
	}
	for _, username := range s.Usernames {
		found, err := salesforce.Query[struct{ Id, CallCenterId string }](ctx, p.CRM, "SELECT Id, CallCenterId FROM User WHERE Username = "+salesforce.Quote(username))
		if err != nil {
			return nil, "", err
		}
		if len(found) == 1 && (centre == "" || found[0].CallCenterId != centre) {
			users = append(users, found[0].Id)
		}
	}
	return users, centre, nil
}

// Apply puts them in.
func (s CallCenterUsers) Apply(ctx context.Context, p Platforms) error {
	users, centre, err := s.outside(ctx, p)
	if err != nil {
		return err
	}
	if centre == "" {
		return fmt.Errorf("call center %s does not exist", s.CallCenter)
	}
	for _, id := range users {
		if err := p.CRM.Update(ctx, "User", id, salesforce.Values{"CallCenterId": centre}); err != nil {
			return err
		}
	}
	return nil
}

// Toolkit is the custom setting that tells pages where things are.
type Toolkit struct{ URL, AdapterURL string }

// Name says what it is.
func (Toolkit) Name() string { return "toolkit settings" }

type toolkitRow struct {
	Id         string
	URL        string `json:"Url__c"`
	AdapterURL string `json:"Adapter_Url__c"`
}

func (s Toolkit) row(ctx context.Context, p Platforms) (have *toolkitRow, org string, err error) {
	if org, err = find(ctx, p.CRM, "SELECT Id FROM Organization"); err != nil {
		return nil, "", err
	}
	rows, err := salesforce.Query[toolkitRow](ctx, p.CRM, "SELECT Id, Url__c, Adapter_Url__c FROM AC_Toolkit__c WHERE SetupOwnerId = "+salesforce.Quote(org))
	if err != nil || len(rows) == 0 {
		return nil, org, err
	}
	return &rows[0], org, nil
}

// Plan compares the org's own row.
func (s Toolkit) Plan(ctx context.Context, p Platforms) (Change, error) {
	have, _, err := s.row(ctx, p)
	switch {
	case err != nil:
		return Change{}, err
	case have == nil:
		return Change{Action: Create, What: "Toolkit for Amazon Connect: " + s.URL, Why: "the softphone page reads it"}, nil
	case have.URL != s.URL || have.AdapterURL != s.AdapterURL:
		return Change{Action: Update, What: fmt.Sprintf("Toolkit for Amazon Connect: %s → %s", have.URL, s.URL), Why: "the softphone page reads it"}, nil
	}
	return Change{Action: Nothing, What: "toolkit settings right"}, nil
}

// Apply writes the row.
func (s Toolkit) Apply(ctx context.Context, p Platforms) error {
	have, org, err := s.row(ctx, p)
	if err != nil {
		return err
	}
	values := salesforce.Values{"Url__c": s.URL, "Adapter_Url__c": s.AdapterURL}
	if have != nil {
		return p.CRM.Update(ctx, "AC_Toolkit__c", have.Id, values)
	}
	values["SetupOwnerId"], values["Name"] = org, "Default"
	_, err = p.CRM.Create(ctx, "AC_Toolkit__c", values)
	return err
}

// AdapterRecord is the adapter record with the flows of a new installation.
type AdapterRecord struct{ Record, Instance, Region, CallCenter, Country string }

// Name says what it is.
func (AdapterRecord) Name() string { return "adapter record" }

// Plan looks for the record of the call center.
func (s AdapterRecord) Plan(ctx context.Context, p Platforms) (Change, error) {
	have, err := salesforce.Query[struct {
		Id       string
		Instance string `json:"Amazon_Connect_Instance_Alias__c"`
	}](ctx, p.CRM, "SELECT Id, Amazon_Connect_Instance_Alias__c FROM AC_CtiAdapter__c WHERE Call_Center_Definition_Name__c = "+salesforce.Quote(s.CallCenter))
	switch {
	case err != nil:
		return Change{}, err
	case len(have) == 0:
		return Change{Action: Create, What: "adapter record " + s.Record + " with its flows", Why: "it ties the call center to the instance"}, nil
	case have[0].Instance != s.Instance:
		return Change{Action: Update, What: fmt.Sprintf("adapter record: %s → %s", have[0].Instance, s.Instance), Why: "the softphone would look for the wrong instance"}, nil
	}
	return Change{Action: Nothing, What: "adapter record right"}, nil
}

// Apply writes the record and the flows that it lacks; flows that are there stay as they are.
func (s AdapterRecord) Apply(ctx context.Context, p Platforms) error {
	values := salesforce.Values{"Name": s.Record, "Amazon_Connect_Instance_Alias__c": s.Instance, "Amazon_Connect_Instance_Region__c": s.Region, "Call_Center_Definition_Name__c": s.CallCenter, "Default_Country__c": s.Country}
	id, err := find(ctx, p.CRM, "SELECT Id FROM AC_CtiAdapter__c WHERE Call_Center_Definition_Name__c = "+salesforce.Quote(s.CallCenter))
	if err != nil {
		return err
	}
	if id != "" {
		err = p.CRM.Update(ctx, "AC_CtiAdapter__c", id, salesforce.Values{"Amazon_Connect_Instance_Alias__c": s.Instance})
	} else {
		id, err = p.CRM.Create(ctx, "AC_CtiAdapter__c", values)
	}
	if err != nil {
		return err
	}
	flows, err := sfdx.Flows()
	if err != nil {
		return err
	}
	for _, f := range flows {
		have, err := find(ctx, p.CRM, "SELECT Id FROM AC_CtiScript__c WHERE CTI_Adapter__c = "+salesforce.Quote(id)+" AND Name = "+salesforce.Quote(f.Name))
		if err != nil {
			return err
		}
		if have != "" {
			continue
		}
		if _, err := p.CRM.Create(ctx, "AC_CtiScript__c", salesforce.Values{"Name": f.Name, "CTI_Adapter__c": id, "Source__c": f.Source, "Event__c": f.Event, "Active__c": true, "Script__c": f.Script}); err != nil {
			return fmt.Errorf("flow %s: %w", f.Name, err)
		}
	}
	return nil
}
