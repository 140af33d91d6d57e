package flow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Limits bound a run. Source of the first: documented limit of the original adapter; the others are ours.
const (
	MaxDuration = 60 * time.Second
	MaxSteps    = 1000
	MaxResult   = 256 << 10 // bytes of one block's result
	MaxResults  = 1 << 20   // bytes of all results of a run
)

// Status is how a run ended.
type Status string

// The statuses.
const (
	Completed Status = "completed"
	Failed    Status = "failed"
	Cancelled Status = "cancelled"
)

// Step is one block's entry in the journal of a run.
type Step struct {
	Action  ActionID       `json:"action"`
	Type    string         `json:"type"`
	Title   string         `json:"title,omitempty"`
	Inputs  map[string]any `json:"inputs,omitempty"`
	Result  any            `json:"result,omitempty"`
	Port    Port           `json:"port,omitempty"`
	Problem string         `json:"problem,omitempty"`
	Started time.Time      `json:"started"`
	Took    time.Duration  `json:"took"` // nanoseconds
}

// Journal is what a run did.
type Journal struct {
	Status  Status `json:"status"`
	Problem string `json:"problem,omitempty"` // why it failed or was cancelled, for a person
	Steps   []Step `json:"steps"`
}

// Event starts a run: its payload and the contact or agent it is about.
type Event struct {
	Payload map[string]any
	Contact *Contact
	Agent   map[string]any
}

// Run executes a flow block by block until an end, a limit or the end of ctx. now tells the time for the journal.
func Run(ctx context.Context, f Flow, e Event, host Host, now func() time.Time) Journal {
	ctx, cancel := context.WithTimeoutCause(ctx, MaxDuration, errTooLong)
	defer cancel()
	r := run{flow: f, host: host, now: now, blocks: Blocks(), data: map[string]any{
		"payload": orEmpty(e.Payload), "agent": orEmpty(e.Agent), "actions": map[string]any{},
	}}
	if e.Contact != nil {
		r.data["contact"] = e.Contact.tree()
	}
	r.walk(ctx)
	return r.journal
}

var errTooLong = fmt.Errorf("the flow ran for more than %d seconds and was stopped", int(MaxDuration.Seconds()))

type run struct {
	flow    Flow
	host    Host
	now     func() time.Time
	blocks  map[string]Block
	data    map[string]any
	size    int // bytes of results so far
	journal Journal
}

func (r *run) walk(ctx context.Context) {
	for id := r.flow.start; ; {
		if len(r.journal.Steps) == MaxSteps {
			r.end(Failed, fmt.Sprintf("the flow ran more than %d blocks; it goes in a circle", MaxSteps))
			return
		}
		a, _ := r.flow.action(id)
		step := r.step(ctx, a)
		r.journal.Steps = append(r.journal.Steps, step)
		if ctx.Err() != nil {
			r.stopped(ctx)
			return
		}
		next, wired := a.Ports[step.Port]
		switch {
		case a.Type == End.Type:
			r.end(Completed, "")
			return
		case !wired && step.Port == Failure:
			r.end(Failed, step.Problem)
			return
		case !wired:
			r.end(Completed, "")
			return
		}
		id = next
	}
}

func (r *run) end(status Status, problem string) {
	r.journal.Status, r.journal.Problem = status, problem
}

func (r *run) stopped(ctx context.Context) {
	if errors.Is(context.Cause(ctx), errTooLong) {
		r.end(Failed, errTooLong.Error())
		return
	}
	r.end(Cancelled, "the flow was cancelled before its end")
}

// step runs one action and records its envelope for later expressions.
func (r *run) step(ctx context.Context, a Action) Step {
	started := r.now()
	step := Step{Action: a.ID, Type: a.Type, Title: a.Title, Started: started}
	outcome, err := r.runBlock(ctx, a, &step)
	if err == nil {
		err = r.measure(outcome.Result)
	}
	block := r.blocks[a.Type]
	if err != nil {
		outcome = Outcome{Port: block.onError()}
		step.Problem = err.Error()
	}
	if a.Type == End.Type {
		outcome.Port = ""
	}
	// A lookup that found nothing leaves by failure only where somebody wired it. Source: cti-flows.md §4.4.
	step.Port, step.Result, step.Took = outcome.Port, outcome.Result, r.now().Sub(started)
	envelope := map[string]any{"success": err == nil && outcome.Port != Failure, "results": outcome.Result}
	if step.Problem != "" {
		envelope["exception"] = map[string]any{"message": step.Problem}
	}
	if actions, ok := r.data["actions"].(map[string]any); ok {
		actions[string(a.ID)] = envelope
	}
	return step
}

func (r *run) runBlock(ctx context.Context, a Action, step *Step) (Outcome, error) {
	block, known := r.blocks[a.Type]
	if !known {
		return Outcome{}, fmt.Errorf("this version has no block %s", a.Type)
	}
	in, err := block.evaluate(a, r.data)
	step.Inputs = in.given
	if err != nil {
		return Outcome{}, err
	}
	outcome, err := block.Run(ctx, in, r.host)
	if err == nil && outcome.Port == Failure {
		step.Problem = text(outcome.Result)
		outcome.Result = nil
	}
	return outcome, err
}

// measure keeps results within their bounds.
func (r *run) measure(result any) error {
	if result == nil {
		return nil
	}
	body, err := json.Marshal(result)
	if err != nil {
		return fmt.Errorf("result: %w", err)
	}
	r.size += len(body)
	if len(body) > MaxResult || r.size > MaxResults {
		return fmt.Errorf("result of %d bytes is too large", len(body))
	}
	return nil
}

// onError is the port by which a block leaves that could not do its work: failure where it has one, false for a decision, else done.
func (b Block) onError() Port {
	switch {
	case b.Type == "" || slices.Contains(b.Ports, Failure):
		return Failure
	case slices.Contains(b.Ports, False):
		return False
	}
	return Done
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}
