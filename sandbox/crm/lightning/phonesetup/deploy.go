package phonesetup

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm"
)

// deploy writes components as a deployment of the Metadata API does, so that every API sees the same: all of them, with the entry of the
// audit trail, or none. Files are named as in an archive.
func (s *server) deploy(ctx context.Context, r asked, done entry, files map[string][]byte) error {
	return s.change(ctx, r, done, func(a *crm.Actor) error { return s.cfg.Deploys.Apply(ctx, a, files) })
}
