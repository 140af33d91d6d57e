package sandbox

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crowd"
)

// LoadContacts fills the CRM up to n made-up contacts with their accounts. Those that a kept org has already are not loaded again.
// told hears how many contacts are there; it may be called often.
func (s *Sandbox) LoadContacts(ctx context.Context, n int, told func(contacts int)) error {
	if n < 0 || n > crowd.Most {
		return fmt.Errorf("contacts: %d is not between 0 and %d", n, crowd.Most)
	}
	owner, err := s.owner(ctx)
	if err != nil {
		return err
	}
	accounts := records.Load{Object: "Account", Rows: (n + crowd.PerAccount - 1) / crowd.PerAccount, Row: func(i int) records.Values {
		c := crowd.Account(i)
		return records.Values{"Name": c.Name, "Industry": c.Industry, "BillingCity": c.City, "BillingCountry": c.Country, "OwnerId": owner}
	}}
	if err := s.org.Load(ctx, accounts, func(int) {}); err != nil {
		return err
	}
	return s.org.Load(ctx, records.Load{Object: "Contact", Rows: n, Row: func(i int) records.Values {
		p := crowd.Contact(i)
		return records.Values{
			"FirstName": p.First, "LastName": p.Last, "AccountId": string(s.org.LoadedID("Account", p.Account)), "Title": p.Title,
			"Phone": p.Phone, "Email": p.Email, "MailingCity": p.City, "MailingCountry": p.Country, "OwnerId": owner,
		}
	}}, told)
}

// owner is the administrator, whom all made-up records belong to.
func (s *Sandbox) owner(ctx context.Context) (string, error) {
	for _, p := range s.cfg.People {
		if p.Role == "administrator" {
			u, err := s.org.People.UserByName(ctx, p.Username)
			return string(u.ID), err
		}
	}
	return "", errors.New("contacts: the sandbox has no administrator to own them")
}
