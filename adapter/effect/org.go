package effect

import (
	"context"

	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

// TellOrg carries runs out as do does, and tells their agent when the org does not answer, and when it does again. It remembers nothing:
// a page that is loaded meanwhile hears of it at the next try.
func TellOrg(hub Hub, do func(context.Context, *run.Hand) run.Next) func(context.Context, *run.Hand) run.Next {
	return func(ctx context.Context, h *run.Hand) run.Next {
		waited := h.Run.Body.Reason == store.OrgAway
		h.Run.Body.Reason = ""
		next := do(ctx, h)
		switch isAway := h.Run.Body.Reason == store.OrgAway; {
		case isAway && next.Status.Open():
			why := told.Say(told.CodeOrgDown, nil)
			hub.Notify(h.Run.User, wire.Notice{Level: "warning", Text: why.Text, Code: why.Code})
		case waited && !isAway:
			hub.Over(h.Run.User, told.CodeOrgDown)
		}
		return next
	}
}
