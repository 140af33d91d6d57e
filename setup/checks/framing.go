package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

// framingAllowed reads the org's clickjack protection and what its pages may embed, where the org lets these be read.
// Whether the console may frame the page shows in a browser only, so what is missing here is a warning.
func framingAllowed(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.Framing, "the console may frame the softphone page")
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Verdict == setup.Failed {
			found[i].Verdict = setup.Warned
			found[i].Why += "; the org's own console may be let in all the same: look whether the panel shows"
		}
	}
	settings, err := steps.ReadSecurity(ctx, on.Site.Platforms)
	if err == nil && settings.EmbedsOnlyWhatAllowsIt() {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: "Visualforce pages have a Cross-Origin Embedder Policy",
			Why:  "the softphone page may not embed the panel of Amazon Connect, which does not allow it",
			Mend: "In Setup → Session Settings take the Cross-Origin Embedder Policy (COEP) off.",
			Link: on.Site.Hosts.Lightning + "/lightning/setup/SecuritySession/home",
		})
	}
	return found, err
}
