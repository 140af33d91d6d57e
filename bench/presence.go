package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/wire"
)

const (
	presenceAgents = 200
	presenceEvery  = 10 * time.Second // that each of them changes a status
	presenceFor    = 60 * time.Second
	platformTakes  = 40 * time.Millisecond // for a change of a status, as the sandbox's do
)

// pairs are statuses that follow each other: at the contact centre, and in Omni-Channel.
var pairs = [][2]string{{"Available", "Online"}, {"Lunch", "Meal"}, {"Break", "Pause"}}

// presence measures how long the two presences of many agents differ, also around a kill of the adapter.
func (b bench) presence(ctx context.Context) ([]figure, error) {
	n, err := b.newNode("presence", rulesOfPairs, nil)
	if err != nil {
		return nil, err
	}
	if err := n.start(ctx); err != nil {
		return nil, err
	}
	defer func() { _ = n.close() }()
	agents := make([]*follower, presenceAgents)
	err = each(ctx, presenceAgents, 8, func(ctx context.Context, i int) error {
		session, err := n.signIn(ctx, i+1)
		if err != nil {
			return err
		}
		agents[i] = newFollower(i+1, session)
		return agents[i].connect(ctx, n)
	})
	if err != nil {
		return nil, err
	}
	live, end := context.WithTimeout(ctx, presenceFor)
	defer end()
	group, _ := errgroup.WithContext(live)
	for _, a := range agents {
		group.Go(func() error { return a.work(live) })
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if !wait(ctx, 2*time.Second) {
		return nil, ctx.Err()
	}
	apart := howMany(agents, func(a *follower) bool { return !a.agrees() })
	var took []time.Duration
	for _, a := range agents {
		took = append(took, a.took()...)
	}
	changed, err := killBetween(ctx, n, agents)
	if err != nil {
		return nil, err
	}
	return []figure{
		milliseconds("one status changed → the other is, too", took).within("p95", 500),
		milliseconds("… the slowest", took).within("p99", 1000),
		once("agents at rest whose statuses differ", "", float64(apart)).none(),
		once("statuses changed by a kill of the adapter", "", float64(changed)).none(),
	}, nil
}

func howMany(agents []*follower, is func(*follower) bool) (n int) {
	for _, a := range agents {
		if is(a) {
			n++
		}
	}
	return n
}

// killBetween kills the adapter while nobody changes anything, and counts what changes when all are back.
func killBetween(ctx context.Context, n *node, agents []*follower) (int, error) {
	before := 0
	for _, a := range agents {
		before += a.changes()
	}
	n.program.stop()
	for _, a := range agents {
		a.hangUp()
	}
	if err := n.start(ctx); err != nil {
		return 0, err
	}
	err := each(ctx, len(agents), 8, func(ctx context.Context, i int) error { return agents[i].connect(ctx, n) })
	if err != nil || !wait(ctx, 3*time.Second) {
		return 0, err
	}
	for _, a := range agents {
		before -= a.changes()
		a.hangUp()
	}
	return -before, nil
}

// rulesOfPairs answers for the org: rules by which statuses follow each other, both ways.
func rulesOfPairs(w http.ResponseWriter, r *http.Request) bool {
	q := r.URL.Query().Get("q")
	var rows []map[string]any
	switch {
	case strings.Contains(q, "FROM AC_CtiAdapter__c"):
		rows = append(rows, map[string]any{"Id": "a01000000000001", "Name": "A", "Amazon_Connect_Instance_Alias__c": "desk",
			"Amazon_Connect_Instance_Region__c": "us-east-1", "Presence_Sync_Enabled__c": true})
	case strings.Contains(q, "FROM ServicePresenceStatus"):
		for i, p := range pairs {
			rows = append(rows, map[string]any{"Id": fmt.Sprintf("0N5%012d", i), "DeveloperName": p[1], "MasterLabel": p[1]})
		}
	case strings.Contains(q, "FROM AC_PresenceSyncRule__c"):
		for _, p := range pairs {
			rows = append(rows, ruleRow("Connect Agent", p[0], "Salesforce Agent State", p[1]),
				ruleRow("Salesforce Agent", p[1], "Connect Agent State", p[0]))
		}
	default:
		return false
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"totalSize": len(rows), "done": true, "records": rows})
	return true
}

func ruleRow(of, is, destination, value string) map[string]any {
	return map[string]any{"Id": "a0R" + is + value, "Name": is + " to " + value, "Source__c": of + " State Change",
		"Operand_A__c": of + " New State", "Comparator__c": "Equal to", "Operand_B__c": "Static Value", "Operand_B_Value__c": is,
		"Destination__c": destination, "Value__c": value, "Active__c": true}
}

// follower is an agent, both platforms of theirs, and the page between them and the adapter.
type follower struct {
	id      int
	session string
	desk    *desk
	left    chan struct{} // closed when the page reads no more

	mu    sync.Mutex // guards what follows
	state map[presence.Side]string
	since int64
	facts int
	asked time.Time // of the change that is to be followed; zero for none
	times []time.Duration
	moved int
}

func newFollower(id int, session string) *follower {
	return &follower{id: id, session: session, since: time.Now().UnixMilli(),
		state: map[presence.Side]string{presence.Centre: pairs[0][0], presence.Org: pairs[0][1]}}
}

// connect opens the page and says how both sides stand, as a page does.
func (f *follower) connect(ctx context.Context, n *node) error {
	d, err := n.open(ctx, f.id, f.session)
	if err != nil {
		return err
	}
	f.mu.Lock()
	f.desk, f.left = d, make(chan struct{})
	seen := wire.Sees{Agent: f.agent(), Contacts: []wire.Contact{}}
	read := wire.Presence{There: true, StatusID: "x", StatusAPIName: f.state[presence.Org]}
	f.mu.Unlock()
	if err := d.send(ctx, wire.FromPage{Type: "sees", Sees: &seen}); err != nil {
		return err
	}
	go f.serve(context.WithoutCancel(ctx), d, f.left)
	return d.send(ctx, wire.FromPage{Type: "presence", Presence: &read})
}

func (f *follower) hangUp() {
	_ = f.desk.conn.CloseNow()
	<-f.left
}

// agent is as the contact centre has them; f.mu is held.
func (f *follower) agent() wire.Agent {
	return wire.Agent{Username: "agent" + strconv.Itoa(f.id), State: f.state[presence.Centre], Since: f.since}
}

// serve does what the page is asked for, until its socket ends.
func (f *follower) serve(ctx context.Context, d *desk, left chan struct{}) {
	defer close(left)
	for {
		m, err := d.until(ctx, func(m wire.ToPage) bool { return m.Command != nil })
		if err != nil {
			return
		}
		wait(ctx, platformTakes)
		side, value := presence.Centre, ""
		switch body := m.Command.Body; {
		case body.SetStatus != nil:
			value = body.SetStatus.Name
		case body.Omni != nil:
			side = presence.Org
			n, _ := strconv.Atoi(strings.TrimPrefix(body.Omni.StatusID, "0N5"))
			value = pairs[n][1]
		}
		f.become(ctx, d, side, value, false)
		_ = d.send(ctx, wire.FromPage{Type: "result", Result: &wire.Result{ID: m.Command.ID, Outcome: wire.OutcomeDone}})
	}
}

// work changes a status every few seconds.
func (f *follower) work(ctx context.Context) error {
	for wait(ctx, time.Duration(rand.Int64N(int64(2*presenceEvery)))) {
		side := []presence.Side{presence.Centre, presence.Org}[rand.IntN(2)]
		p := pairs[rand.IntN(len(pairs))]
		value := p[0]
		if side == presence.Org {
			value = p[1]
		}
		f.become(context.WithoutCancel(ctx), f.desk, side, value, true)
	}
	return nil
}

// become is a change at one of the platforms, and what the page tells of it.
func (f *follower) become(ctx context.Context, d *desk, side presence.Side, value string, chosen bool) {
	f.mu.Lock()
	was := f.state[side]
	if was == value {
		f.mu.Unlock()
		return
	}
	f.state[side] = value
	f.facts++
	f.moved++
	if chosen {
		f.asked = time.Now()
	} else if !f.asked.IsZero() && f.inStep() {
		f.times = append(f.times, time.Since(f.asked))
		f.asked = time.Time{}
	}
	e := wire.Event{Source: "salesforceAgent", Event: "onStateChange", Key: fmt.Sprintf("omni:bench:%d", f.facts)}
	payload := map[string]string{"statusApiName": value, "statusName": value}
	if side == presence.Centre {
		f.since = max(f.since+1, time.Now().UnixMilli())
		a := f.agent()
		e = wire.Event{Source: "connectAgent", Event: "onStateChange", Key: fmt.Sprintf("agent:%s:onStateChange:%d", a.Username, f.since),
			Agent: &a}
		payload = map[string]string{"oldState": was, "newState": value}
	}
	f.mu.Unlock()
	e.Payload, _ = json.Marshal(payload)
	_ = d.send(ctx, wire.FromPage{Type: "event", Event: &e})
}

// inStep says that both sides are what the rules say of each other; f.mu is held.
func (f *follower) inStep() bool {
	return slices.Contains(pairs, [2]string{f.state[presence.Centre], f.state[presence.Org]})
}

func (f *follower) agrees() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.inStep()
}

func (f *follower) took() []time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.times
}

func (f *follower) changes() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.moved
}
