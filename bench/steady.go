package main

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// steady tells many facts and compares the adapter's memory after a fifth of them with that after all.
func (b bench) steady(ctx context.Context) ([]figure, error) {
	n, err := b.newNode("steady", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	desks := make([]*desk, tellers)
	for i := range desks {
		if desks[i], err = n.enter(ctx, 100+i); err != nil {
			return nil, err
		}
		defer desks[i].conn.CloseNow()
	}
	var figures []figure
	told, first := 0, 0.0
	for fifth := range 5 {
		group, ctx := errgroup.WithContext(ctx)
		for i, d := range desks {
			group.Go(func() error { return d.stream(ctx, fmt.Sprintf("steady-%d-%d", fifth, i), b.facts/5/tellers) })
		}
		if err := group.Wait(); err != nil {
			return figures, err
		}
		told += b.facts / 5 / tellers * tellers
		now, _ := n.program.memory()
		switch fifth {
		case 0:
			first = now
			figures = append(figures, once(fmt.Sprintf("memory of the adapter after %d facts", told), "MB", now))
		case 4:
			figures = append(figures, once(fmt.Sprintf("… after %d", told), "MB", now).within("max", first*1.25))
		}
	}
	return figures, nil
}
