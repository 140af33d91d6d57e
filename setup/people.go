package setup

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/salesforce"
)

// person is what plans read of a user.
type person struct {
	Id           string
	Username     string
	IsActive     bool
	CallCenterId string
}

// ConfigError says which field of the configuration to mend, and how.
type ConfigError struct {
	Field   string
	Message string
	Err     error // what the platform said; nil if nothing was asked
}

// Error names the field first.
func (e *ConfigError) Error() string {
	text := e.Field + ": " + e.Message
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	return text
}

// Unwrap is what the platform said.
func (e *ConfigError) Unwrap() error { return e.Err }

// user finds a user by name; field is where the configuration names him.
func user(ctx context.Context, p Platforms, username, field string) (person, error) {
	found, err := salesforce.Query[person](ctx, p.CRM, "SELECT Id, Username, IsActive, CallCenterId FROM User WHERE "+equals("Username", username))
	switch {
	case err != nil:
		return person{}, err
	case len(found) == 0:
		return person{}, &ConfigError{Field: field, Message: fmt.Sprintf("the org has no user %s", username)}
	case !found[0].IsActive:
		return person{}, &ConfigError{Field: field, Message: fmt.Sprintf("the user %s is not active", username)}
	}
	return found[0], nil
}

// Assignments gives users their permission set.
type Assignments struct {
	Sets        map[string][]string // permission set to user names
	Integration string              // the adapter's own user, who gets AC_Administrator; "" for none
}

// Name says what it is.
func (Assignments) Name() string { return "permission sets" }

// Plan looks for each user's set.
func (s Assignments) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	var changes []Change
	for _, set := range slices.Sorted(maps.Keys(s.Sets)) {
		for _, username := range s.Sets[set] {
			c, err := s.one(ctx, p, username, set, "setup.people."+set, "without one of the sets a user does not see the softphone")
			if err != nil {
				return changes, err
			}
			changes = append(changes, c)
		}
	}
	if s.Integration == "" || slices.Contains(s.Sets["AC_Administrator"], s.Integration) {
		return changes, nil
	}
	c, err := s.one(ctx, p, s.Integration, "AC_Administrator", "salesforce.username", "the adapter reads its configuration as this user")
	return append(changes, c), err
}

func (s Assignments) one(ctx context.Context, p Platforms, username, set, field, why string) (Change, error) {
	who, err := user(ctx, p, username, field)
	if err != nil {
		return Change{}, err
	}
	where := "Assignee.Username = " + salesforce.Quote(username) + " AND PermissionSet.Name = " + salesforce.Quote(set)
	have, err := find(ctx, p.CRM, "PermissionSetAssignment", where)
	if err != nil {
		return Change{}, err
	}
	if have != "" {
		return right("%s has %s", username, set), nil
	}
	what := set + " for " + username
	return Change{Action: Create, What: what, Why: why, made: []Made{{Kind: Row, What: what, Object: "PermissionSetAssignment", Where: where}}, do: func(ctx context.Context) error {
		id, err := must(ctx, p.CRM, "PermissionSet", equals("Name", set))
		if err != nil {
			return err
		}
		_, err = p.CRM.Create(ctx, "PermissionSetAssignment", salesforce.Values{"AssigneeId": who.Id, "PermissionSetId": id})
		if salesforce.IsCode(err, "DUPLICATE_VALUE") {
			return nil
		}
		return err
	}}, nil
}

// CallCenterUsers puts users into the call center.
type CallCenterUsers struct {
	CallCenter string // internal name
	Usernames  []string
}

// Name says what it is.
func (CallCenterUsers) Name() string { return "call center users" }

// Plan finds the users outside, and those who would have to leave another call center.
func (s CallCenterUsers) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	centre, err := find(ctx, p.CRM, "CallCenter", equals("InternalName", s.CallCenter))
	if err != nil {
		return nil, err
	}
	var changes []Change
	for _, username := range s.Usernames {
		who, err := user(ctx, p, username, "setup.people")
		if err != nil {
			return changes, err
		}
		if centre != "" && who.CallCenterId == centre {
			changes = append(changes, right("%s is in the call center", username))
			continue
		}
		c := Change{Action: Create, What: username + " in the call center " + s.CallCenter, Why: "only its users see the softphone"}
		if who.CallCenterId != "" {
			c.Action, c.Old, c.New = Update, who.CallCenterId, s.CallCenter
			if names, err := query[struct{ InternalName string }](ctx, p.CRM, "SELECT InternalName FROM CallCenter WHERE "+equals("Id", who.CallCenterId)); err != nil {
				return changes, err
			} else if len(names) > 0 {
				c.Old = names[0].InternalName
			}
			c.Why = "a user has one call center"
		}
		c.made = []Made{{Kind: Field, What: c.What, Object: "User", Where: equals("Username", username), Name: "CallCenterId", Before: who.CallCenterId, After: centre}}
		c.do = func(ctx context.Context) error {
			id, err := must(ctx, p.CRM, "CallCenter", equals("InternalName", s.CallCenter))
			if err != nil {
				return err
			}
			return p.CRM.Update(ctx, "User", who.Id, salesforce.Values{"CallCenterId": id})
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// IntegrationUser is the user that the adapter signs in as when no agent is there.
type IntegrationUser struct{ Username string }

// Name says what it is.
func (IntegrationUser) Name() string { return "integration user" }

// Plan wants an active user; making one takes a licence, which is a person's decision.
func (s IntegrationUser) Plan(ctx context.Context, p Platforms) ([]Change, error) {
	if _, err := user(ctx, p, s.Username, "salesforce.username"); err != nil {
		return nil, err
	}
	return []Change{right("%s is active", s.Username)}, nil
}
