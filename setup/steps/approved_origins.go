package steps

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/setup"
)

// ApprovedOrigins lets the org's pages frame the contact centre's panel.
type ApprovedOrigins struct {
	Instance amazonconnect.Instance
	Hosts    setup.Hosts
}

// Name says what it is.
func (ApprovedOrigins) Name() string { return "approved origins" }

// Plan wants both origins: with one missing, the sign-in window never closes.
func (s ApprovedOrigins) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	if err != nil {
		return nil, err
	}
	have, err := p.Connect.ApprovedOrigins(ctx, s.Instance.ID)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	const why = "the panel refuses to be framed without it"
	for _, o := range []struct{ origin, of string }{
		{hosts.Lightning, "the console"}, {hosts.Visualforce, "the softphone page"},
	} {
		switch {
		case o.origin == "":
			what := "origin of " + o.of + ", which is known once the package is there"
			changes = append(changes, setup.Change{Action: setup.Create, What: what, Why: why})
		case slices.Contains(have, o.origin):
			changes = append(changes, setup.Right("%s is approved", o.origin))
		default:
			what := o.origin + ", the origin of " + o.of
			changes = append(changes, setup.Change{
				Action: setup.Create, What: what, Why: why,
				Made: []setup.Made{{What: what, Entry: ApprovedOrigin{Instance: s.Instance.ID, Origin: o.origin}}},
				Do:   func(ctx context.Context) error { return p.Connect.ApproveOrigin(ctx, s.Instance.ID, o.origin) },
			})
		}
	}
	return changes, nil
}

// ApprovedOrigin is an origin that an instance lets frame its panel: it is disapproved.
type ApprovedOrigin struct {
	Instance string `json:"instance"` // id
	Origin   string `json:"origin"`
}

// Kind is its name in the record.
func (ApprovedOrigin) Kind() string { return "approved origin" }

// Key is where it is found.
func (a ApprovedOrigin) Key() string { return a.Instance + " " + a.Origin }

// Undo disapproves it; one that is gone is no error to the service.
func (a ApprovedOrigin) Undo(_ context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	return m.Remove(func(ctx context.Context) error { return p.Connect.DisapproveOrigin(ctx, a.Instance, a.Origin) }), nil
}
