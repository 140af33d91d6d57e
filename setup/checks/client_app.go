package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// clientAppRight looks at the External Client App, and at what lets the permission sets into it: the list in its
// policies, and the rows.
func clientAppRight(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.OAuthApp, "its parts are as the adapter needs them")
	if err != nil {
		return found, err
	}
	rows, err := unless(ctx, on, on.Steps.AppAccess, "each permission set lets its users in")
	return append(found, rows...), err
}
