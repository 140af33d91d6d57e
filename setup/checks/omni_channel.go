package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// omniRight asks the steps that bring what presence sync needs, if the configuration wants it. Calls come without.
func omniRight(ctx context.Context, on On) ([]setup.Finding, error) {
	if !on.Config.Setup.Presence.Given() {
		return nil, nil
	}
	var found []setup.Finding
	for _, one := range []struct {
		step  setup.Step
		right string
	}{
		{on.Steps.OmniChannel, "it is enabled"},
		{on.Steps.Statuses, "the statuses of the configuration are there"},
		{on.Steps.StatusAccess, "agents were given them"},
	} {
		of, err := unless(ctx, on, one.step, one.right)
		if err != nil {
			return found, err
		}
		found = append(found, of...)
		if of[0].Verdict != setup.Passed {
			break // what follows needs it
		}
	}
	return lookedAt(found), nil
}

// lookedAt has a person look at what does not keep calls from coming.
func lookedAt(found []setup.Finding) []setup.Finding {
	for i := range found {
		if found[i].Verdict == setup.Failed {
			found[i].Verdict = setup.Warned
		}
	}
	return found
}
