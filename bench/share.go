package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// share measures from an event to the command that it causes, beside a bare commit on the same disk at the same time, and how many runs
// are journalled in a second of what pages tell.
func (b bench) share(ctx context.Context) (figures []figure, err error) {
	n, err := b.newNode("share", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	bare, err := b.newBare(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = bare.store.Close() }()
	took, err := n.eventToCommand(ctx, b.events, bare.commit)
	if err != nil {
		return nil, err
	}
	alone := milliseconds("a bare commit of one row, in between", bare.took)
	figures = append(figures, alone, milliseconds("event in → command out, durable", took).within("p99", alone.P99+1))
	rate, err := n.runsPerSecond(ctx, b.events*5)
	if err != nil {
		return figures, err
	}
	return append(figures, once("journalled runs of what pages tell", "1/s", rate)), nil
}

// bare is the adapter's store without the adapter.
type bare struct {
	store *store.Store
	took  []time.Duration
}

func (b bench) newBare(ctx context.Context) (*bare, error) {
	folder := filepath.Join(b.folder, "bare")
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700)); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, filepath.Join(folder, "adapter.db"))
	return &bare{store: s}, err
}

// commit writes one row and waits until it is durable.
func (b *bare) commit(ctx context.Context) error {
	began := time.Now()
	err := b.store.Do(ctx, "", func(tx *store.Tx) error {
		return tx.PutState("u", fmt.Sprint(len(b.took)), began, true, struct{}{})
	})
	b.took = append(b.took, time.Since(began))
	return err
}

// eventToCommand plays calls that ring and pop, one after another; between comes after each.
func (n *node) eventToCommand(ctx context.Context, events int, between func(context.Context) error) ([]time.Duration, error) {
	session, err := n.signIn(ctx, 1)
	if err != nil {
		return nil, err
	}
	d, err := n.open(ctx, 1, session)
	if err != nil {
		return nil, err
	}
	defer d.conn.CloseNow()
	var took []time.Duration
	for i := range events + 50 {
		first, _, err := d.pops(ctx, fmt.Sprintf("contact-%d", i))
		if err != nil {
			return nil, err
		}
		if i >= 50 { // the first ones warm what every agent has warm
			took = append(took, first)
		}
		if err := between(ctx); err != nil {
			return nil, err
		}
	}
	return took, nil
}

// pops plays a call that rings, and is found at once, until it has popped: how long until the first command, and until that to pop.
func (d *desk) pops(ctx context.Context, contact string) (first, pop time.Duration, err error) {
	began := time.Now()
	if err := d.tell(ctx, "onConnecting", contact); err != nil {
		return 0, 0, err
	}
	for {
		m, err := d.until(ctx, func(m wire.ToPage) bool { return m.Command != nil })
		if err != nil {
			return 0, 0, err
		}
		if first == 0 {
			first = time.Since(began)
		}
		pop = time.Since(began)
		value := `{}`
		if m.Command.Body.Type == "search" {
			value = onlyMaya
		}
		if err := d.send(ctx, wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeDone,
			Value: json.RawMessage(value)}}); err != nil || m.Command.Body.Type == "screenPop" {
			return first, pop, err
		}
	}
}

// onlyMaya is a search that finds one person.
const onlyMaya = `{"003000000000001AAA":{"Id":"003000000000001AAA","Name":"Maya","RecordType":"Contact"},` +
	`"SCREEN_POP_DATA":{"type":"sobject","params":{"recordId":"003000000000001AAA"}}}`

const (
	tellers = 32 // pages that tell events at once
	window  = 16 // events of a page that are not acknowledged yet
)

// runsPerSecond has many pages tell events as fast as they are acknowledged, until all runs are in the journal.
func (n *node) runsPerSecond(ctx context.Context, runs int) (float64, error) {
	desks := make([]*desk, tellers)
	for i := range desks {
		session, err := n.signIn(ctx, 100+i)
		if err == nil {
			desks[i], err = n.open(ctx, 100+i, session)
		}
		if err != nil {
			return 0, err
		}
		defer desks[i].conn.CloseNow()
	}
	before, err := n.completed(ctx)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i, d := range desks {
		group.Go(func() error { return d.stream(ctx, fmt.Sprintf("run-%d", i), runs/tellers) })
	}
	if err := group.Wait(); err != nil {
		return 0, err
	}
	want := before + float64(runs/tellers*tellers)
	for {
		done, err := n.completed(context.WithoutCancel(ctx))
		if err != nil {
			return 0, err
		}
		took := time.Since(began)
		if done >= want {
			return (done - before) / took.Seconds(), nil
		}
		if took > 2*time.Minute {
			return 0, fmt.Errorf("only %.0f of %.0f runs after %s", done-before, want-before, took)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// stream tells so many events, a window of them unacknowledged.
func (d *desk) stream(ctx context.Context, name string, events int) error {
	unacked := make(chan struct{}, window)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		for i := range events {
			select {
			case unacked <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := d.tell(ctx, "onConnected", fmt.Sprintf("%s-%d", name, i)); err != nil {
				return err
			}
		}
		return nil
	})
	group.Go(func() error {
		for acked := 0; acked < events; {
			if _, err := d.until(ctx, func(m wire.ToPage) bool { return m.Ack != nil }); err != nil {
				return err
			}
			acked++
			<-unacked
		}
		return nil
	})
	return group.Wait()
}

// completed is how many runs /metrics counts.
func (n *node) completed(ctx context.Context) (float64, error) {
	resp, err := get(ctx, n.client, "http://"+n.address+"/metrics")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(body)) {
		if value, ok := strings.CutPrefix(l, `patchcord_runs_total{kind="flow",status="completed"} `); ok {
			var f float64
			_, err := fmt.Sscan(value, &f)
			return f, err
		}
	}
	return 0, nil
}
