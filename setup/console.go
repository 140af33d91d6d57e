package setup

import (
	"bytes"
	"context"
	"encoding/xml"
	"slices"

	"github.com/patchcord/patchcord/package"
	"github.com/patchcord/patchcord/salesforce"
)

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails
	return b.String()
}

// Console is the softphone in the Service Console's utility bar, and the adapter's tab in its menu.
type Console struct{ Known bool } // deployed before; what the console holds is read by nobody yet

// Name says what it is.
func (Console) Name() string { return "Service Console" }

// Plan trusts what the caller remembers.
func (s Console) Plan(context.Context, Platforms) (Change, error) {
	if s.Known {
		return Change{Action: Nothing, What: "softphone in the utility bar"}, nil
	}
	return Change{Action: Create, What: "Open CTI Softphone in the utility bar of Service Console", Why: "agents open the softphone there"}, nil
}

const utilityBarXML = `<?xml version="1.0" encoding="UTF-8"?>
<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata">
    <flexiPageRegions>
        <itemInstances>
            <componentInstance>
                <componentInstanceProperties><name>label</name><type>decorator</type><value>Phone</value></componentInstanceProperties>
                <componentInstanceProperties><name>icon</name><type>decorator</type><value>call</value></componentInstanceProperties>
                <componentInstanceProperties><name>height</name><type>decorator</type><value>570</value></componentInstanceProperties>
                <componentInstanceProperties><name>width</name><type>decorator</type><value>330</value></componentInstanceProperties>
                <componentInstanceProperties><name>eager</name><type>decorator</type><value>true</value></componentInstanceProperties>
                <componentName>opencti:softPhone</componentName>
                <identifier>opencti_softPhone</identifier>
            </componentInstance>
        </itemInstances>
        <name>utilityItems</name>
        <type>Region</type>
    </flexiPageRegions>
    <masterLabel>Patchcord Utility Bar</masterLabel>
    <template><name>one:utilityBarTemplateDesktop</name></template>
    <type>UtilityBar</type>
</FlexiPage>
`

const consoleXML = `<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Service Console</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>standard-Account</tabs>
    <tabs>standard-Contact</tabs>
    <tabs>standard-Case</tabs>
    <tabs>standard-Lead</tabs>
    <tabs>standard-Task</tabs>
    <tabs>AC_CtiAdapter__c</tabs>
    <uiType>Lightning</uiType>
    <utilityBar>Patchcord_UtilityBar</utilityBar>
</CustomApplication>
`

// Apply deploys both.
func (Console) Apply(ctx context.Context, p Platforms) error {
	b := sfdx.Bundle{}
	b.Add("FlexiPage", "Patchcord_UtilityBar", "flexipages/Patchcord_UtilityBar.flexipage", []byte(utilityBarXML))
	b.Add("CustomApplication", "standard__LightningService", "applications/standard__LightningService.app", []byte(consoleXML))
	archive, err := b.Archive()
	if err != nil {
		return err
	}
	return p.CRM.Deploy(ctx, archive, nil)
}

// ApprovedOrigins lets the org's pages frame the contact centre's panel.
type ApprovedOrigins struct {
	Alias   string
	Origins []string
}

// Name says what it is.
func (ApprovedOrigins) Name() string { return "approved origins" }

func (s ApprovedOrigins) missing(ctx context.Context, p Platforms) (instance string, missing []string, err error) {
	found, err := p.Connect.InstanceByAlias(ctx, s.Alias)
	if err != nil {
		return "", nil, err
	}
	have, err := p.Connect.ApprovedOrigins(ctx, found.ID)
	for _, origin := range s.Origins {
		if !slices.Contains(have, origin) {
			missing = append(missing, origin)
		}
	}
	return found.ID, missing, err
}

// Plan lists the origins that are not approved.
func (s ApprovedOrigins) Plan(ctx context.Context, p Platforms) (Change, error) {
	_, missing, err := s.missing(ctx, p)
	if err != nil || len(missing) == 0 {
		return Change{Action: Nothing, What: "origins approved"}, err
	}
	what := "approved origins"
	for _, origin := range missing {
		what += " " + origin
	}
	return Change{Action: Create, What: what, Why: "the softphone page frames the panel"}, nil
}

// Apply approves them.
func (s ApprovedOrigins) Apply(ctx context.Context, p Platforms) error {
	instance, missing, err := s.missing(ctx, p)
	if err != nil {
		return err
	}
	for _, origin := range missing {
		if err := p.Connect.ApproveOrigin(ctx, instance, origin); err != nil {
			return err
		}
	}
	return nil
}

// Records is a contact to try things with.
type Records struct{ Account, FirstName, LastName, Title, Phone, Email string }

// Name says what it is.
func (Records) Name() string { return "demo contact" }

func (s Records) id(ctx context.Context, p Platforms) (string, error) {
	return find(ctx, p.CRM, "SELECT Id FROM Contact WHERE LastName = "+salesforce.Quote(s.LastName)+" AND Phone = "+salesforce.Quote(s.Phone))
}

// Plan looks for the contact.
func (s Records) Plan(ctx context.Context, p Platforms) (Change, error) {
	id, err := s.id(ctx, p)
	if err != nil || id != "" {
		return Change{Action: Nothing, What: "demo contact there"}, err
	}
	return Change{Action: Create, What: "contact " + s.FirstName + " " + s.LastName + ", " + s.Phone}, nil
}

// Apply makes account and contact.
func (s Records) Apply(ctx context.Context, p Platforms) error {
	account, err := p.CRM.Create(ctx, "Account", salesforce.Values{"Name": s.Account})
	if err != nil {
		return err
	}
	_, err = p.CRM.Create(ctx, "Contact", salesforce.Values{"AccountId": account, "FirstName": s.FirstName, "LastName": s.LastName, "Title": s.Title, "Phone": s.Phone, "Email": s.Email})
	return err
}
