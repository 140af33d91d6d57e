package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

func originsApproved(ctx context.Context, on On) ([]setup.Finding, error) {
	if on.Site.Hosts.Visualforce == "" {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "the org has no page AC_LightningAdapter yet",
			Why:  "its origin has to be approved",
			Mend: applyAgain,
		}}, nil
	}
	right := "both are approved: " + on.Site.Hosts.Lightning + " and " + on.Site.Hosts.Visualforce
	found, err := unless(ctx, on, on.Steps.ApprovedOrigins, right)
	for i := range found {
		if found[i].Verdict == setup.Failed {
			found[i].Why = "with one missing the sign-in window never closes, " +
				"or the panel stays blank with a Content Security Policy error"
		}
	}
	return found, err
}
