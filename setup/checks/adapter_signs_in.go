package checks

import (
	"context"
	"net/http"

	"github.com/patchcord/patchcord/setup"
)

// adapterReady asks the adapter whether the org lets it in.
func adapterReady(ctx context.Context, on On) ([]setup.Finding, error) {
	status, body, err := probe(ctx, on.Config.PublicURL+"/readyz")
	if err == nil && status == http.StatusOK {
		return []setup.Finding{passed("the integration user %s is in", on.Config.Salesforce.Username)}, nil
	}
	if err != nil {
		return nil, err
	}
	return []setup.Finding{{
		Verdict: setup.Failed, What: body,
		Why:  "without it the adapter knows neither adapter record nor flows, and nothing pops",
		Mend: applyAgain + " It waits for a new External Client App, which some orgs know after thirty minutes only.",
	}}, nil
}
