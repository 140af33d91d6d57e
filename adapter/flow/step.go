package flow

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// do carries out an action and adds its step, or begins the flow that it calls; false if the run stops here. Of open, the step as an
// earlier part left it, Due counts, and Started if it is set.
func (r *run) do(ctx context.Context, a *Action, at int, effect Effect, open Step) bool {
	step := Step{Action: a.ID, In: r.frame.where(), Type: a.Type, Title: a.Title, Open: true, Started: r.Now(), Due: open.Due}
	now, index := step.Started, len(r.steps)
	if !open.Started.IsZero() {
		step.Started = open.Started
	}
	in, err := r.prepare(a, &step)
	r.steps = append(r.steps, step)
	r.ended = index
	if err != nil {
		return r.close(a, index, Outcome{}, err)
	}
	once := r.Recorder != nil && !a.block.Repeatable
	if once && !effect.Again {
		if err := r.Recorder.Begin(ctx, r.steps); err != nil {
			r.steps = r.steps[:index]
			return r.suspend(err)
		}
	}
	effect.Again = effect.Again || r.Resumed && a.block.Repeatable
	under := ctx
	if r.Mark != nil {
		under = r.Mark(ctx, effect)
	}
	call := Call{In: in, Host: r.Host, Effect: effect, Contact: r.Event.Contact, Payload: r.frame.event.Payload, Country: r.Event.Country,
		Now: now, Due: open.Due}
	if a.block.Loop {
		call.Round = r.frame.round(at)
	}
	outcome, err := a.block.Run(under, call)
	if err == nil && outcome.Enter != nil {
		if err = r.enter(ctx, a, at, *outcome.Enter); err == nil {
			return true
		}
	}
	if err == nil {
		err = r.measure(outcome)
	}
	if !r.close(a, index, outcome, err) {
		return false
	}
	if once {
		// What was done must not be forgotten because somebody cancels in this moment.
		if err := r.Recorder.End(context.WithoutCancel(ctx), r.steps); err != nil {
			return r.suspend(err)
		}
	}
	return true
}

// prepare evaluates the inputs. *Refused where the block cannot even begin.
func (r *run) prepare(a *Action, step *Step) (Values, error) {
	if a.block == nil {
		return Values{}, &Refused{Reason: "this version has no block " + a.Type}
	}
	if why := r.Host.missing(a.block.Place); why != "" {
		return Values{}, &Refused{Reason: why}
	}
	if r.used > MaxInputs {
		return Values{}, &Refused{Reason: fmt.Sprintf("the inputs of this run's blocks are larger than %d MB", MaxInputs>>20)}
	}
	in, err := a.block.evaluate(a, &r.frame.scope)
	r.used += in.used
	if r.inputs+in.size > MaxResults {
		return in.values, &Refused{Reason: fmt.Sprintf("what the journal keeps of this run's inputs is larger than %d kB", MaxResults>>10)}
	}
	r.inputs += in.size
	step.Inputs = in.kept
	return in.values, err
}

// close ends an open step: its port by how it went. An error that is no answer suspends the run and
// leaves it open, or takes it away if nothing was begun.
func (r *run) close(a *Action, index int, outcome Outcome, err error) bool {
	step := &r.steps[index]
	step.Took = r.Now().Sub(step.Started)
	refused, isNo := isRefusal(err)
	switch {
	case err == nil:
		step.Port, step.Result, step.Made, step.Attributes = outcome.Port, outcome.Result, outcome.Made, outcome.Attributes
		r.learn(outcome.Attributes)
		step.Problem, step.Warning = brief(outcome.Problem), brief(outcome.Warning)
		if step.Soft = outcome.Soft; step.Soft && a.Ports[Failure] == "" {
			step.Port = Success
		}
	case isNo:
		step.Port, step.Problem = a.onError(), brief(refused.Reason)
		step.Code, step.Args = refused.Code, refused.Args
	case errors.Is(err, ErrUnknown):
		step.Port, step.Problem = a.onError(), ErrUnknown.Error()
		if _, wired := a.Ports[Unknown]; wired {
			step.Port = Unknown
		}
	case errors.Is(err, ErrNotBegun):
		r.steps = r.steps[:index]
		return r.suspend(err)
	default:
		if later, ok := errors.AsType[*Later](err); ok {
			return r.sleep(step, later)
		}
		return r.suspend(err)
	}
	step.Open, step.Due = false, time.Time{}
	return true
}

// measure keeps results within their bounds.
func (r *run) measure(o Outcome) error {
	if o.Result == nil && len(o.Attributes) == 0 {
		return nil
	}
	m := meter{left: MaxResult}
	m.add(o.Result)
	if len(o.Attributes) > 0 {
		m.add(o.Attributes)
	}
	parts := meter{left: MaxResult}
	o.Made.measure(&parts)
	if m.over() || parts.over() {
		return &Refused{Reason: fmt.Sprintf("its result is larger than %d kB", MaxResult>>10)}
	}
	if r.results += 2*MaxResult - m.left - parts.left; r.results > MaxResults {
		return &Refused{Reason: fmt.Sprintf("the results of this run's blocks are larger than %d kB", MaxResults>>10)}
	}
	return nil
}

// brief bounds a platform's reason.
func brief(reason string) string {
	short, _ := recorded(reason)
	return text(short)
}
