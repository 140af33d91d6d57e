package effect

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// channels writes rows of contacts together.
type channels struct {
	to    func(ctx context.Context, rows []calllog.Row) ([]calllog.Written, error)
	clock clock.Clock
	ctx   context.Context // ends with the channels
	stop  context.CancelFunc
	work  sync.WaitGroup

	mu    sync.Mutex // guards what follows
	next  *batch     // that is gathered; nil for none
	ended bool
}

// batch is rows that are written together.
type batch struct {
	rows []calllog.Row
	done chan struct{} // closed when errs is there
	errs map[string]error
	all  error
}

const (
	gatherFor   = time.Second
	writeWithin = 2 * time.Minute
)

func newChannels(to calllog.Channels, clk clock.Clock) *channels {
	ctx, stop := context.WithCancel(context.Background())
	return &channels{to: to.Write, clock: clk, ctx: ctx, stop: stop}
}

func (c *channels) close() {
	c.mu.Lock()
	c.ended = true
	c.mu.Unlock()
	c.stop()
	c.work.Wait()
}

// write writes the rows of one contact, with what comes within a second.
func (c *channels) write(ctx context.Context, rows []calllog.Row) error {
	b, err := c.join(rows)
	if err != nil {
		return err
	}
	select {
	case <-b.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err, ok := b.errs[rows[0].ContactID]; ok {
		return err
	}
	return b.all
}

func (c *channels) join(rows []calllog.Row) (*batch, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return nil, context.Canceled
	}
	b := c.next
	if b == nil {
		b = &batch{done: make(chan struct{})}
		c.next = b
		c.work.Go(func() { c.carry(b) })
	}
	b.rows = append(b.rows, rows...)
	if len(b.rows) >= salesforce.MaxRows {
		c.next = nil // it is full: who comes now begins another
	}
	return b, nil
}

// carry waits for more rows and writes them.
func (c *channels) carry(b *batch) {
	defer close(b.done)
	defer func() { // one batch's trouble is not everybody's
		if v := recover(); v != nil {
			b.all = fmt.Errorf("write rows: panic: %v\n%s", v, debug.Stack())
		}
	}()
	if b.all = clock.Pause(c.ctx, c.clock, gatherFor); b.all != nil {
		return
	}
	c.mu.Lock()
	if c.next == b {
		c.next = nil
	}
	c.mu.Unlock()
	ctx, cancel := context.WithTimeout(c.ctx, writeWithin)
	defer cancel()
	written, err := c.to(ctx, b.rows)
	b.all, b.errs = err, map[string]error{}
	for _, w := range written {
		b.errs[w.ContactID] = w.Err
	}
}
