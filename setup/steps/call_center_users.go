package steps

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// CallCenterUsers puts users into the call center.
type CallCenterUsers struct {
	CallCenter string // internal name
	Usernames  []string
}

// Name says what it is.
func (CallCenterUsers) Name() string { return "call center users" }

// Plan finds the users outside, and those who would have to leave another call center.
func (s CallCenterUsers) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	row, _, err := FindCallCenter(ctx, p, s.CallCenter)
	if err != nil {
		return nil, err
	}
	centre := ""
	if row != nil {
		centre = row.ID
	}
	var changes []setup.Change
	for _, username := range s.Usernames {
		c, err := s.one(ctx, p, username, centre)
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// one plans for a user; centre is the call center's id, "" while the package has not brought it.
func (s CallCenterUsers) one(ctx context.Context, p setup.Platforms, username, centre string) (setup.Change, error) {
	who, err := findUser(ctx, p, username, "setup.people")
	if err != nil {
		return setup.Change{}, err
	}
	if centre != "" && who.CallCenterId == centre {
		return setup.Right("%s is in the call center", username), nil
	}
	what := username + " in the call center " + s.CallCenter
	c := setup.Change{
		Action: setup.Create, What: what, Why: "only its users see the softphone",
		Made: []setup.Made{{
			What: what, Before: who.CallCenterId, After: centre,
			Entry: Field{Object: "User", Where: org.Equals("Username", username), Name: "CallCenterId"},
		}},
		Do: func(ctx context.Context) error {
			row, _, err := FindCallCenter(ctx, p, s.CallCenter)
			if err == nil && row == nil {
				err = fmt.Errorf("the org has no call center %s of ours", s.CallCenter)
			}
			if err != nil {
				return err
			}
			return p.CRM.Update(ctx, "User", who.Id, salesforce.Values{"CallCenterId": row.ID})
		},
	}
	if who.CallCenterId == "" {
		return c, nil
	}
	c.Action, c.Old, c.New, c.Why = setup.Update, who.CallCenterId, s.CallCenter, "a user has one call center"
	soql := "SELECT InternalName FROM CallCenter WHERE " + org.Equals("Id", who.CallCenterId)
	names, err := org.Query[struct{ InternalName string }](ctx, p.CRM, soql)
	if len(names) > 0 {
		c.Old = names[0].InternalName
		if c.Old == s.CallCenter {
			c.Old += " of a package" // of the same name
		}
	}
	return c, err
}
