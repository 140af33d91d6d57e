package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

func recordRight(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.AdapterRecord, "it names "+on.Site.Instance.AccessURL)
	if err != nil {
		return found, err
	}
	for i, f := range found {
		if f.Verdict == setup.Warned { // a person has to choose a record, and until then the adapter lets nobody in
			found[i].Verdict, found[i].What = setup.Failed, "not exactly one record is active"
		}
	}
	toolkit, err := unless(ctx, on, on.Steps.Toolkit, "the custom setting names instance and adapter")
	return append(found, toolkit...), err
}
