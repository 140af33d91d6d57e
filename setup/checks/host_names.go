package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// hostsAgree asks the org once more what its hosts are called, and compares.
func hostsAgree(ctx context.Context, on On) ([]setup.Finding, error) {
	right := "the console is at " + on.Site.Hosts.Lightning + ", the softphone page at " +
		setup.OrEmpty(on.Site.Hosts.Visualforce)
	return unless(ctx, on, on.Steps.HostNames, right)
}
