package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/sessionend"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// middle is everything between the pages' sockets and the org's, with a page and an org that the test makes: no network, so that time is
// the test's own. begin it as often as a process would be.
type middle struct {
	t     *testing.T
	disk  run.Store // what heart, engine and effects write to
	base  *store.Store
	org   *org
	page  *fakePage
	rules heart.Rules
	// orgAway says that the org does not say what the rules are.
	orgAway atomic.Bool
	clock   clock.Clock
	log     *slog.Logger
	// client gives a user's way into the org; nil is one that is always good.
	client func(ctx context.Context, userID string) (*salesforce.Client, error)
	send   http.RoundTripper // to the org
	// foreign says whose flows may run queries from elsewhere; nil is nobody's.
	foreign func(userID string) bool
	centre  effect.CentreAPI // nil for none
	// over hears that a contact has ended, did of each run of a kind before it is carried out; nil for nobody.
	over func()
	did  func(kind string)

	// rule is what happens at the end of a session, statuses the contact centre's side of it; nil for none.
	rule     *sessionend.Rule
	mu       sync.Mutex // guards finished, and rules where they change on the way
	finished []store.Run
	statuses effect.Statuses

	engine   *run.Engine
	heart    *heart.Heart
	flows    *effect.Flows
	calls    *effect.Calls
	sessions *effect.Sessions
	presence *effect.Presence
	// throttled is how many more questions for a status the org does not answer.
	throttled atomic.Int32
	stopped   []string // agents whose presences are not kept in step any more
	goesOn    []string // agents whose presences are again
}

// newMiddle is to be called in a bubble of synctest.
func newMiddle(t *testing.T) *middle {
	t.Helper()
	s, err := store.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	o := &org{url: "http://org.example", claims: map[string]string{}, channels: map[string]record{}, changed: make(chan struct{}),
		phones: map[string]string{}}
	m := &middle{t: t, disk: s, base: s, org: o, page: newFakePage(), clock: clock.System{}, log: slog.New(slog.DiscardHandler)}
	m.rules = func(string) (records.Adapter, error, bool) { return defaultRules(t), nil, true }
	m.send = inProcess{o}
	return m
}

// inProcess asks a handler without a network.
type inProcess struct{ handler http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if r.Body == nil {
		r.Body = io.NopCloser(strings.NewReader(""))
	}
	answer := httptest.NewRecorder()
	p.handler.ServeHTTP(answer, r)
	return answer.Result(), nil
}

// defaultRules are the package's own flows: a ring pops, a click dials.
func defaultRules(t *testing.T) records.Adapter {
	t.Helper()
	a := records.Adapter{ID: "a01", Name: "A", DefaultCountry: "US"}
	for _, f := range []struct{ id, source, event, script string }{
		{"f1", fact.Interface, "onClickToDial", "01-salesforceUiOnClickToDial"},
		{"f2", fact.Voice, "onConnecting", "02-voiceContactOnConnecting"},
	} {
		text := script(f.script)
		parsed, err := flow.Load([]byte(text), blocks.All)
		if err != nil {
			t.Fatal(err)
		}
		a.Flows = append(a.Flows, records.Flow{ID: f.id, Name: f.script, Source: f.source, Event: f.event, Version: f.script,
			Script: []byte(text), Program: parsed})
	}
	return a
}

// begin starts what a process starts.
func (m *middle) begin() { m.beginWith(m.page) }

// beginWith is begin with another hub.
func (m *middle) beginWith(page effect.Hub) {
	m.t.Helper()
	client := func(ctx context.Context, _ string) (*salesforce.Client, error) {
		return salesforce.New(salesforce.Config{Session: salesforce.Session{InstanceURL: m.org.url, UserID: agentID},
			HTTP: &http.Client{Transport: m.send, Timeout: 30 * time.Second}, Clock: m.clock}), ctx.Err()
	}
	own := client
	if m.client != nil {
		own = m.client
	}
	m.flows = effect.NewFlows(effect.FlowsConfig{Store: m.disk, Hub: page, Client: own, Clock: m.clock, Log: m.log,
		ForeignQueries: m.foreign, StatusID: m.statusID, Centre: m.centre})
	m.calls = effect.NewCalls(effect.CallsConfig{Store: m.disk, Hub: page, Client: own, Clock: m.clock, Log: m.log,
		Integration: func(ctx context.Context) (*salesforce.Client, error) { return client(ctx, "") }})
	m.sessions = effect.NewSessions(effect.SessionsConfig{Store: m.disk, Hub: page, Clock: m.clock, Statuses: m.statuses,
		Rule: func(context.Context, string) (*sessionend.Rule, error) { return m.rule, nil }})
	m.presence = effect.NewPresence(effect.PresenceConfig{Store: m.disk, Hub: page, Clock: m.clock, Notify: page.Notify,
		Took: func(time.Duration) {}, StatusID: m.statusID, Says: func(userID string, set presence.Set) bool {
			a, _, known := m.rulesNow(userID)
			return !known || set.SaidBy(a.Presence.Works())
		}})
	m.engine = run.New(run.Config{Store: m.disk, Clock: m.clock, Log: m.log, Ended: m.note, Kinds: map[string]run.Kind{
		heart.Flow:    {Do: m.flows.Do},
		heart.Decide:  {Do: func(ctx context.Context, h *run.Hand) run.Next { return m.heart.Decider(m.read)(ctx, h) }},
		heart.Lapse:   {Do: func(ctx context.Context, h *run.Hand) run.Next { return m.heart.Lapse(ctx, h) }},
		heart.Task:    {Do: m.heard(m.calls.Task), Last: true},
		heart.Channel: {Do: m.calls.Channel, Last: true},
		heart.Refresh: {Do: m.calls.Refresh},
		heart.Leave:   {Do: m.sessions.Leave},
		heart.Arrive:  {Do: m.sessions.Arrive},
		heart.Present: {Do: m.heard(m.presence.Do)},
		heart.Work: {Do: func(ctx context.Context, h *run.Hand) run.Next {
			channel := func(context.Context, string, string) (string, error) { return "cases", nil }
			return m.heart.Worker(channel, m.presence.Again)(ctx, h)
		}},
	}})
	m.heart = heart.New(heart.Config{Store: m.disk, Rules: m.rulesNow, Start: m.engine.Start, Open: m.engine.Open, Again: m.engine.Again,
		Bind: bind, Rings: func(string) {}, Clock: m.clock, Log: m.log,
		Stops:  func(userID string) { m.stopped = append(m.stopped, userID) },
		GoesOn: func(userID string) { m.goesOn = append(m.goesOn, userID) }, Over: func(userID, contactID string, _ bool) {
			m.flows.Over(userID, contactID)
			if m.over != nil {
				m.over()
			}
		}})
	if err := m.engine.Load(context.Background()); err != nil {
		m.t.Log("load:", err)
	}
}

// note hears of runs that have ended.
func (m *middle) note(r store.Run) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.finished = append(m.finished, r)
}

// heard tells of each run before it is carried out.
func (m *middle) heard(do run.Doer) run.Doer {
	return func(ctx context.Context, h *run.Hand) run.Next {
		if m.did != nil {
			m.did(h.Run.Kind)
		}
		return do(ctx, h)
	}
}

// rulesNow are the rules as they are at the time.
func (m *middle) rulesNow(userID string) (records.Adapter, error, bool) {
	m.mu.Lock()
	rules := m.rules
	m.mu.Unlock()
	return rules(userID)
}

// read is what the CRM says of the flows when it is asked.
func (m *middle) read(_ context.Context, userID string) (records.Adapter, error) {
	if m.orgAway.Load() {
		return records.Adapter{}, errOrgAway
	}
	a, err, _ := m.rulesNow(userID)
	return a, err
}

// end stops all of it, as SIGTERM does.
func (m *middle) end() {
	m.engine.Close()
	m.calls.Close()
}

// tell has a fact kept, which must succeed.
func (m *middle) tell(e wire.Event) {
	m.t.Helper()
	if err := m.heart.Keep(context.Background(), agentID, "p", e); err != nil {
		m.t.Fatal(err)
	}
}

// runsOf lists runs by kind and status, of a contact.
func (m *middle) runsOf(contactID string) map[string]int {
	m.t.Helper()
	found := map[string]int{}
	err := m.base.View(context.Background(), func(tx *store.Tx) error {
		all, err := tx.RunsOf(contactID, 1000)
		for _, r := range all {
			found[r.Kind+" "+string(r.Status)]++
		}
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return found
}

// open counts what has not ended.
func (m *middle) open() (n int) {
	m.t.Helper()
	err := m.base.View(context.Background(), func(tx *store.Tx) error {
		all, err := tx.OpenRuns(0, 10_000)
		n = len(all)
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return n
}

// fakePage is the agent's page, which keeps to the protocol: it carries a command out once, remembers that, and does not repeat what must
// not be repeated.
type fakePage struct {
	mu       sync.Mutex // guards what follows
	done     map[string]int
	told     map[string]json.RawMessage // results by id, as long as the page lives
	asked    []wire.Command
	notices  []string
	callers  []wire.Caller
	answers  func(c wire.Command) (wire.Result, bool) // false for what no page answers; nil finds and pops Maya
	away     chan struct{}                            // closed when a page is there again; nil while one is
	pending  map[string]bool                          // ids that were asked since a page was away
	takes    time.Duration                            // that it takes for each
	crossing func(c wire.Command)                     // hears of each command before it is carried out; nil for nobody
}

func newFakePage() *fakePage {
	return &fakePage{done: map[string]int{}, told: map[string]json.RawMessage{}, pending: map[string]bool{}}
}

// Do is the hub's.
func (p *fakePage) Do(ctx context.Context, _ string, c wire.Command) (socket.Answer, error) {
	if p.crossing != nil {
		p.crossing(c)
	}
	since := time.Now()
	p.mu.Lock()
	away := p.away
	p.mu.Unlock()
	if away != nil {
		select {
		case <-away:
		case <-ctx.Done():
			return socket.Answer{Away: time.Since(since)}, socket.ErrNoPage
		}
	}
	gone := time.Since(since)
	if p.takes > 0 && clock.Pause(ctx, clock.System{}, p.takes) != nil {
		return socket.Answer{Away: gone}, ctx.Err()
	}
	r, answered := p.carryOut(c)
	if !answered || ctx.Err() != nil {
		<-ctx.Done()
		return socket.Answer{Away: gone}, ctx.Err()
	}
	return socket.Answer{Result: r, Away: gone}, nil
}

// leave takes the page away, comeBack brings it back.
func (p *fakePage) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away, p.pending = make(chan struct{}), map[string]bool{}
}

func (p *fakePage) comeBack() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.away)
	p.away = nil
}

func (p *fakePage) carryOut(c wire.Command) (wire.Result, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, c)
	p.pending[c.ID] = true
	if p.answers != nil {
		return p.answers(c)
	}
	kind, _ := wire.KindOf(c.Body.Type)
	value, known := p.told[c.ID]
	switch {
	case known:
	case c.IfRemembered: // as the hub says when every page is unable
		return wire.Result{ID: c.ID, Outcome: wire.OutcomeRefused, Error: "This page does not remember what became of it."}, true
	case c.Again && !kind.Repeatable:
		return wire.Result{ID: c.ID, Outcome: wire.OutcomeUnknown}, true
	default:
		p.done[c.ID]++
		value = json.RawMessage(popsMaya(c))
		p.told[c.ID] = value
	}
	return wire.Result{ID: c.ID, Outcome: wire.OutcomeDone, Value: value}, true
}

// Pages is the hub's.
func (p *fakePage) Pages(string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.away != nil {
		return 0
	}
	return 1
}

// GiveUp is the hub's.
func (p *fakePage) GiveUp(_, id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.pending[id]
}

// Notify is the hub's.
func (p *fakePage) Notify(_ string, n wire.Notice) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.notices = append(p.notices, n.Text)
}

// Over is the hub's.
func (p *fakePage) Over(string, string) {}

// Caller is the hub's.
func (p *fakePage) Caller(_ string, c wire.Caller) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.callers = append(p.callers, c)
}

// of lists the commands of a type that were asked.
func (p *fakePage) of(kind string) (found []wire.Command) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.asked {
		if c.Body.Type == kind {
			found = append(found, c)
		}
	}
	return found
}

func (o *org) tasksOf(contactID string) (found []record) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, task := range o.tasks {
		if task["CallObject"] == contactID {
			found = append(found, task)
		}
	}
	return found
}

func (o *org) channelOf(contactID string) record {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.channels[contactID]
}

// rest lets everything that can go on within some time do so.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

var errOrgAway = errors.New("the org is away")

var errKilled = errors.New("the process was killed")
