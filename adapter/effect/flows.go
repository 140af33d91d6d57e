// Package effect carries out what runs ask of the world: of the agent's softphone pages and of the CRM.
//
// Read first: Flows, Calls. It decides nothing: which runs there are is the heart's, in what order they start the engine's, what a flow
// says the flow's.
package effect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/calllog"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// Hub is what effects need of the pages' sockets.
type Hub interface {
	// Do has a page of the user carry out a command and waits for its result.
	Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error)
	// GiveUp says that nobody wants a command any more. It is under way if a page has it in hand, or may have begun what must not be
	// repeated: no other page begins it then.
	GiveUp(userID, id string) (underWay bool)
	// Pages counts the connected pages of a user.
	Pages(userID string) int
	// Notify shows a notice on all pages of a user, Over takes it back, and Caller says on them who is at the other end of a contact.
	Notify(userID string, n wire.Notice)
	Over(userID, code string)
	Caller(userID string, c wire.Caller)
}

// FlowsConfig is what flows need of the other rooms.
type FlowsConfig struct {
	Store  run.Store
	Hub    Hub
	Client func(ctx context.Context, userID string) (*salesforce.Client, error) // a user's own
	Web    Web                                                                  // nil asks no web services
	Hosts  func(ctx context.Context, userID string) (outbound.Hosts, error)     // that a user's flows may ask
	Centre CentreAPI                                                            // nil without credentials
	// ForeignQueries says whether a user's flows may run queries that came from elsewhere; nil is no.
	ForeignQueries func(userID string) bool
	// StatusID finds a status of Omni-Channel by its developer name or id; "" if there is none.
	StatusID func(ctx context.Context, userID, name string) (string, error)
	// Asked hears of each question that a block puts to the org, by what it does: create, update, retrieve, query, find; nil for nobody.
	Asked func(operation string)
	// Mark gives what an action of a run is carried out under; nil is ctx as it is.
	Mark  func(ctx context.Context, r store.Run, effect flow.Effect) context.Context
	Clock clock.Clock
	Log   *slog.Logger
}

// Flows carry out the runs of CTI flows. They are safe for concurrent use.
type Flows struct {
	cfg     FlowsConfig
	waits   waits
	objects objects

	profiles profiles
	ends     *ends

	mu     sync.Mutex // guards parsed
	parsed map[string]flow.Program
}

// NewFlows carries out nothing yet.
func NewFlows(cfg FlowsConfig) *Flows {
	return &Flows{
		cfg: cfg, waits: newWaits(), objects: objects{clock: cfg.Clock}, parsed: map[string]flow.Program{},
		ends:     newEnds(cfg.Clock),
		profiles: profiles{client: cfg.Client, clock: cfg.Clock, known: map[string]knownProfile{}},
	}
}

// Over has the commands given up that wait for a page of a contact which has ended: nobody wants them now.
func (x *Flows) Over(userID, contactID string) {
	x.ends.note(userID + "|" + contactID)
	x.waits.giveUp(userID + "|" + contactID)
}

// flowTries is how often a run goes on at the same step before it is given up.
const flowTries = 8

// Do carries out a run of a flow from where it stopped.
func (x *Flows) Do(ctx context.Context, h *run.Hand) run.Next {
	r := &h.Run
	f, err := x.version(ctx, r.Body.Version)
	if err != nil {
		return x.suspended(h, fmt.Errorf("the flow as it was when this run began cannot be read: %w", err))
	}
	var past []flow.Step
	if len(r.Body.Steps) > 0 {
		if err := json.Unmarshal(r.Body.Steps, &past); err != nil {
			return run.Next{Status: store.GivenUp, Problem: "what it has done so far cannot be read"}
		}
	}
	p := &page{flows: x, hand: h, resumed: r.Fence > 1 || r.Body.Tries > 0 || len(past) > 0}
	j := flow.Run(ctx, flow.Job{
		Program: f, Event: EventOf(r.Body), Host: x.host(p), Recorder: p, Past: past, Resumed: p.resumed, Mark: x.mark(*r), Spent: r.Body.Spent,
		ID: r.Body.Version, Flows: x.called(r), Now: x.cfg.Clock.Now,
	})
	r.Body.Spent = j.Spent
	if steps, err := json.Marshal(j.Steps); err == nil { // they came of JSON
		r.Body.Steps = steps
	}
	next := run.Next{Problem: j.Problem, Also: p.learned}
	switch j.Status {
	case flow.Suspended:
		next = x.suspended(h, j.Err)
		next.Also = p.learned
	case flow.Completed:
		next.Status = store.Completed
	case flow.Partial:
		next.Status = store.Partial
	default:
		next.Status = store.Failed
	}
	x.tell(r, next, p, j.Steps)
	return next
}

// called finds the flows that a run may call, as they were when it began.
func (x *Flows) called(r *store.Run) func(ctx context.Context, name string) (flow.Callee, error) {
	return func(ctx context.Context, name string) (flow.Callee, error) {
		hash, kept := r.Body.Calls[name]
		if !kept {
			return flow.Callee{}, &flow.Refused{Reason: fmt.Sprintf("no one flow named %s was active on this adapter record when the run began: "+
				"name an active one, by its id if others have its name", name)}
		}
		f, err := x.version(ctx, hash)
		return flow.Callee{ID: hash, Program: f}, err
	}
}

// host is where a run's blocks act.
func (x *Flows) host(p *page) flow.Host {
	h := flow.Host{
		Page: p, CRM: &org{p}, Properties: &properties{flows: x, run: &p.hand.Run, hand: p.hand},
		Contacts: known{x, p.hand.Run}, Centre: x.centre(p.hand.Park),
	}
	if x.cfg.Web != nil {
		h.HTTP = web{p}
	}
	return h
}

// mark is what a run's actions are carried out under; nil for nothing.
func (x *Flows) mark(r store.Run) func(context.Context, flow.Effect) context.Context {
	if x.cfg.Mark == nil {
		return nil
	}
	return func(ctx context.Context, effect flow.Effect) context.Context { return x.cfg.Mark(ctx, r, effect) }
}

// suspended is how a run goes on that could not end.
func (x *Flows) suspended(h *run.Hand, err error) run.Next {
	if later, ok := errors.AsType[*flow.Later](err); ok { // on purpose
		h.Run.Body.Reason = ""
		return run.Next{Status: store.Waiting, Problem: err.Error(), Wake: later.At}
	}
	if !errors.Is(err, context.Canceled) { // the sockets end a moment before the engine: nothing was tried
		h.Run.Body.Tries++
	}
	h.Run.Body.Reason = ReasonOf(err)
	next := run.Next{
		Status: store.Waiting, Problem: err.Error(), Wake: x.cfg.Clock.Now().Add(clock.Backoff(h.Run.Body.Tries)),
	}
	switch wait := calllog.Wait(err); {
	case wait != nil && wait.SignIn:
		next.Waits = store.SignIn
	case wait != nil && wait.After > 0:
		next.Wake = x.cfg.Clock.Now().Add(min(wait.After, longestWait))
	case wait == nil && h.Run.Body.Tries >= flowTries:
		next.Status = store.GivenUp
	}
	return next
}

// longestWait is how long a run waits at most because the org asks for it.
const longestWait = time.Hour

// ours is an error of the adapter's own store: it passes, mostly when there is room again, and is not the run's fault. What the store does
// not have, or has in other hands, does not pass.
func ours(err error) error {
	if err == nil || errors.Is(err, store.ErrNone) || errors.Is(err, store.ErrStale) || errors.Is(err, store.ErrDamaged) {
		return err
	}
	return &calllog.Later{Err: err}
}

// tell says to the agent why a click on a number came to nothing, or why nobody was looked up. A page that was asked to dial and refused
// has said so itself.
func (x *Flows) tell(r *store.Run, next run.Next, p *page, steps []flow.Step) {
	f := r.Body.Fact
	wentWell := next.Status == store.Completed
	switch {
	case f.Source == fact.Interface && f.Event == onClickToDial && !next.Status.Open() && !wentWell && !p.hasTold():
		why := told.OfClick(told.Run{Flow: r.Flow, Status: told.Status(next.Status), Reason: string(r.Body.Reason), Steps: steps})
		x.cfg.Hub.Notify(r.User, wire.Notice{Level: "warning", Text: why.Text, Code: why.Code, Args: why.Args})
	case rings(f) && !wentWell && !p.hasFound():
		x.tellUnfound(r, next)
	}
}

const onClickToDial = "onClickToDial"

// maxParsed is how many versions of flows are remembered.
const maxParsed = 500

// version is a flow as it was when a run began with it.
func (x *Flows) version(ctx context.Context, hash string) (flow.Program, error) {
	x.mu.Lock()
	f, ok := x.parsed[hash]
	x.mu.Unlock()
	if ok {
		return f, nil
	}
	var script []byte
	err := x.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
		script, err = tx.Version(hash)
		return err
	})
	if err != nil {
		return flow.Program{}, ours(err)
	}
	if f, err = flow.Load(script, blocks.All); err != nil {
		return flow.Program{}, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.parsed) >= maxParsed {
		clear(x.parsed)
	}
	x.parsed[hash] = f
	return f, nil
}

// EventOf is the fact as a flow sees it.
func EventOf(b store.Body) flow.Event {
	e := flow.Event{Country: b.Country}
	if c := b.Fact.Contact; c != nil {
		e.Contact = &flow.Contact{
			ID: c.ContactID, InitialID: c.InitialContactID, Type: c.Type, State: c.State, Inbound: c.Inbound, PhoneNumber: c.PhoneNumber,
			QueueName: c.QueueName, QueueARN: c.QueueARN, Method: c.InitiationMethod, Attributes: c.Attributes,
		}
	}
	if len(b.Fact.Payload) > 0 && json.Unmarshal(b.Fact.Payload, &e.Payload) != nil {
		e.Payload = nil
	}
	if a := b.Fact.Agent; a != nil {
		e.Agent = map[string]any{"name": a.Name, "username": a.Username, "state": a.State, "routingProfile": a.RoutingProfile}
	}
	return e
}

// runID names a run for pages, which may remember runs of another data folder.
func runID(r store.Run) string {
	return strconv.FormatInt(r.Created.UnixMilli(), 36) + "-" + strconv.FormatInt(r.ID, 36)
}

// effectID names one effect of a run.
func effectID(r store.Run, e flow.Effect) string {
	return fmt.Sprintf("%s|%s|%d", runID(r), e.Action, e.Visit)
}

// errTooLate means that nobody wants any more what was asked.
var errTooLate = errors.New("too late")

// tooLate says whether nobody wants a pop any more for what a run began with.
func (x *Flows) tooLate(ctx context.Context, r store.Run) (bool, error) {
	s := contact.New(r.User, r.Contact)
	if r.Contact != "" {
		err := x.cfg.Store.View(ctx, func(tx *store.Tx) error { return tx.State(r.User, r.Contact, &s) })
		if err != nil {
			return false, ours(err)
		}
	}
	return s.TooOld(x.cfg.Clock.Now(), r.Body.Fact), nil
}
