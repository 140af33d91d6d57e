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
	r := run{
		Job: j, began: j.Now(), visits: make([]int, len(j.Program.Actions)),
		scope: scope{program: &j.Program, event: j.Event, latest: make([]int, len(j.Program.Actions)), steps: make([]Step, 0, len(j.Past)+4)},
	}
	r.away = r.awaySoFar()
	r.walk(ctx)
	r.journal.Steps, r.journal.Spent = r.scope.steps, r.spent()
	return r.journal
}

type run struct {
	Job
	scope    scope
	visits   []int // by action: how often it was reached
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
	for at := r.Program.byID[r.Program.start]; ; {
		if len(r.scope.steps) == MaxSteps {
			r.end(Failed, fmt.Sprintf("the flow ran more than %d blocks; it goes in a circle", MaxSteps))
			return
		}
		a := &r.Program.Actions[at]
		if !r.step(ctx, a, at) {
			return
		}
		r.scope.latest[at] = len(r.scope.steps)
		step := &r.scope.steps[len(r.scope.steps)-1]
		if step.failed() {
			r.journal.Failures++
			if r.firstBad == "" {
				r.firstBad = step.Problem
			}
		}
		next, wired := a.Ports[step.Port]
		switch {
		case a.Type != End.Type && wired:
			at = r.Program.byID[next]
			continue
		case a.Type != End.Type && step.Port == Failure:
			r.end(Failed, step.Problem)
		case r.journal.Failures > 0:
			r.end(Partial, r.firstBad)
		default:
			r.end(Completed, "")
		}
		return
	}
}

// step adds an action's ended step, from the past or by doing it; false if the run stops instead.
func (r *run) step(ctx context.Context, a *Action, at int) bool {
	r.visits[at]++
	n, again, open := len(r.scope.steps), false, Step{}
	if n < len(r.Past) {
		past := r.Past[n]
		if past.Action != a.ID || past.Type != a.Type {
			r.end(Failed, fmt.Sprintf("the flow was changed while it ran: its step %d was %s (%s) and is %s (%s) now",
				n+1, past.Action, past.Type, a.ID, a.Type))
			return false
		}
		if !past.Open {
			return r.believe(past)
		}
		again, r.Past, open = true, nil, past
	}
	if err := ctx.Err(); err != nil {
		return r.suspend(context.Cause(ctx))
	}
	if r.spent() > MaxDuration {
		r.end(Failed, errTooLong)
		return false
	}
	return r.do(ctx, a, Effect{Action: a.ID, Visit: r.visits[at], Again: again}, open)
}

// believe takes a step of an earlier part as it ended.
func (r *run) believe(past Step) bool {
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
	r.scope.steps = append(r.scope.steps, past)
	r.learn(past.Attributes)
	return true
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
	r.Event.Contact, r.scope.event.Contact, r.scope.contact = &c, &c, nil
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
