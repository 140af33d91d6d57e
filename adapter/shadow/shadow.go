// Package shadow runs a draft of a flow on what was recorded of an event, and tells where it would do something else.
//
// Read first: Draft, Recorded, Case. It is pure: no clock of its own, no store, no network; nothing is ever done.
package shadow

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Draft is a flow that is to be compared. It is for one user at a time.
type Draft struct {
	program flow.Program
	blocks  flow.Blocks             // as they really are
	staged  flow.Blocks             // as they are here
	called  map[string]flow.Program // by what names them as they are
}

// New takes a draft. *flow.Invalid says why it cannot run.
func New(d flow.Document, blocks flow.Blocks) (Draft, error) {
	of := staged(blocks)
	program, findings := flow.Compile(d, of)
	return Draft{program: program, blocks: blocks, staged: of, called: map[string]flow.Program{}}, flow.Broken(findings)
}

// Name is the draft's own.
func (d Draft) Name() string { return d.program.Name }

// Recorded is an event with what was done for it.
type Recorded struct {
	Event  flow.Event
	At     time.Time   // when it was
	Steps  []flow.Step // of the run; none if no flow ran
	Failed bool        // the run did
	// Flow finds a flow that the draft calls, and what names it as it is; false if it is not known. nil knows none.
	Flow func(name string) (version string, script []byte, known bool)
	// Hidden is what every text contains that stands for a value which nobody may see; "" if there is none.
	Hidden string
}

// Verdict is what comes of a comparison.
type Verdict string

// The verdicts.
const (
	Same    Verdict = "same"    // it would do the same
	Differs Verdict = "differs" // it would do something else
	Fails   Verdict = "fails"   // it would do the same and fail, which was not so
	Unknown Verdict = "unknown" // it would do the same as far as can be told, which is not to its end
)

// Case is a draft against one event.
type Case struct {
	Verdict Verdict
	Changes []Change
	Stop    *Stop  // where the draft could not be followed any more; nil if it came to its end
	Problem string // why the draft would fail, where the run did not; "" if it would not
}

// Stop is the block behind which nothing can be told.
type Stop struct {
	Action flow.ActionID
	Label  string
	Why    Reason
}

// Reason is why a draft cannot be followed.
type Reason string

// The reasons.
const (
	Unrecorded Reason = "unrecorded" // there is no answer for its block with these inputs
	Masked     Reason = "masked"     // it depends on a value that nobody may see
	NotKept    Reason = "notKept"    // it calls a flow that is not known
)

// Against runs the draft on an event. An error is ctx's.
func (d Draft) Against(ctx context.Context, r Recorded) (Case, error) {
	journal := d.run(ctx, r)
	if err := ctx.Err(); err != nil {
		return Case{}, err
	}
	c := Case{Stop: d.stop(journal)}
	hidden := false
	c.Changes, hidden = compare(d.effects(ctx, r.Steps, r), d.effects(ctx, journal.Steps, r), c.Stop != nil, r.Hidden)
	if hidden && c.Stop == nil {
		c.Stop = &Stop{Why: Masked}
	}
	if journal.Status == flow.Failed && !r.Failed {
		c.Problem = journal.Problem
	}
	switch {
	case len(c.Changes) > 0:
		c.Verdict = Differs
	case c.Problem != "":
		c.Verdict = Fails
	case c.Stop != nil:
		c.Verdict = Unknown
	default:
		c.Verdict = Same
	}
	return c, nil
}

// run follows the draft as far as answers are recorded. Nobody waits.
func (d Draft) run(ctx context.Context, r Recorded) flow.Journal {
	return flow.RunThrough(ctx, flow.Job{Program: d.program, Event: r.Event, Host: flow.Host{Page: tapeOf(r)},
		Now:   func() time.Time { return r.At },
		Flows: func(_ context.Context, name string) (flow.Callee, error) { return d.callee(r, name) }})
}

// callee is a flow that the draft calls.
func (d Draft) callee(r Recorded, name string) (flow.Callee, error) {
	if r.Flow == nil {
		return flow.Callee{}, &noAnswer{NotKept}
	}
	version, script, known := r.Flow(name)
	if !known {
		return flow.Callee{}, &noAnswer{NotKept}
	}
	if p, known := d.called[version]; known {
		return flow.Callee{ID: version, Program: p}, nil
	}
	p, err := flow.Load(script, d.staged)
	if err != nil {
		return flow.Callee{}, &flow.Refused{Reason: fmt.Sprintf("the flow %s cannot run: %v", name, err)}
	}
	if len(d.called) < maxCalled {
		d.called[version] = p
	}
	return flow.Callee{ID: version, Program: p}, nil
}

// maxCalled bounds how many versions of flows are remembered.
const maxCalled = 100

// stop is where a draft's run stopped for want of an answer.
func (d Draft) stop(j flow.Journal) *Stop {
	lost, ok := errors.AsType[*noAnswer](j.Err)
	if !ok || len(j.Steps) == 0 {
		return nil
	}
	last := j.Steps[len(j.Steps)-1]
	stop := &Stop{Action: last.Place(), Label: last.Title, Why: lost.why}
	if b := d.blocks.Of(last.Type); stop.Label == "" && b != nil {
		stop.Label = b.Label
	}
	return stop
}
