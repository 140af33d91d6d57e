package screenflow

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// mostRun bounds the elements that one interview runs. Source: Salesforce Help, general flow limits.
const mostRun = 2000

// Interview is a flow that somebody runs. It is a value: Next and Back give a new one, and the old one can be gone on from.
type Interview struct {
	id       string
	flow     *Flow
	user     Record
	values   map[string]Value  // of variables, fields and stored outputs
	chosen   map[string]string // of fields with choices, the choice's name
	visited  map[string]bool
	before   []string // screens that Previous leads back to
	at       string   // the screen that is shown; "" when the interview is over
	fault    string   // what $Flow.FaultMessage says
	executed int
}

// Step is what an interview comes to: a screen, a fault, or its end when both are nil.
type Step struct {
	Screen *Screen
	Fault  *Fault
}

// Fault is why a flow cannot go on. Element is "" if none is to blame.
type Fault struct{ Element, Kind, Message string }

// Error is the message that administrators read.
func (f *Fault) Error() string { return f.Message }

func faultf(format string, args ...any) error { return &Fault{Message: fmt.Sprintf(format, args...)} }

// Arg gives an input variable its value.
type Arg struct{ Name, Value string }

// Beginning is what an interview starts with. User are the fields that {!$User} shows.
type Beginning struct {
	ID   string
	User Record
	Args []Arg
}

// turn is one run to the next screen.
type turn struct {
	ctx  context.Context
	host Host
	i    *Interview
	now  time.Time
	deep int // templates within templates
	read int // values that were read
}

// Start runs a flow to its first screen.
func Start(ctx context.Context, host Host, f *Flow, b Beginning, now time.Time) (*Interview, Step, error) {
	i := &Interview{id: b.ID, flow: f, user: b.User, values: map[string]Value{}, chosen: map[string]string{}, visited: map[string]bool{}}
	t := &turn{ctx: ctx, host: host, i: i, now: now}
	step, err := t.begin(b.Args)
	return i, step, err
}

func (t *turn) begin(args []Arg) (Step, error) {
	f := t.i.flow
	if !f.Screens() {
		return t.stop(faultf("A flow of the type %s shows no screens.", f.ProcessType), nil)
	}
	for _, v := range sorted(f.variables) {
		if !v.Default.given {
			continue
		}
		value, err := t.of(v.Default)
		if err == nil {
			err = t.set(v.Name, value)
		}
		if err != nil {
			return t.stop(err, nil)
		}
	}
	for _, a := range args {
		v, ok := f.variables[a.Name]
		switch {
		case !ok || !v.Input:
			return t.stop(faultf("The flow has no input variable %.80s.", a.Name), nil)
		case v.Type == "SObject" || v.Collection:
			return t.stop(faultf("The input variable %s can't be set from outside.", a.Name), nil)
		case len(a.Value) > longest:
			return t.stop(faultf("The value of the input variable %s is too long.", a.Name), nil)
		}
		if err := t.set(a.Name, TextOf(a.Value)); err != nil {
			return t.stop(err, nil)
		}
	}
	return t.advance(f.Start)
}

// Label is how people call the flow.
func (i *Interview) Label() string { return i.flow.Label }

// Over says that there is no screen to go on from.
func (i *Interview) Over() bool { return i.at == "" }

// Show gives the screen that the interview stands at.
func (i *Interview) Show(ctx context.Context, host Host, now time.Time) (Step, error) {
	if i.Over() {
		return Step{}, nil
	}
	t := &turn{ctx: ctx, host: host, i: i.clone(), now: now}
	s, _ := i.flow.byName[i.at].(screen)
	step, err := t.show(s, nil, nil)
	return t.orFault(step, err, s)
}

// Next takes what was typed and runs to the next screen; if something is wrong with it, the same screen says so.
func (i *Interview) Next(ctx context.Context, host Host, typed map[string]string, now time.Time) (*Interview, Step, error) {
	if i.Over() {
		return i, Step{}, nil
	}
	t := &turn{ctx: ctx, host: host, i: i.clone(), now: now}
	s, _ := i.flow.byName[i.at].(screen)
	wrong, err := t.enter(s, typed)
	if err == nil && len(wrong) > 0 {
		same := &turn{ctx: ctx, host: host, i: i.clone(), now: now}
		step, err := same.show(s, typed, wrong)
		return i, step, err
	}
	var step Step
	if err != nil {
		step, err = t.stop(err, s)
	} else {
		t.i.before = append(slices.Clone(t.i.before), i.at)
		step, err = t.advance(s.next)
	}
	return t.i, step, err
}

// Back shows the screen before. What was typed stays where it can be read, what was done is not undone, as on the platform.
func (i *Interview) Back(ctx context.Context, host Host, typed map[string]string, now time.Time) (*Interview, Step, error) {
	s, _ := i.flow.byName[i.at].(screen)
	if i.Over() || !s.back || len(i.before) == 0 {
		step, err := i.Show(ctx, host, now)
		return i, step, err
	}
	t := &turn{ctx: ctx, host: host, i: i.clone(), now: now}
	if _, err := t.enter(s, typed); err != nil {
		step, err := t.stop(err, s)
		return t.i, step, err
	}
	last := len(t.i.before) - 1
	t.i.at, t.i.before = t.i.before[last], t.i.before[:last]
	to, _ := i.flow.byName[t.i.at].(screen)
	step, err := t.show(to, nil, nil)
	step, err = t.orFault(step, err, to)
	return t.i, step, err
}

func (i *Interview) clone() *Interview {
	c := *i
	c.values, c.chosen, c.visited = maps.Clone(i.values), maps.Clone(i.chosen), maps.Clone(i.visited)
	return &c
}

// advance runs elements until there is a screen, a fault that no path takes, or the end.
func (t *turn) advance(next string) (Step, error) {
	for next != "" {
		e, ok := t.i.flow.byName[next]
		if !ok {
			return t.stop(faultf("The flow has no element %s.", next), nil)
		}
		if t.i.executed++; t.i.executed > mostRun {
			return t.stop(faultf("The flow ran more than %d elements.", mostRun), e)
		}
		if err := t.ctx.Err(); err != nil {
			return Step{}, err
		}
		t.i.visited[next] = true
		if s, isScreen := e.(screen); isScreen {
			t.i.at = next
			step, err := t.show(s, nil, nil)
			return t.orFault(step, err, s)
		}
		after, err := e.run(t)
		if err != nil {
			fault, isFault := errors.AsType[*Fault](err)
			caught, has := e.(interface{ faultNext() string })
			if !isFault || !has || caught.faultNext() == "" {
				return t.stop(err, e)
			}
			t.i.fault, after = fault.Message, caught.faultNext()
		}
		next = after
	}
	t.i.at = ""
	return Step{}, nil
}

func (t *turn) orFault(step Step, err error, e element) (Step, error) {
	if err != nil {
		return t.stop(err, e)
	}
	return step, nil
}

// stop ends the interview by a fault; other errors are the host's and are handed on.
func (t *turn) stop(err error, e element) (Step, error) {
	fault, ok := errors.AsType[*Fault](err)
	if !ok {
		return Step{}, err
	}
	if e != nil {
		n := e.self()
		fault.Element, fault.Kind = n.name, n.kind
	}
	fault.Message = strings.TrimSpace(fault.Message)
	t.i.at = ""
	return Step{Fault: fault}, nil
}
