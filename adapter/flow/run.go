package flow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"
)

// Status is how a run ended, or that it did not.
type Status string

// The statuses.
const (
	Completed Status = "completed"
	// Partial runs came to an end, but a block failed on the way.
	Partial Status = "partial"
	// Failed runs were stopped by a block that failed and had no way on, or by a limit.
	Failed Status = "failed"
	// Suspended runs go on later, where they stopped.
	Suspended Status = "suspended"
)

// Step is one block's entry in the journal of a run.
type Step struct {
	Action  ActionID       `json:"action"`
	In      string         `json:"in,omitempty"` // of a flow that was called, where: the caller's action and its visit, as in uid-3:1
	Type    string         `json:"type"`
	Title   string         `json:"title,omitempty"`
	Inputs  map[string]any `json:"inputs,omitempty"` // what is long is cut, with a mark
	Result  any            `json:"result,omitempty"`
	Port    Port           `json:"port,omitempty"`
	Problem string         `json:"problem,omitempty"`
	// Code and Args are the problem for whoever knows the catalogue; Code is "" for one that is in none.
	Code    string            `json:"code,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
	Warning string            `json:"warning,omitempty"` // what a person should know, though the block did its work
	Made    Template          `json:"made,omitempty"`    // of what the text in Result is made
	// Attributes are the contact's that the block set.
	Attributes map[string]string `json:"attributes,omitempty"`
	Due        time.Time         `json:"due,omitzero"`   // of an open one that waits: until when
	Open       bool              `json:"open,omitempty"` // it was begun, and its end is not known
	Soft       bool              `json:"soft,omitempty"` // it left by Failure, and nothing went wrong
	Started    time.Time         `json:"started"`
	Took       time.Duration     `json:"took"` // nanoseconds
}

// failed says whether the block could not do its work.
func (s *Step) failed() bool { return s.Problem != "" || s.Port == Failure && !s.Soft }

// Place is the step's action, in a flow that was called with where that was, as in uid-3:1/uid-2.
func (s *Step) Place() ActionID {
	if s.In == "" {
		return s.Action
	}
	return ActionID(s.In) + "/" + s.Action
}

// Journal is what a run did.
type Journal struct {
	Status   Status        `json:"status"`
	Problem  string        `json:"problem,omitempty"`  // why it is not completed, for a person; of several the first
	Failures int           `json:"failures,omitempty"` // blocks that could not do their work
	Spent    time.Duration `json:"spent"`              // nanoseconds that count against MaxDuration, earlier parts included
	Steps    []Step        `json:"steps"`              // of a suspended run, the last may be open
	Err      error         `json:"-"`                  // why it is suspended
}

// Event starts a run: its payload and the contact or agent it is about.
type Event struct {
	Payload map[string]any
	Contact *Contact
	Agent   map[string]any
	Country string // ISO 3166 code with which numbers without a country code are read; "" is number.DefaultCountry
}

// Job is one run of a flow, or what is left of one.
type Job struct {
	Program  Program
	Event    Event
	Host     Host
	Recorder Recorder // nil keeps nothing
	// ID is the flow's among those that Flows gives; "" if it is none of them. Flows finds a flow that is to be called: *Refused if there is
	// none, any other error means: not now. It gives the same however often the run is repeated; nil has none.
	ID    string
	Flows func(ctx context.Context, name string) (Callee, error)
	// Past is what was recorded of the run so far: its ended steps are believed, not done again, and an open last one is done again.
	Past []Step
	// Resumed says that an earlier part may have done more than Past tells: what may be repeated is, with Effect.Again set.
	Resumed bool
	// Mark gives what an action's block runs under, so that what it asks of others is known as that action's; nil is ctx as it is.
	Mark  func(ctx context.Context, effect Effect) context.Context
	Spent time.Duration // of the earlier parts, as their journals say
	Now   func() time.Time
}

// Run executes a flow block by block until an end, a limit, the end of ctx, or an effect that cannot be had now. The last two leave it
// suspended: another Run with its steps as Past goes on at the step where it stopped.
func Run(ctx context.Context, j Job) Journal {
	r := run{Job: j, began: j.Now(), steps: make([]Step, 0, len(j.Past)+4)}
	r.frame = newFrame(&r.Program, j.Event, &r.steps)
	r.frame.id = j.ID
	r.away = r.awaySoFar()
	r.walk(ctx)
	if r.journal.Status != Suspended {
		r.abandon()
	} else if len(r.Past) > len(r.steps) {
		r.steps = r.Past // what was not come to again is not forgotten
	}
	r.journal.Steps, r.journal.Spent = r.steps, r.spent()
	return r.journal
}

type run struct {
	Job
	frame    *frame // the flow that runs now
	steps    []Step
	ended    int // the step that ended last, by its place
	began    time.Time
	asleep   time.Duration // that the run waits on purpose after this part
	away     time.Duration // as the page told it at the beginning
	results  int           // bytes of results so far
	inputs   int           // bytes of recorded inputs so far
	used     int           // bytes of evaluated inputs so far
	firstBad string        // first failed step's problem
	journal  Journal
}

var errTooLong = fmt.Sprintf("the flow ran for more than %d seconds and was stopped", int(MaxDuration.Seconds()))

func (r *run) walk(ctx context.Context) {
	if r.Program.start == "" {
		r.end(Failed, "the flow is broken and cannot begin")
		return
	}
	for at, more := r.Program.byID[r.Program.start], true; more; {
		if len(r.steps) >= MaxSteps {
			r.end(Failed, fmt.Sprintf("the flow ran more than %d blocks; it goes in a circle, or round for too long", MaxSteps))
			return
		}
		f := r.frame
		if !r.step(ctx, &f.program.Actions[at], at) {
			return
		}
		if r.frame != f { // a flow was called
			at = r.frame.program.byID[r.frame.program.start]
			continue
		}
		at, more = r.next(at, r.ended)
	}
}

// next goes on behind an action whose step has ended; false if the run has.
func (r *run) next(at, index int) (int, bool) {
	for {
		f, step := r.frame, &r.steps[index]
		a := &f.program.Actions[at]
		f.latest[at] = index + 1
		r.count(step)
		if a.block != nil && a.block.Loop {
			f.turn(at, step.Port)
		}
		next, wired := a.Ports[step.Port]
		failed := a.Type != End.Type && step.Port == Failure
		switch {
		case a.Type != End.Type && wired:
			return f.program.byID[next], true
		case f.caller != nil:
			at, index = r.leave(step, failed)
			continue
		case failed:
			r.end(Failed, step.Problem)
		case r.journal.Failures > 0:
			r.end(Partial, r.firstBad)
		default:
			r.end(Completed, "")
		}
		return 0, false
	}
}

// count has the run's end tell of a step that failed.
func (r *run) count(step *Step) {
	if !step.failed() {
		return
	}
	r.journal.Failures++
	if r.firstBad == "" {
		r.firstBad = step.Problem
	}
}

// step adds an action's ended step, from the past or by doing it; false if the run stops instead.
func (r *run) step(ctx context.Context, a *Action, at int) bool {
	f := r.frame
	f.visits[at]++
	effect := Effect{Action: f.path(a), Visit: f.visits[at]}
	n, open := len(r.steps), Step{}
	if n < len(r.Past) {
		past := r.Past[n]
		if past.Action != a.ID || past.Type != a.Type || past.In != f.where() {
			r.end(Failed, fmt.Sprintf("the flow was changed while it ran: its step %d was %s (%s) and is %s (%s) now",
				n+1, past.Action, past.Type, a.ID, a.Type))
			return false
		}
		place := f.place(a, at)
		called := n+1 < len(r.Past) && r.Past[n+1].within(place)
		switch {
		case !past.Open:
			r.believe(past)
			for called && len(r.steps) < len(r.Past) && r.Past[len(r.steps)].within(place) {
				r.believe(r.Past[len(r.steps)])
				r.count(&r.steps[len(r.steps)-1])
			}
			r.ended = n
			return true
		case called: // it goes on in there
			return r.do(ctx, a, at, effect, Step{Started: past.Started})
		case !past.Due.IsZero(): // it waited since
			open.Started, open.Due = past.Started, past.Due
		}
		effect.Again, r.Past = true, nil
	}
	if err := ctx.Err(); err != nil {
		return r.suspend(context.Cause(ctx))
	}
	if r.spent() > MaxDuration {
		r.end(Failed, errTooLong)
		return false
	}
	return r.do(ctx, a, at, effect, open)
}

// believe takes a step of an earlier part as it ended.
func (r *run) believe(past Step) {
	m := meter{left: MaxResults}
	m.add(past.Result)
	past.Made.measure(&m)
	if len(past.Attributes) > 0 {
		m.add(past.Attributes)
	}
	r.results += MaxResults - m.left
	m = meter{left: MaxResults}
	m.add(past.Inputs)
	r.inputs += MaxResults - m.left
	r.steps = append(r.steps, past)
	r.learn(past.Attributes)
}

// learn has the rest of the run see attributes that a block set.
func (r *run) learn(set map[string]string) {
	if len(set) == 0 || r.Event.Contact == nil {
		return
	}
	c := *r.Event.Contact
	c.Attributes = maps.Clone(c.Attributes)
	if c.Attributes == nil {
		c.Attributes = map[string]string{}
	}
	maps.Copy(c.Attributes, set)
	r.Event.Contact = &c
	for f := r.frame; f != nil; f = f.caller {
		f.event.Contact, f.contact = &c, nil
	}
}

func (r *run) end(status Status, problem string) {
	r.journal.Status, r.journal.Problem = status, problem
}

func (r *run) suspend(err error) bool {
	r.journal.Err = err
	r.end(Suspended, err.Error())
	return false
}

// spent is the time that counts.
func (r *run) spent() time.Duration {
	return r.Spent + r.asleep + max(0, r.Now().Sub(r.began)-(r.awaySoFar()-r.away))
}

func (r *run) awaySoFar() time.Duration {
	if page, ok := r.Host.Page.(Away); ok {
		return page.Away()
	}
	return 0
}

// isRefusal tells a no, with its reason.
func isRefusal(err error) (*Refused, bool) { return errors.AsType[*Refused](err) }
