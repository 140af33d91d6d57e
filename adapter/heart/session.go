package heart

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/store"
)

// Leave has the session of an agent ended whose pages have gone. It returns once that cannot be forgotten any more.
func (h *Heart) Leave(ctx context.Context, userID string) error {
	r := ofAgent(userID, Leave, h.cfg.Clock.Now())
	err := h.cfg.Store.Do(ctx, userID, func(tx *store.Tx) error { return tx.AddRun(r) })
	if err == nil {
		h.cfg.Start(r)
	}
	return err
}

// ofAgent is a run of a kind for an agent, whatever their contacts are.
func ofAgent(userID, kind string, now time.Time) *store.Run {
	return &store.Run{User: userID, Kind: kind, Status: store.Waiting, Created: now, Body: store.Body{Fact: fact.Fact{User: userID, At: now}}}
}
