package adapter

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
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

const (
	allowanceEvery = 5 * time.Second
	allowanceName  = "org allowance"
)

// allowance is what the org says that is used of its requests of 24 hours.
type allowance struct{ Used, Max int }

// shareAllowance has all nodes know what the org has said of its allowance to one of them, until ctx ends: one that asks nothing hears
// nothing.
func shareAllowance(ctx context.Context, meter *salesforce.Meter, s *store.Store, clk clock.Clock, log *slog.Logger) error {
	nodes := s.Nodes()
	if nodes == nil {
		return nil
	}
	for {
		if err := exchange(ctx, meter, nodes); err != nil && ctx.Err() == nil {
			log.DebugContext(ctx, "what is used of the org's API allowance is not shared", "err", err)
		}
		if clock.Pause(ctx, clk, allowanceEvery) != nil {
			return nil
		}
	}
}

// exchange tells the other nodes what the org has said to this one, or else hears what it has said to them.
func exchange(ctx context.Context, meter *salesforce.Meter, nodes *store.Nodes) error {
	if used, most, fresh := meter.News(); fresh {
		body, err := json.Marshal(allowance{used, most})
		if err != nil {
			return err
		}
		return nodes.Tell(ctx, allowanceName, body)
	}
	told, err := nodes.Told(ctx, allowanceName)
	if err != nil || told.Body == nil {
		return err
	}
	var said allowance
	if err := json.Unmarshal(told.Body, &said); err != nil {
		return err
	}
	meter.Hear(said.Used, said.Max)
	return nil
}
