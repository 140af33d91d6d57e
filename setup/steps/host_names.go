package steps

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// HostNames are the org's hosts, where what it calls them is not where its redirects lead: only a look in a browser
// says which is right.
type HostNames struct{ Hosts setup.Hosts }

// Name says what it is.
func (HostNames) Name() string { return "host names" }

// Plan tells each doubt with the keys that settle it; without one there is nothing to say.
func (s HostNames) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, d := range hosts.Doubts {
		changes = append(changes, setup.Change{
			Action: setup.Person,
			What: "Open " + d.Page + " in the org: it led to " + d.Used + ", but " + d.By + " names " + d.Other +
				". Write the one that the browser shows as " + d.Field +
				" below setup.salesforce into patchcord.yaml and run it again.",
			Why:  "the wrong origin keeps the panel blank, or its sign-in window open",
			Link: d.Other + d.Page,
		})
	}
	return changes, nil
}
