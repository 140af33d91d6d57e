package main

import (
	"context"
	"fmt"
	"time"
)

// idle holds many idle agents, kills the adapter, and waits until all are back.
func (b bench) idle(ctx context.Context) ([]figure, error) {
	n, err := b.newNode("idle", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	sessions := make([]string, b.sockets)
	if err := each(ctx, b.sockets, 8, func(ctx context.Context, i int) (err error) {
		sessions[i], err = n.signIn(ctx, i)
		return err
	}); err != nil {
		return nil, err
	}
	desks := make([]*desk, b.sockets)
	open := func(ctx context.Context, i int) (err error) {
		desks[i], err = n.open(ctx, i, sessions[i])
		return err
	}
	// A fresh process, so that signing in is not in its memory.
	n.program.stop()
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	empty, _ := n.program.memory()
	if err := each(ctx, b.sockets, atOnce, open); err != nil {
		return nil, err
	}
	full, highest := n.program.memory()
	if err := n.program.cmd.Process.Kill(); err != nil {
		return nil, err
	}
	<-n.program.ended
	for _, d := range desks {
		_ = d.conn.CloseNow()
	}
	began := time.Now()
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	if err := each(ctx, b.sockets, atOnce, open); err != nil {
		return nil, err
	}
	took := time.Since(began)
	for _, d := range desks {
		_ = d.conn.CloseNow()
	}
	name := fmt.Sprintf("%d idle agent sockets", b.sockets)
	return []figure{
		once(name+", memory of the adapter", "MB", full).within("max", 250),
		once(name+", of it without any", "MB", empty),
		once(name+", highest while they come", "MB", highest),
		once(name+", all back after a kill", "s", took.Seconds()).within("max", 3),
	}, nil
}
