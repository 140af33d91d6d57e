package effect

import (
	"context"
	"testing"

	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// heard notes what pages are told.
type heard struct {
	Hub
	said []string
}

func (h *heard) Notify(user string, n wire.Notice) { h.said = append(h.said, user+" hears "+n.Code) }
func (h *heard) Over(user, code string)            { h.said = append(h.said, user+" hears no more "+code) }

func TestTellOrg(t *testing.T) {
	var hub heard
	h := &run.Hand{Run: store.Run{User: "005"}}
	for _, step := range []struct {
		reason store.Reason
		status store.Status
		told   string
	}{
		{"", store.Completed, ""},
		{store.OrgAway, store.Waiting, "005 hears org.down"},
		{store.OrgAway, store.Waiting, "005 hears org.down"}, // a page that was loaded since
		{"", store.Completed, "005 hears no more org.down"},
		{store.Unsigned, store.Waiting, ""},
		{store.OrgAway, store.Waiting, "005 hears org.down"},
		{store.APISpent, store.Waiting, "005 hears no more org.down"},
	} {
		hub.said = nil
		TellOrg(&hub, func(_ context.Context, h *run.Hand) run.Next {
			if step.reason != "" {
				h.Run.Body.Reason = step.reason
			}
			return run.Next{Status: step.status}
		})(t.Context(), h)
		got := ""
		if len(hub.said) > 0 {
			got = hub.said[0]
		}
		if got != step.told || len(hub.said) > 1 {
			t.Errorf("%s %s: told %q, want %q", step.status, step.reason, hub.said, step.told)
		}
	}
}
