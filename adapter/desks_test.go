package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

// follows is a rule of one side's status for the other's.
func follows(from presence.Side, value, becomes string) presence.Rule {
	r := presence.Rule{Name: value + " → " + becomes, Source: presence.CentreChanged, Destination: from.Other(), Value: becomes}
	operand := presence.CentreNew
	if from == presence.Org {
		r.Source, operand = presence.OrgChanged, presence.OrgNew
		if value == presence.Offline {
			r.Source = presence.OrgLoggedOut
		}
	}
	r.Criteria = []presence.Criterion{{A: presence.Term{Operand: operand}, Comparator: presence.Equal,
		B: presence.Term{Operand: presence.Static, Value: value}}}
	return r
}

// inStep are the rules that the tests' agents have.
var inStep = []presence.Rule{
	follows(presence.Centre, "Available", "Online"), follows(presence.Org, "Online", "Available"),
	follows(presence.Centre, "Lunch", "Meal"), follows(presence.Org, "Meal", "Lunch"),
	follows(presence.Centre, "Busy", "OnCall"), follows(presence.Org, presence.Offline, "Offline"),
}

// desks are both platforms of some agents, and the pages between them and the adapter.
type desks struct {
	*fakePage
	m *middle

	mu      sync.Mutex // guards what follows
	centre  map[string]string
	org     map[string]string
	since   int64
	changes int
	queue   []func() error // what pages are about to tell
	refuses map[string]string
	noDesk  bool
	silent  bool // pages are there, and do not answer
	cut     bool // the adapter is away: what happens is told later
}

func newDesks(t *testing.T, rules []presence.Rule) *desks {
	m := newMiddle(t)
	d := &desks{fakePage: newFakePage(), m: m, centre: map[string]string{}, org: map[string]string{}, refuses: map[string]string{}}
	m.rules = func(string) (records.Adapter, error, bool) {
		a := defaultRules(t)
		a.Presence = records.Presence{On: true, Rules: rules}
		return a, nil, true
	}
	m.beginWith(d)
	return d
}

// Do carries out what an agent's page is asked for.
func (d *desks) Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error) {
	answer := func(outcome, why string) (socket.Answer, error) {
		return socket.Answer{Result: wire.Result{ID: c.ID, Outcome: outcome, Error: why}}, ctx.Err()
	}
	d.mu.Lock()
	cut := d.cut
	noDesk, silent := d.noDesk, d.silent
	d.mu.Unlock()
	if silent {
		<-ctx.Done()
		return socket.Answer{}, ctx.Err()
	}
	if cut {
		<-ctx.Done()
		return socket.Answer{}, socket.ErrNoPage
	}
	side, value := presence.Centre, ""
	switch {
	case c.Body.SetStatus != nil:
		value = c.Body.SetStatus.Name
	case noDesk:
		return socket.Answer{Result: wire.Result{ID: c.ID, Outcome: wire.OutcomeRefused, Code: told.CodeUnable}}, ctx.Err() // as the hub says
	case c.Body.Omni != nil && c.Body.Omni.Method == "logout":
		side, value = presence.Org, presence.Offline
	case c.Body.Omni != nil:
		side, value = presence.Org, strings.TrimPrefix(c.Body.Omni.StatusID, "id of ")
	default:
		return d.fakePage.Do(ctx, userID, c)
	}
	if why := d.refuses[value]; why != "" {
		return answer(wire.OutcomeRefused, why)
	}
	time.Sleep(30 * time.Millisecond)
	d.become(userID, side, value)
	return answer(wire.OutcomeDone, "")
}

func (m *middle) statusID(_ context.Context, _, name string) (string, error) {
	if m.throttled.Add(-1) >= 0 {
		return "", errOrgAway
	}
	if name == "Gone" {
		return "", nil
	}
	return "id of " + name, nil
}

// become is a change of a side, by a person or by ours; its page tells it soon.
func (d *desks) become(userID string, side presence.Side, value string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	of := d.centre
	if side == presence.Org {
		of = d.org
	}
	was := of[userID]
	if was == value {
		return
	}
	of[userID] = value
	d.since++
	d.changes++
	e := stateEvent(userID, side, was, value, d.since)
	at := time.Now()
	d.queue = append(d.queue, func() error {
		e.Age = time.Since(at).Milliseconds()
		return d.m.heart.Keep(context.Background(), userID, "p", e)
	})
}

func stateEvent(userID string, side presence.Side, was, value string, n int64) wire.Event {
	if side == presence.Centre {
		payload, _ := json.Marshal(map[string]string{"oldState": was, "newState": value})
		return wire.Event{Source: "connectAgent", Event: "onStateChange", Key: fmt.Sprintf("agent:%s:onStateChange:%d", userID, n),
			Agent: &wire.Agent{Username: userID, State: value, Since: n}, Payload: payload}
	}
	payload, _ := json.Marshal(map[string]string{"statusApiName": value, "statusName": "The status " + value})
	return wire.Event{Source: "salesforceAgent", Event: "onStateChange", Key: fmt.Sprintf("omni:p:%d", n), Payload: payload}
}

// settle lets everything be told and followed.
func (d *desks) settle() {
	for range 20 {
		d.tell()
		rest(100 * time.Millisecond)
	}
}

// tell tells what waits. A page keeps what the adapter did not take.
func (d *desks) tell() {
	d.mu.Lock()
	queue := d.queue
	if d.cut {
		queue = nil
	} else {
		d.queue = nil
	}
	d.mu.Unlock()
	for i, tell := range queue {
		err := tell()
		if errors.Is(err, errKilled) {
			d.mu.Lock()
			d.queue = append(queue[i:], d.queue...)
			d.mu.Unlock()
			return
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			d.m.t.Error(err)
		}
	}
}

func (d *desks) is(userID, centre, org string) {
	d.m.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.centre[userID] != centre || d.org[userID] != org {
		d.m.t.Errorf("the agent is %s and %s, want %s and %s", d.centre[userID], d.org[userID], centre, org)
	}
}

// history is what is kept of an agent's changes, the oldest first.
func (d *desks) history(userID string) (lines []string) {
	d.m.t.Helper()
	err := d.m.base.View(context.Background(), func(tx *store.Tx) error {
		found, err := tx.Presences(userID, 0, 100)
		for _, p := range found {
			lines = append([]string{strings.TrimSpace(fmt.Sprintf("%s %s→%s %s %s", p.Side, p.From, p.To, p.Cause, p.By))}, lines...)
		}
		return err
	})
	if err != nil {
		d.m.t.Fatal(err)
	}
	return lines
}

func (d *desks) state(userID string) agent.State {
	d.m.t.Helper()
	a := agent.New(userID)
	if err := d.m.base.View(context.Background(), func(tx *store.Tx) error { return tx.State(userID, "", &a) }); err != nil {
		d.m.t.Fatal(err)
	}
	return a
}

// reconnect is what a page says after its welcome.
func (d *desks) reconnect(userID string) {
	d.m.t.Helper()
	d.mu.Lock()
	centre, org, since := d.centre[userID], d.org[userID], d.since
	d.mu.Unlock()
	reading := wire.Presence{There: true, StatusID: "x", StatusAPIName: org}
	if org == presence.Offline {
		reading = wire.Presence{There: true}
	}
	known := d.state(userID).Centre
	if known.State == centre {
		since = known.Since
	}
	err := errors.Join(d.m.heart.Presence(context.Background(), userID, reading),
		d.m.heart.Sees(context.Background(), userID, "p", wire.Sees{Agent: wire.Agent{Username: userID, State: centre, Since: since}}))
	if err != nil {
		d.m.t.Fatal(err)
	}
}
