package adapter

import (
	"context"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
)

// masked keeps nothing of hidden attributes in what a flow that has ended leaves behind. One that waits, or was given up and may be tried
// again, needs them to go on.
func (a *Adapter) masked(do run.Doer) run.Doer {
	mask := admin.NewMask(a.cfg.Masked)
	return func(ctx context.Context, h *run.Hand) run.Next {
		next := do(ctx, h)
		if next.Status.Open() || next.Status == store.GivenUp {
			return next
		}
		shown := h.Run
		shown.Problem = next.Problem
		shown = mask.Run(shown)
		h.Run.Body, next.Problem = shown.Body, shown.Problem
		return next
	}
}
