package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	crowdFor     = 40 * time.Second
	callsAMinute = 500
	others       = 50        // agents who share these calls
	unanswered   = 5         // one of so many of their commands is never answered
	floodRings   = 10        // a second, never answered
	floodBytes   = 240 << 10 // of attributes and payload of the flood's facts: as large as a message may be
	quietPause   = 25 * time.Millisecond
)

// crowd measures one agent's pops while another floods the adapter and the runs of many wait for slow pages.
func (b bench) crowd(ctx context.Context) ([]figure, error) {
	n, err := b.newNode("crowd", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	alone, err := n.popsFor(ctx, 1, crowdFor/4, "alone")
	if err != nil {
		return nil, err
	}
	crowded, end := context.WithCancel(ctx)
	defer end()
	group, crowded := errgroup.WithContext(crowded)
	group.Go(func() error { return n.flood(crowded) })
	for i := range others {
		group.Go(func() error { return n.slow(crowded, 100+i) })
	}
	var took []time.Duration
	group.Go(func() (err error) {
		if !wait(crowded, crowdFor/4) { // until enough runs are waiting
			return crowded.Err()
		}
		defer end()
		took, err = n.popsFor(crowded, 3, crowdFor, "crowded")
		return err
	})
	if err := group.Wait(); err != nil && (len(took) == 0 || !errors.Is(err, context.Canceled)) {
		return nil, err
	}
	return []figure{
		milliseconds("event in → command to pop, alone", alone),
		milliseconds("… while another agent floods and one run of five waits", took).within("p99", 50),
	}, nil
}

// popsFor plays calls of an agent, one after another.
func (n *node) popsFor(ctx context.Context, agent int, long time.Duration, name string) (took []time.Duration, err error) {
	d, err := n.enter(ctx, agent)
	if err != nil {
		return nil, err
	}
	defer d.conn.CloseNow()
	for began := time.Now(); time.Since(began) < long; {
		_, pop, err := d.pops(ctx, fmt.Sprintf("%s-%d", name, len(took)))
		if err != nil {
			return took, fmt.Errorf("call %d: %w", len(took), err)
		}
		took = append(took, pop)
		if !wait(ctx, quietPause) {
			return took, ctx.Err()
		}
	}
	return took, nil
}

func (n *node) enter(ctx context.Context, agent int) (*desk, error) {
	session, err := n.signIn(ctx, agent)
	if err != nil {
		return nil, err
	}
	return n.open(ctx, agent, session)
}

// flood tells of rings whose commands nobody answers, and the largest facts there can be.
func (n *node) flood(ctx context.Context) error {
	d, err := n.enter(ctx, 2)
	if err != nil {
		return err
	}
	defer d.conn.CloseNow()
	go func() {
		for { // what comes is read, and left
			if _, _, err := d.conn.Read(ctx); err != nil {
				return
			}
		}
	}()
	large := []byte(`{"text":"` + strings.Repeat("v", floodBytes) + `"}`)
	for i := 0; ; i++ {
		if err := d.tell(ctx, "onConnecting", fmt.Sprintf("flood-%d", i)); err != nil {
			return err
		}
		if err := d.send(ctx, wire.FromPage{Type: "event", Event: &wire.Event{Source: "patchcord", Event: "onFlood",
			Key: fmt.Sprintf("large-%d", i), Payload: large}}); err != nil {
			return err
		}
		if !wait(ctx, time.Second/floodRings) {
			return ctx.Err()
		}
	}
}

// slow takes calls, and leaves one of five commands unanswered.
func (n *node) slow(ctx context.Context, agent int) error {
	d, err := n.enter(ctx, agent)
	if err != nil {
		return err
	}
	defer d.conn.CloseNow()
	go func() {
		for k := 0; ; k++ {
			m, err := d.until(ctx, func(m wire.ToPage) bool { return m.Command != nil })
			if err != nil {
				return
			}
			if k%unanswered != 0 {
				_ = d.send(ctx, wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeDone,
					Value: []byte(onlyMaya)}})
			}
		}
	}()
	for i := 0; ; i++ {
		if !wait(ctx, others*time.Minute/callsAMinute) {
			return ctx.Err()
		}
		if err := d.tell(ctx, "onConnecting", fmt.Sprintf("slow-%d-%d", agent, i)); err != nil {
			return err
		}
	}
}
