package setup

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

type member struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Alias    string `json:"alias"`
	Username string `json:"username"`
	Profile  string `json:"profile"`
	Center   string `json:"center"` // the call center that the user is in now, by its name
}

const memberFields = "SELECT Id, Name, Alias, Username, Profile.Name, CallCenterId FROM User WHERE IsActive = true"

func (s callCenterPages) usersWhere(ctx context.Context, r asked, where string) ([]member, error) {
	centers, err := s.query(ctx, r, "SELECT Id, Name FROM CallCenter") // the platform has no relationship from a user to it
	if err != nil {
		return nil, err
	}
	found, err := s.query(ctx, r, memberFields+where+" ORDER BY LastName, FirstName LIMIT 200")
	out := []member{}
	for _, u := range found {
		m := member{ID: string(u.ID()), Name: u.Text("Name"), Alias: u.Text("Alias"), Username: u.Text("Username")}
		if p, ok := u.Get("Profile").(*records.Record); ok && p != nil {
			m.Profile = p.Text("Name")
		}
		for _, c := range centers {
			if string(c.ID()) == u.Text("CallCenterId") {
				m.Center = c.Text("Name")
			}
		}
		out = append(out, m)
	}
	return out, err
}

func (s callCenterPages) membersOf(ctx context.Context, r asked, center schema.RecordID) ([]member, error) {
	return s.usersWhere(ctx, r, " AND CallCenterId = '"+string(center)+"'")
}

type membersOut struct {
	Center callCenterRow `json:"center"`
	Users  []member      `json:"users"`
}

func (s callCenterPages) members(ctx context.Context, r asked) (membersOut, error) {
	record, _, err := s.center(ctx, r)
	if err != nil {
		return membersOut{}, err
	}
	users, err := s.membersOf(ctx, r, record.ID())
	return membersOut{s.centerRow(ctx, record), users}, err
}

type filter struct {
	Field    string `json:"field"`
	Operator string `json:"operator"`
	Value    string `json:"value"`
}

type findIn struct {
	Filters []filter `json:"filters"`
}

// searchedFields are those that the form offers.
var searchedFields = []string{"FirstName", "LastName", "Alias", "Username", "Email", "Profile.Name"}

// condition is a filter as SOQL; "" for a row left empty.
func (f filter) condition() (string, error) {
	if f.Field == "" && f.Value == "" {
		return "", nil
	}
	if !slices.Contains(searchedFields, f.Field) || len(f.Value) > 255 {
		return "", edge.Refuse(400, "INVALID_FIELD", "Select a field, an operator and a value in each row that you use.", "filters")
	}
	value, like := soql.Quote(f.Value), soql.EscapeLike(f.Value)
	switch f.Operator {
	case "equals":
		return f.Field + " = " + value, nil
	case "not equal to":
		return f.Field + " != " + value, nil
	case "starts with":
		return f.Field + " LIKE '" + like + "%'", nil
	case "contains":
		return f.Field + " LIKE '%" + like + "%'", nil
	case "does not contain":
		return "(NOT " + f.Field + " LIKE '%" + like + "%')", nil
	}
	return "", edge.Refuse(400, "INVALID_FIELD", "Select an operator for "+f.Field+".", "filters")
}

// findUsers lists users who are not in the call center.
func (s callCenterPages) findUsers(ctx context.Context, r asked) (membersOut, error) {
	in, err := edge.Decode[findIn](r.Body)
	if err != nil || len(in.Filters) > 5 {
		return membersOut{}, edge.ErrUnreadable
	}
	record, _, err := s.center(ctx, r)
	if err != nil {
		return membersOut{}, err
	}
	where := ""
	for _, f := range in.Filters {
		condition, err := f.condition()
		if err != nil {
			return membersOut{}, err
		}
		if condition != "" {
			where += " AND " + condition
		}
	}
	all, err := s.usersWhere(ctx, r, where)
	if err != nil {
		return membersOut{}, err
	}
	out := membersOut{Center: s.centerRow(ctx, record), Users: []member{}}
	members, err := s.membersOf(ctx, r, record.ID())
	for _, u := range all {
		if !slices.ContainsFunc(members, func(m member) bool { return m.ID == u.ID }) {
			out.Users = append(out.Users, u)
		}
	}
	return out, err
}

type chosenIn struct {
	IDs []string `json:"ids"`
}

func (s callCenterPages) addMembers(ctx context.Context, r asked) (nothing, error) {
	return nothing{}, s.moveMembers(ctx, r, "Added %s to call center %s", func(center schema.RecordID) any { return string(center) })
}

func (s callCenterPages) removeMembers(ctx context.Context, r asked) (nothing, error) {
	return nothing{}, s.moveMembers(ctx, r, "Removed %s from call center %s", func(schema.RecordID) any { return nil })
}

// moveMembers changes the call center of users, all of them or none.
func (s callCenterPages) moveMembers(ctx context.Context, r asked, sentence string, to func(schema.RecordID) any) error {
	in, err := edge.Decode[chosenIn](r.Body)
	if err != nil {
		return err
	}
	record, _, err := s.center(ctx, r)
	if err != nil {
		return err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 200 {
		return edge.Refuse(400, "REQUIRED_FIELD_MISSING", "Select at least one user.", "users")
	}
	return s.change(ctx, r, entryf("changedCallCenterUsers", centerSection, sentence, counted.Noun(len(in.IDs), "user"),
		record.Text("Name")), func(a *crm.Actor) error {
		for _, id := range in.IDs {
			if err := a.Update(ctx, "User", schema.To18(id), records.Values{"CallCenterId": to(record.ID())}, ""); err != nil {
				return err
			}
		}
		return nil
	})
}
