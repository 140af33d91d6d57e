package adapter

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
)

// shareReading has one node ask the org whether configuration has changed; nil for one that is alone.
func shareReading(s *store.Store, clk clock.Clock) records.Share {
	if s.Nodes() == nil {
		return nil
	}
	return func(ctx context.Context, name string, age time.Duration, ask func(context.Context) ([]byte, error)) (
		[]byte, time.Duration, error) {
		found, err := s.FindOut(ctx, name, age, clk, ask)
		return found.Body, found.Ago, err
	}
}

// shareTurns has the contact centre asked no faster by all nodes together than by one.
func shareTurns(centre Centre, s *store.Store) {
	shares, ok := centre.(interface {
		Share(turns amazonconnect.Turns)
	})
	if nodes := s.Nodes(); ok && nodes != nil {
		shares.Share(nodes.Buckets())
	}
}
