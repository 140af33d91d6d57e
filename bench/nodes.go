package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

// usualNodes is how many adapters share a database, unless somebody says.
const usualNodes = 3

// onNodes measures what many nodes on one PostgreSQL with a synchronous copy take, beside one that has its folder, in the same run; and
// whether an upgrade of all of them, one after another, costs a call its pop.
func (b bench) onNodes(ctx context.Context) (figures []figure, err error) {
	if b.nodes == 0 {
		b.nodes = usualNodes
	}
	alone, err := b.newNode("alone", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := alone.start(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, alone.close()) }()
	c, err := b.newCluster(ctx, newLedgerOrg(), pageOrigin)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if figures, err = b.eventsBeside(ctx, alone, c); err != nil {
		return figures, err
	}
	for _, at := range []struct {
		name string
		node func(int) *node
	}{
		{"facts a second, one node with its folder", func(int) *node { return alone }},
		{fmt.Sprintf("… %d nodes on PostgreSQL", b.nodes), func(i int) *node { return c.nodes[i%len(c.nodes)].node }},
	} {
		rate, err := factsPerSecond(ctx, at.node, b.events*5)
		if err != nil {
			return figures, err
		}
		figures = append(figures, once(at.name, "1/s", rate))
	}
	more, err := b.upgrade(ctx, c)
	return append(figures, more...), err
}

// eventsBeside measures from an event to the command that it causes, at one node and at several in turn.
func (b bench) eventsBeside(ctx context.Context, alone *node, c *cluster) ([]figure, error) {
	took := map[*node][]time.Duration{}
	pages := map[*node]*desk{}
	among := c.nodes[0].node
	for _, n := range []*node{alone, among} {
		d, err := n.enter(ctx, 1)
		if err != nil {
			return nil, err
		}
		defer d.conn.CloseNow()
		pages[n] = d
	}
	const warming = 50
	for i := range warming + b.events {
		for n, d := range pages {
			first, _, err := d.pops(ctx, fmt.Sprintf("beside-%d", i))
			if err != nil {
				return nil, err
			}
			if i >= warming {
				took[n] = append(took[n], first)
			}
		}
	}
	return []figure{milliseconds("event in → command out, one node with its folder", took[alone]),
		milliseconds("… a node on PostgreSQL with a synchronous copy", took[among])}, nil
}

// factsPerSecond has many pages tell facts as fast as they are acknowledged.
func factsPerSecond(ctx context.Context, at func(int) *node, facts int) (float64, error) {
	desks := make([]*desk, tellers)
	for i := range desks {
		d, err := at(i).enter(ctx, 100+i)
		if err != nil {
			return 0, err
		}
		defer d.conn.CloseNow()
		desks[i] = d
	}
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i, d := range desks {
		group.Go(func() error { return d.stream(ctx, fmt.Sprintf("fact-%d", i), facts/tellers) })
	}
	err := group.Wait()
	return float64(facts/tellers*tellers) / time.Since(began).Seconds(), err
}
