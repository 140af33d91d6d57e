package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	callers     = 40                     // of the agents, who take calls all the time
	callEvery   = 400 * time.Millisecond // of one of them
	popWithin   = 30 * time.Second       // of a call whose pop counts
	betweenEnds = 3 * time.Second        // of two nodes that are upgraded
)

// crew are agents whose pages find another node whenever theirs ends.
type crew struct {
	c    *cluster
	here atomic.Int64 // pages that are welcome

	mu      sync.Mutex // guards what follows
	away    []time.Duration
	pops    []time.Duration
	unasked int // calls that did not pop
	shown   int // pops
}

// upgrade ends each node and starts it again, one after another, while many pages are connected and some of them take calls.
func (b bench) upgrade(ctx context.Context, c *cluster) ([]figure, error) {
	sessions := make([]string, b.sockets)
	if err := each(ctx, b.sockets, 8, func(ctx context.Context, i int) (err error) {
		sessions[i], err = c.nodes[i%len(c.nodes)].signIn(ctx, 1000+i)
		return err
	}); err != nil {
		return nil, err
	}
	w := &crew{c: c}
	ctx, end := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer func() { end(); work.Wait() }()
	calling, enough := context.WithCancel(ctx)
	defer enough()
	var calls sync.WaitGroup
	for i := range b.sockets {
		p := &crewPage{crew: w, agent: 1000 + i, session: sessions[i]}
		work.Go(func() { p.stay(ctx) })
		if i < callers {
			p.calls = make(chan crewCall)
			calls.Go(func() { p.takeCalls(calling, ctx) })
		}
	}
	if err := w.all(ctx, b.sockets, 2*time.Minute); err != nil {
		return nil, err
	}
	began := time.Now()
	for _, m := range c.nodes {
		m.toEnd()
		m.program.stop()
		if err := c.again(ctx, m); err != nil {
			return nil, err
		}
		c.back(ctx, m)
		if !wait(ctx, betweenEnds) {
			return nil, ctx.Err()
		}
	}
	if err := w.all(ctx, b.sockets, time.Minute); err != nil {
		return nil, err
	}
	took := time.Since(began)
	enough()
	calls.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	name := fmt.Sprintf("%d pages, %d nodes upgraded in turn", b.sockets, len(c.nodes))
	return []figure{once(name, "s", took.Seconds()), milliseconds("… a page is welcome again", w.away),
		milliseconds("… ring → pop of those who take calls", w.pops), once("… calls without their pop", "", float64(w.unasked)).none(),
		once("… calls that popped twice", "", float64(max(0, w.shown-len(w.pops)))).none()}, nil
}

// all waits until so many pages are welcome.
func (w *crew) all(ctx context.Context, n int, within time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for w.here.Load() < int64(n) {
		if !wait(limited, 10*time.Millisecond) {
			return fmt.Errorf("%d of %d pages are welcome after %s", w.here.Load(), n, within)
		}
	}
	return nil
}

// crewCall is one that rings, until its pop.
type crewCall struct {
	id     string
	popped chan struct{}
}

// crewPage is a page that comes back, with what it has not told yet.
type crewPage struct {
	crew    *crew
	agent   int
	session string
	calls   chan crewCall // nil for an agent who takes none

	ringing *crewCall
	told    bool // it was acknowledged
	done    map[string]json.RawMessage
	popped  string // the call that popped last
}

// stay keeps the page connected to some node until ctx ends.
func (p *crewPage) stay(ctx context.Context) {
	p.done = map[string]json.RawMessage{}
	lost := time.Time{}
	for failures := 0; ctx.Err() == nil; failures++ {
		if d, err := p.connect(ctx); err == nil {
			if !lost.IsZero() {
				p.crew.mu.Lock()
				p.crew.away = append(p.crew.away, time.Since(lost))
				p.crew.mu.Unlock()
			}
			failures = 0
			p.crew.here.Add(1)
			p.converse(ctx, d)
			p.crew.here.Add(-1)
			lost = time.Now()
			_ = d.conn.CloseNow()
		}
		most := min(2*time.Second, 500*time.Millisecond<<min(failures, 4))
		wait(ctx, most/2+rand.N(most/2))
	}
}

// connect goes to any node that says it is ready, as a balancer would have it.
func (p *crewPage) connect(ctx context.Context) (*desk, error) {
	all := p.crew.c.nodes
	for _, i := range rand.Perm(len(all)) {
		if p.crew.c.balancer.isReady(i) {
			if d, err := all[i].open(ctx, p.agent, p.session); err == nil {
				return d, nil
			}
		}
	}
	return nil, errors.New("no node takes the page")
}

// converse speaks on one connection until it is lost.
func (p *crewPage) converse(ctx context.Context, d *desk) {
	messages := make(chan wire.ToPage)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(messages)
		for {
			m, err := d.until(ctx, func(wire.ToPage) bool { return true })
			if err != nil {
				return
			}
			select {
			case messages <- m:
			case <-ctx.Done():
				return
			}
		}
	}()
	if p.ringing != nil && !p.told && d.tell(ctx, "onConnecting", p.ringing.id) != nil {
		return
	}
	for {
		select {
		case c := <-p.calls:
			p.ringing, p.told = &c, false
			if d.tell(ctx, "onConnecting", c.id) != nil {
				return
			}
		case m, more := <-messages:
			if !more || p.take(ctx, d, m) != nil {
				return
			}
		}
	}
}

// take answers a message. What was done before is not done again: the page says what came of it.
func (p *crewPage) take(ctx context.Context, d *desk, m wire.ToPage) error {
	if m.Ack != nil {
		p.told = true
	}
	if m.Command == nil {
		return nil
	}
	id, pops := m.Command.ID, m.Command.Body.Type == "screenPop"
	value, known := p.done[id]
	if !known {
		value = json.RawMessage(`{}`)
		if m.Command.Body.Type == "search" {
			value = json.RawMessage(onlyMaya)
		}
		p.done[id] = value
	}
	if pops && !known && p.ringing != nil {
		p.crew.mu.Lock()
		p.crew.shown++
		p.crew.mu.Unlock()
		if p.popped != p.ringing.id {
			close(p.ringing.popped)
		}
		p.popped = p.ringing.id
	}
	return d.send(ctx, wire.FromPage{Type: "result", Result: &wire.Result{ID: id, Outcome: wire.OutcomeDone, Value: value}})
}

// takeCalls has a call ring again and again, one after another, until calling ends.
func (p *crewPage) takeCalls(calling, ctx context.Context) {
	for i := 0; wait(calling, callEvery/2+rand.N(callEvery)); i++ {
		c := crewCall{id: fmt.Sprintf("upgrade-%d-%d", p.agent, i), popped: make(chan struct{})}
		began := time.Now()
		limited, cancel := context.WithTimeout(ctx, popWithin)
		popped := false
		select {
		case p.calls <- c: // taken once the page is connected
			select {
			case <-c.popped:
				popped = true
			case <-limited.Done():
			}
		case <-limited.Done():
		}
		cancel()
		p.crew.mu.Lock()
		if popped {
			p.crew.pops = append(p.crew.pops, time.Since(began))
		} else if ctx.Err() == nil {
			p.crew.unasked++
		}
		p.crew.mu.Unlock()
	}
}
