package checks

import (
	"context"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
)

// canBeTakenBack plans to take back all that set-up made, and takes nothing back.
func canBeTakenBack(ctx context.Context, on On) ([]setup.Finding, error) {
	changes, err := setup.PlanDestroy(ctx, on.Site.Platforms, on.Site.Record)
	if err != nil {
		return nil, err
	}
	remove, persons := 0, 0
	for _, c := range changes {
		switch c.Action {
		case setup.Remove, setup.Update:
			remove++
		case setup.Person:
			persons++
		}
	}
	what := "patchcord setup destroy would take back " + counted.Noun(remove, "thing")
	if persons > 0 {
		what += ", and leave " + counted.Noun(persons, "thing") + " to a person"
	}
	return []setup.Finding{passed("%s", what)}, nil
}
