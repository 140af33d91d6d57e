package steps

import (
	"context"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// DemoContact is a contact to try things with. Only the sandbox takes this step, behind the others.
type DemoContact struct{ Account, FirstName, LastName, Title, Phone, Email string }

// Name says what it is.
func (DemoContact) Name() string { return "demo contact" }

// Plan looks for the contact.
func (s DemoContact) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	contact := Row{Object: "Contact", Where: org.Equals("LastName", s.LastName) + " AND " + org.Equals("Phone", s.Phone)}
	have, err := org.Find(ctx, p.CRM, contact.Object, contact.Where)
	if err != nil || have != "" {
		return []setup.Change{setup.Right("%s %s is there", s.FirstName, s.LastName)}, err
	}
	account := Row{Object: "Account", Where: org.Equals("Name", s.Account)}
	made := []setup.Made{{What: "contact " + s.LastName, Entry: contact}}
	if have, err = org.Find(ctx, p.CRM, account.Object, account.Where); err != nil {
		return nil, err
	}
	if have == "" {
		made = append([]setup.Made{{What: "account " + s.Account, Entry: account}}, made...)
	}
	return []setup.Change{{
		Action: setup.Create, What: "contact " + s.FirstName + " " + s.LastName + ", " + s.Phone, Made: made,
		Do: func(ctx context.Context) error {
			id, err := org.Find(ctx, p.CRM, account.Object, account.Where)
			if err == nil && id == "" {
				id, err = p.CRM.Create(ctx, account.Object, salesforce.Values{"Name": s.Account})
			}
			if err != nil {
				return err
			}
			_, err = p.CRM.Create(ctx, contact.Object, salesforce.Values{
				"AccountId": id, "FirstName": s.FirstName, "LastName": s.LastName,
				"Title": s.Title, "Phone": s.Phone, "Email": s.Email,
			})
			return err
		},
	}}, nil
}
