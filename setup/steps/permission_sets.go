package steps

import (
	"context"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/rights"
)

// PermissionSets gives users their permission set; whoever runs set-up gets the one that writes the package's records.
type PermissionSets struct {
	Sets        map[string][]string // permission set to user names
	Integration string              // the adapter's own user, who gets AC_Integration; "" for none
}

// Name says what it is.
func (PermissionSets) Name() string { return "permission sets" }

// Plan looks for each user's set.
func (s PermissionSets) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	all := s.assignments()
	own, err := s.own(ctx, p)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, a := range append(own, all...) {
		c, err := a.plan(ctx, p)
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// assignment is one user's set; field is where the configuration asks for it.
type assignment struct{ username, set, field, why string }

func (s PermissionSets) assignments() []assignment {
	var all []assignment
	for _, set := range slices.Sorted(maps.Keys(s.Sets)) {
		for _, username := range s.Sets[set] {
			all = append(all, assignment{
				username, set, "setup.people." + set, "without one of the sets a user does not see the softphone",
			})
		}
	}
	if s.Integration != "" {
		all = append(all, assignment{
			s.Integration, rights.IntegrationSet, "salesforce.username",
			"the adapter reads its configuration and writes its rows as this user",
		})
	}
	return all
}

// own is the set of whoever runs set-up, if nothing else gives it and the sign-in told who that is.
func (s PermissionSets) own(ctx context.Context, p setup.Platforms) ([]assignment, error) {
	session := p.CRM.Session()
	name := session.Username
	if name == "" && session.UserID != "" {
		found, err := salesforce.Query[user](ctx, p.CRM, "SELECT Username FROM User WHERE "+org.Equals("Id", session.UserID))
		if err != nil || len(found) != 1 {
			return nil, err
		}
		name = found[0].Username
	}
	if name == "" {
		return nil, nil
	}
	if slices.Contains(s.Sets[rights.RecordSet], name) {
		return nil, nil
	}
	return []assignment{{
		name, rights.RecordSet, "setup.salesforce", "set-up writes the adapter record and the CTI flows with it",
	}}, nil
}

func (a assignment) plan(ctx context.Context, p setup.Platforms) (setup.Change, error) {
	who, err := findUser(ctx, p, a.username, a.field)
	if err != nil {
		return setup.Change{}, err
	}
	row := Row{
		Object: "PermissionSetAssignment",
		Where:  org.Equals("Assignee.Username", a.username) + " AND " + org.Unmanaged("PermissionSet.", a.set),
	}
	have, err := org.Find(ctx, p.CRM, row.Object, row.Where)
	if err != nil {
		return setup.Change{}, err
	}
	if have != "" {
		return setup.Right("%s has %s", a.username, a.set), nil
	}
	what := a.set + " for " + a.username
	return setup.Change{
		Action: setup.Create, What: what, Why: a.why, Made: []setup.Made{{What: what, Entry: row}},
		Do: func(ctx context.Context) error {
			id, err := org.Must(ctx, p.CRM, "PermissionSet", org.Unmanaged("", a.set))
			if err != nil {
				return err
			}
			_, err = p.CRM.Create(ctx, row.Object, salesforce.Values{"AssigneeId": who.Id, "PermissionSetId": id})
			if salesforce.IsCode(err, "DUPLICATE_VALUE") {
				return nil
			}
			return err
		},
	}, nil
}
