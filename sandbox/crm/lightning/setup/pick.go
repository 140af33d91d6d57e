package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const mostPicked = 200

// personOut is a row of a table in which users are chosen.
type personOut struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Alias    string `json:"alias"`
	Username string `json:"username"`
	Active   bool   `json:"active"`
	Profile  string `json:"profile"`
}

type peopleOut struct {
	People []personOut `json:"people"`
	More   bool        `json:"more"`
}

// people lists users by name; where is a SOQL condition.
func persons(ctx context.Context, a *crm.Actor, where string) (peopleOut, error) {
	out := peopleOut{People: []personOut{}}
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id, Name, Alias, Username, IsActive, Profile.Name FROM User WHERE %s "+
		"ORDER BY LastName, FirstName, Id LIMIT %d", where, mostPicked+1), false)
	for _, u := range found.Records {
		active, _ := u.Get("IsActive").(bool)
		out.People = append(out.People, personOut{string(u.ID()), u.Text("Name"), u.Text("Alias"), u.Text("Username"),
			active, parentText(u, "Profile", "Name")})
	}
	if len(out.People) > mostPicked {
		out.People, out.More = out.People[:mostPicked], true
	}
	return out, err
}

// like writes text as a SOQL literal that matches it anywhere.
func like(text string) string { return "'%" + soql.EscapeLike(text) + "%'" }
