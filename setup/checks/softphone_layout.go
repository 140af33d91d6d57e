package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

func layoutRight(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.SoftphoneLayout, "several matching records pop too")
	for i := range found {
		if found[i].Verdict == setup.Warned {
			found[i].What = "a call whose number several records have does not pop, unless somebody made a layout"
		}
	}
	return found, err
}
