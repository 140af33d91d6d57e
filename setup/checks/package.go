package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// packageThere compares the stamp of the package's deployment: an org that refuses one component keeps none.
func packageThere(ctx context.Context, on On) ([]setup.Finding, error) {
	return unless(ctx, on, on.Steps.Package, "the org has it as this program brings it")
}
