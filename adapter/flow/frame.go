package flow

import (
	"context"
	"fmt"
	"strings"
)

// MaxCalls is how many flows may stand in each other, the run's own left out.
const MaxCalls = 5

// Enter is another flow that a block has run in its place: it sees the contact and the agent, and Payload as its payload. What it gives is
// the block's result.
type Enter struct {
	Flow    string // its name or id
	Payload map[string]any
}

// Callee is a flow that is called.
type Callee struct {
	ID      string // the same for the same flow, by whatever name it is called
	Program Program
}

// frame is one flow of a run: the run's own, or one that was called.
type frame struct {
	scope
	visits []int // by action: how often it was reached
	loops  []loop
	id     string
	in     string // where it was called, with a slash at its end; "" for the run's own flow
	caller *frame
	at     int // the caller's action
	step   int // and its step
}

// loop is an action that goes round, and how often it did.
type loop struct{ at, round int }

func newFrame(p *Program, event Event, steps *[]Step) *frame {
	n := len(p.Actions)
	return &frame{scope: scope{program: p, event: event, steps: steps, latest: make([]int, n)}, visits: make([]int, n)}
}

// where is in as steps have it.
func (f *frame) where() string { return strings.TrimSuffix(f.in, "/") }

// path names an action as it is reached now, for effects: the same however often the run is repeated.
func (f *frame) path(a *Action) ActionID { return ActionID(f.in) + a.ID }

// place is where the steps of a flow stand that an action calls now.
func (f *frame) place(a *Action, at int) string {
	return fmt.Sprintf("%s%s:%d/", f.in, a.ID, f.visits[at])
}

// round is how often a loop went round. Loops that were begun in it and left halfway begin anew when they are reached again.
func (f *frame) round(at int) int {
	for i := len(f.loops) - 1; i >= 0; i-- {
		if f.loops[i].at == at {
			f.loops = f.loops[:i+1]
			return f.loops[i].round
		}
	}
	f.loops = append(f.loops, loop{at: at})
	return 0
}

// turn notes how a loop was left: for another round, or for good.
func (f *frame) turn(at int, port Port) {
	f.round(at) // of a step of the past nobody has asked
	last := len(f.loops) - 1
	if port == Each {
		f.loops[last].round++
	} else {
		f.loops = f.loops[:last]
	}
}

// enter begins another flow in the place of an action whose step is open. *Refused says why it cannot be.
func (r *run) enter(ctx context.Context, a *Action, at int, e Enter) error {
	depth := 0
	for f := r.frame; f.caller != nil; f = f.caller {
		depth++
	}
	if depth == MaxCalls {
		return &Refused{Reason: fmt.Sprintf("flows call each other more than %d deep", MaxCalls)}
	}
	if r.Flows == nil {
		return &Refused{Reason: "there are no other flows to call here"}
	}
	callee, err := r.Flows(ctx, e.Flow)
	if err != nil {
		return err
	}
	for f := r.frame; f != nil; f = f.caller {
		if f.id == callee.ID && f.id != "" {
			return &Refused{Reason: fmt.Sprintf("the flow %s is running already: flows that call each other in a circle never end", e.Flow)}
		}
	}
	if callee.Program.start == "" {
		return &Refused{Reason: fmt.Sprintf("the flow %s is broken and cannot begin", e.Flow)}
	}
	event := r.Event
	event.Payload = e.Payload
	inner := newFrame(&callee.Program, event, &r.steps)
	inner.id, inner.in, inner.caller, inner.at, inner.step = callee.ID, r.frame.place(a, at), r.frame, at, len(r.steps)-1
	r.frame = inner
	return nil
}

// leave goes back to the caller of a flow that came to its end with a step: that ends the caller's.
func (r *run) leave(last *Step, failed bool) (at, step int) {
	f := r.frame
	r.frame = f.caller
	a := &r.frame.program.Actions[f.at]
	outcome := Outcome{Port: Success, Result: last.Result}
	if b := f.program.At(last.Action).block; b == nil || len(b.Ports) > 0 {
		outcome.Result = nil // it gives nothing: the flow just stopped there
	}
	var err error
	if failed {
		err = &Refused{Reason: last.Problem, Code: last.Code, Args: last.Args}
	} else {
		err = r.measure(outcome)
	}
	r.close(a, f.step, outcome, err)
	return f.at, f.step
}

// abandon ends the steps of all callers when the run ends in a flow that was called.
func (r *run) abandon() {
	for f := r.frame; f.caller != nil; f = f.caller {
		r.close(&f.caller.program.Actions[f.at], f.step, Outcome{}, &Refused{Reason: r.journal.Problem})
	}
}

// within says whether a step is of a flow that was called at a place, or of one that this called.
func (s *Step) within(place string) bool { return strings.HasPrefix(s.In+"/", place) }
