package node

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

const (
	maxOut = 20_000 // letters that wait to be written
	atOnce = 200    // by one transaction
	// freshFor is how long a letter is tried to be written: later, nobody wants to be asked what it asks.
	freshFor    = 10 * time.Second
	againWithin = 2 * time.Second
)

// outbox writes letters in their order.
type outbox struct {
	nodes *store.Nodes
	mine  func(store.Letter)
	clock clock.Clock
	log   *slog.Logger
	due   chan struct{} // of one place

	mu      sync.Mutex // guards waiting
	waiting []store.Posted
}

func newOutbox(cfg Config) *outbox {
	return &outbox{nodes: cfg.Nodes, mine: cfg.Letter, clock: cfg.Clock, log: cfg.Log, due: make(chan struct{}, 1)}
}

// Send writes a letter soon, after all that were to be sent before. It never waits. What cannot be written for long is dropped, unless it
// lasts: whoever misses it asks again, as after a crash.
func (n *Node) Send(p store.Posted) { n.out.add(p) }

func (o *outbox) add(p store.Posted) {
	o.mu.Lock()
	if len(o.waiting) < maxOut {
		o.waiting = append(o.waiting, p)
	}
	o.mu.Unlock()
	signal(o.due)
}

func (o *outbox) take() []store.Posted {
	o.mu.Lock()
	defer o.mu.Unlock()
	batch := o.waiting[:min(len(o.waiting), atOnce)]
	o.waiting = o.waiting[len(batch):]
	return batch
}

func (o *outbox) run(ctx context.Context) error {
	for {
		select {
		case <-o.due:
		case <-ctx.Done():
			return nil
		}
		for batch := o.take(); len(batch) > 0; batch = o.take() {
			o.write(ctx, batch)
		}
	}
}

func (o *outbox) write(ctx context.Context, batch []store.Posted) {
	until := o.clock.Now().Add(freshFor)
	for tries := 1; len(batch) > 0; tries++ {
		mine, err := o.nodes.Post(ctx, batch...)
		for _, l := range mine {
			o.mine(l)
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		if all := len(batch); o.clock.Now().After(until) {
			if batch = slices.DeleteFunc(batch, func(p store.Posted) bool { return !p.Lasts }); len(batch) < all {
				o.log.WarnContext(ctx, "letters to other nodes are dropped", "letters", all-len(batch), "err", err)
			}
		}
		_ = clock.Pause(ctx, o.clock, min(clock.Backoff(tries), againWithin)) // its end is seen above
	}
}
