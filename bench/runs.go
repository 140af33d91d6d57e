package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/heap"
	"github.com/patchcord/patchcord/salesforce"
)

// room is the adapter without its sockets, in this process: facts in, runs to their end, pages that answer at once.
type room struct {
	store  *store.Store
	heart  *heart.Heart
	engine *run.Engine
	ended  atomic.Int64
	failed atomic.Pointer[string] // how one of them ended that did not pop
}

// handy is a page that does what it is asked before anybody can wait for it.
type handy struct{}

// Do pops the one who calls.
func (handy) Do(_ context.Context, _ string, c wire.Command) (socket.Answer, error) {
	value := `{}`
	if c.Body.Type == "search" {
		value = onlyMaya
	}
	return socket.Answer{Result: wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: json.RawMessage(value)}}, nil
}

// Asked is always so.
func (handy) GiveUp(string, string) bool { return true }

// Pages is one.
func (handy) Pages(string) int { return 1 }

// Notify shows nothing.
func (handy) Notify(string, wire.Notice) {}

// Over does nothing: nobody looks.
func (handy) Over(string, string) {}

// Caller does nothing.
func (handy) Caller(string, wire.Caller) {}

// newRoom puts the rooms of the adapter together as it does itself, with one flow: the one that pops.
func newRoom(ctx context.Context, folder string) (*room, error) {
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o700)); err != nil {
		return nil, err
	}
	r := &room{}
	var err error
	if r.store, err = store.Open(ctx, filepath.Join(folder, "adapter.db")); err != nil {
		return nil, err
	}
	parsed, err := flow.Load([]byte(popFlow), blocks.All)
	if err != nil {
		return nil, err
	}
	rules := records.Adapter{Name: "A", DefaultCountry: "US", Flows: []records.Flow{{ID: "a02000000000001", Name: "pop",
		Source: "connectVoiceContact", Event: "onConnecting", Version: "1", Script: []byte(popFlow), Program: parsed}}}
	flows := effect.NewFlows(effect.FlowsConfig{Store: r.store, Hub: handy{}, Clock: systemClock, Log: silent,
		Client: func(context.Context, string) (*salesforce.Client, error) { return nil, errors.New("there is no org") }})
	r.engine = run.New(run.Config{Store: r.store, Clock: systemClock, Log: silent, Ended: r.end,
		Kinds: map[string]run.Kind{heart.Flow: {Do: flows.Do}}})
	r.heart = heart.New(heart.Config{
		Store: r.store, Rules: func(string) (records.Adapter, error, bool) { return rules, nil, true },
		Start: r.engine.Start, Open: r.engine.Open, Again: r.engine.Again,
		Bind: func(*store.Tx, string, string, time.Time) (bool, error) { return true, nil }, Rings: func(string) {},
		Over:  func(user, contact string, _ bool) { flows.Over(user, contact) },
		Clock: systemClock, Log: silent,
	})
	return r, r.engine.Load(ctx)
}

func (r *room) end(ended store.Run) {
	if ended.Status != store.Completed {
		why := fmt.Sprintf("a run ended as %s: %s", ended.Status, ended.Problem)
		r.failed.Store(&why)
	}
	r.ended.Add(1)
}

func (r *room) close() error {
	r.engine.Close()
	return r.store.Close()
}

// ring is the fact of a call that rings.
func ring(contact, number string) wire.Event {
	return wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: contact + ":onConnecting:1", Contact: &wire.Contact{
		ContactID: contact, InitialContactID: contact, Type: "voice", State: "connecting", Inbound: true, PhoneNumber: number, Since: 1}}
}

const (
	busyAgents = 500
	perRoom    = 20_000 // runs
)

// runs measures how many calls a second are kept, popped and journalled to their end by this process, durable on this disk.
func (b bench) runs(ctx context.Context) ([]figure, error) {
	defer heap.Headroom(heap.Adapter)() // as serve has it
	r, err := newRoom(ctx, filepath.Join(b.folder, "runs"))
	if err != nil {
		return nil, err
	}
	began, cpu := time.Now(), cpuTime()
	group, ctx := errgroup.WithContext(ctx)
	for agent := range busyAgents {
		group.Go(func() error {
			for i := range perRoom / busyAgents {
				e := ring(fmt.Sprintf("%d-%d", agent, i), fmt.Sprintf("+1206%07d", 2_000_000+agent*1000+i))
				if err := r.heart.Keep(ctx, userID(fmt.Sprint(agent)), "p", e); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err = group.Wait()
	for err == nil && r.ended.Load() < perRoom && time.Since(began) < 2*time.Minute {
		time.Sleep(time.Millisecond)
	}
	took, used := time.Since(began), cpuTime()-cpu
	if why := r.failed.Load(); why != nil {
		err = errors.Join(err, errors.New(*why))
	}
	if err = errors.Join(err, r.close()); err != nil {
		return nil, err
	}
	return []figure{
		once("journalled runs, page played in this process", "1/s", float64(r.ended.Load())/took.Seconds()).atLeast(10_000),
		once("… of a core's time for each", "µs", float64(used.Microseconds())/perRoom),
	}, nil
}
