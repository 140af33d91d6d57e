package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// framingAllowed reads the org's clickjack protection, where the org lets it be read.
func framingAllowed(ctx context.Context, on On) ([]setup.Finding, error) {
	return unless(ctx, on, on.Steps.Framing, "the console may frame the softphone page")
}
