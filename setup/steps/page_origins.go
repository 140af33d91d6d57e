package steps

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/setup"
)

// PageOrigins are the pages that the adapter lets connect; they stand in its own configuration, which only its owner
// writes.
type PageOrigins struct {
	Hosts   setup.Hosts
	Allowed []string
}

// Name says what it is.
func (PageOrigins) Name() string { return "adapter" }

// Plan wants the softphone page's origin among them, once it is known.
func (s PageOrigins) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	hosts, err := s.Hosts.Learn(ctx, p.CRM)
	switch {
	case err != nil || hosts.Visualforce == "":
		return nil, err
	case slices.Contains(s.Allowed, hosts.Visualforce):
		return []setup.Change{setup.Right("the adapter lets pages of %s connect", hosts.Visualforce)}, nil
	}
	return []setup.Change{{
		Action: setup.Person, Why: "the adapter refuses pages of other origins",
		What: "Write page_origins: [" + hosts.Visualforce + "] into patchcord.yaml and start patchcord serve again.",
	}}, nil
}
