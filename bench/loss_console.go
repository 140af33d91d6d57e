package main

import (
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/adapter/wire"
)

// carryOut does what the page's script does with a command: once, whatever happens to the socket.
func (b *browser) carryOut(ctx context.Context, t *tab, conn *websocket.Conn, c wire.Command) {
	result, known := b.remembered(t, c)
	if !known {
		if !wait(ctx, time.Duration(2+rand.IntN(60))*time.Millisecond) { // the platform takes its time, and the tab may be closed in it
			return
		}
		value, problem := b.act(c.Body)
		result = wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: value}
		if problem != "" {
			result = wire.Result{ID: c.ID, Outcome: wire.OutcomeRefused, Error: problem}
		}
		b.mu.Lock()
		t.here[c.ID] = result
		if c.Body.Type != "search" && c.Body.Type != "softphoneLayout" {
			b.done[c.ID] = result
		}
		b.mu.Unlock()
	}
	_ = send(ctx, conn, wire.FromPage{Type: "result", Result: &result}) // what is lost is asked again
}

// remembered is what became of a command before; one that must not be repeated is marked as begun.
func (b *browser) remembered(t *tab, c wire.Command) (wire.Result, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r, ok := t.here[c.ID]; ok {
		return r, true
	}
	if r, ok := b.done[c.ID]; ok {
		return r, true
	}
	if c.IfRemembered {
		return wire.Result{ID: c.ID, Outcome: wire.OutcomeUnable, Error: "This page does not remember what became of it."}, true
	}
	kind, _ := wire.KindOf(c.Body.Type)
	if kind.Repeatable {
		return wire.Result{}, false
	}
	if c.Again || b.begun[c.ID] {
		return wire.Result{ID: c.ID, Outcome: wire.OutcomeUnknown, Error: "It was begun before, and its end was not seen."}, true
	}
	b.begun[c.ID] = true
	return wire.Result{}, false
}

const layout = `{"Inbound":{"objects":{"Contact":[{"displayName":"Name","apiName":"Name"}]},"screenPopSettings":{` +
	`"NoMatch":{"screenPopType":"DontPop"},"SingleMatch":{"screenPopType":"PopToEntity"},"MultipleMatches":{"screenPopType":"DontPop"}}},` +
	`"Outbound":{"objects":{},"screenPopSettings":{}},"Internal":{"objects":{},"screenPopSettings":{}}}`

// act is the console, and the panel.
func (b *browser) act(body wire.CommandBody) (value json.RawMessage, problem string) {
	switch body.Type {
	case "search":
		return b.search(body.Search.SearchParams), ""
	case "softphoneLayout":
		return json.RawMessage(layout), ""
	case "screenPop":
		var opened wire.Popped
		if json.Unmarshal(body.ScreenPop.Params, &opened) != nil || opened.RecordID == "" {
			return nil, "no record"
		}
		b.show(popped{record: opened.RecordID, at: time.Now()})
		return body.ScreenPop.Params, ""
	case "choose":
		for _, m := range body.Choose.Matches {
			b.show(popped{record: m.RecordID, at: time.Now(), offered: true})
		}
	case "dial":
		b.mu.Lock()
		b.dials[body.Dial.PhoneNumber]++
		b.mu.Unlock()
		if !b.centre.dial(body.Dial.PhoneNumber) {
			return nil, "The agent is in a call."
		}
	}
	return json.RawMessage(`{}`), ""
}

func (b *browser) show(p popped) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pops = append(b.pops, p)
}

// search is searchAndScreenPop, deferred.
func (b *browser) search(what string) json.RawMessage {
	found := map[string]any{}
	ids := b.org.matches(what)
	for _, id := range ids {
		found[id] = map[string]string{"Id": id, "Name": "Person " + strings.TrimLeft(id[3:15], "0"), "RecordType": "Contact"}
	}
	if len(ids) == 1 {
		found["SCREEN_POP_DATA"] = map[string]any{"type": "sobject", "params": map[string]string{"recordId": ids[0]}}
	}
	body, _ := json.Marshal(found) // texts
	return body
}

// seen is what a browser has to say in the end.
type seen struct {
	facts  map[string]told
	pops   []popped
	dials  map[string]int
	link   []edge
	unsent int
	lost   int
}

func (b *browser) seen() seen {
	left := 0
	if b.real != nil {
		left = b.real.unsent()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	s := seen{facts: map[string]told{}, pops: slices.Clone(b.pops), dials: maps.Clone(b.dials), link: slices.Clone(b.link),
		unsent: len(b.outbox) + left, lost: b.lost}
	for key, f := range b.facts {
		s.facts[key] = *f
	}
	return s
}
