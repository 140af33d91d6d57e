package checks

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/setup"
)

func consoleRight(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.Console, "softphone and tab are there")
	for i := range found {
		phone := strings.Contains(found[i].What, "Softphone") || strings.Contains(found[i].What, "softphone")
		if !phone && found[i].Verdict == setup.Failed {
			found[i].Verdict = setup.Warned // calls come without the adapter's tab, and without what presence sync needs
		}
	}
	return found, err
}
