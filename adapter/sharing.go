package adapter

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
)

// shareReading has one node ask the org whether configuration has changed; nil for one that is alone.
func (a *Adapter) shareReading() records.Share {
	if a.store.Nodes() == nil {
		return nil
	}
	return func(ctx context.Context, name string, age time.Duration, ask func(context.Context) ([]byte, error)) (
		[]byte, time.Duration, error) {
		found, err := a.store.FindOut(ctx, name, age, a.cfg.Clock, ask)
		return found.Body, found.Ago, err
	}
}
