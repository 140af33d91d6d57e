package rehearsal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Run runs a flow on a stage. An error says why it cannot run.
func Run(ctx context.Context, d flow.Document, blocks flow.Blocks, o Occasion, now func() time.Time) (flow.Journal, []Effect, error) {
	s := stage{stubs: o.Stubs, used: map[int]bool{}, effects: []Effect{}}
	staged := s.blocks(blocks)
	program, findings := flow.Compile(d, staged)
	if err := flow.Broken(findings); err != nil {
		return flow.Journal{}, nil, err
	}
	kept := properties{}
	maps.Copy(kept, o.Properties)
	journal := flow.RunThrough(ctx, flow.Job{Program: program, Event: o.as(), Host: flow.Host{Page: page{stage: &s}, Properties: kept},
		Now: now, ID: program.Name, Flows: o.called(staged)})
	return journal, s.effects, ctx.Err()
}

// called finds the flows that may be called on the stage, by their names.
func (o Occasion) called(staged flow.Blocks) func(ctx context.Context, name string) (flow.Callee, error) {
	programs := map[string]flow.Program{}
	return func(_ context.Context, name string) (flow.Callee, error) {
		if p, known := programs[name]; known {
			return flow.Callee{ID: name, Program: p}, nil
		}
		d, known := o.Flows[name]
		if !known {
			return flow.Callee{}, &flow.Refused{Reason: fmt.Sprintf("no flow named %s is here: give its file too, or stub the block", name)}
		}
		p, findings := flow.Compile(d, staged)
		if err := flow.Broken(findings); err != nil {
			return flow.Callee{}, &flow.Refused{Reason: fmt.Sprintf("the flow %s cannot run: %v", name, err)}
		}
		programs[name] = p
		return flow.Callee{ID: name, Program: p}, nil
	}
}

// stage plays the world for one run.
type stage struct {
	stubs   []Stub
	used    map[int]bool
	effects []Effect
}

// own are blocks that do their own work against the stage's page, so that what they check and make of their inputs is seen. All others
// that act outside are played.
var own = []string{"SE_SFScreenpopObject", "SE_SFSearchAndScreenpop", "SE_AgentDialNumber", "SE_Log"}

// blocks are the same blocks on the stage.
func (s *stage) blocks(of flow.Blocks) flow.Blocks {
	var staged []flow.Block
	for _, b := range of.All() {
		if b.Type == flow.Start.Type || b.Type == flow.End.Type {
			continue
		}
		real, outside := b, b.Place.Outside()
		if outside {
			b.Place = flow.InAdapter // nothing is missing on a stage
		}
		b.Run = func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
			stub, given := s.stub(c.Effect.Action, real.Type)
			if !given && (!outside || slices.Contains(own, real.Type)) {
				return real.Run(ctx, c)
			}
			if outside {
				s.note(c.Effect.Action, real.Type, inputs(c.In, real))
			}
			return stub.outcome(real)
		}
		staged = append(staged, b)
	}
	return flow.NewBlocks(staged)
}

// stub is what an action is to answer: by its id, else by its block.
func (s *stage) stub(action flow.ActionID, block string) (Stub, bool) {
	for _, fits := range []func(Stub) bool{
		func(x Stub) bool { return x.Action == action && action != "" },
		func(x Stub) bool { return x.Block == block },
	} {
		last := -1
		for i, stub := range s.stubs {
			if !fits(stub) {
				continue
			}
			if last = i; !s.used[i] {
				break
			}
		}
		if last >= 0 {
			s.used[last] = true
			return s.stubs[last], true
		}
	}
	return Stub{}, false
}

// outcome is how the block ends by a stub. Without a word it went well and gave nothing.
func (x Stub) outcome(b flow.Block) (flow.Outcome, error) {
	switch {
	case x.Refuse != "":
		return flow.Outcome{}, &flow.Refused{Reason: x.Refuse}
	case x.Port != "":
		return flow.Outcome{Port: x.Port, Result: x.Answer}, nil
	case b.HasPort(flow.True) && x.Answer == true:
		return flow.Outcome{Port: flow.True, Result: true}, nil
	case b.HasPort(flow.False):
		return flow.Outcome{Port: flow.False, Result: false}, nil
	case b.HasPort(flow.Success):
		return flow.Outcome{Port: flow.Success, Result: x.Answer}, nil
	}
	return flow.Outcome{Port: flow.Done, Result: x.Answer}, nil
}

func inputs(given flow.Values, b flow.Block) map[string]any {
	out := map[string]any{}
	for _, input := range b.Inputs {
		if value := given.Get(input.Name); value != nil {
			out[input.Name] = value
		}
	}
	return out
}

func (s *stage) note(action flow.ActionID, block string, with map[string]any) {
	for name, value := range with {
		if value == "" {
			delete(with, name)
		}
	}
	s.effects = append(s.effects, Effect{Action: action, Block: block, With: with})
}

// page is the softphone on the stage: it notes what it is asked, and all goes well. What it does not play, nobody asks of it.
type page struct {
	flow.Page
	stage *stage
}

func (p page) SearchPop(_ context.Context, e flow.Effect, search flow.SearchPop) (any, error) {
	with := map[string]any{"searchParams": search.Search, "queryParams": search.Query, "callType": search.CallType}
	if search.Deferred {
		with["deferred"] = true
	}
	if len(search.Defaults) > 0 {
		defaults := map[string]any{}
		for key, value := range search.Defaults {
			defaults[key] = value
		}
		with["defaultFieldValues"] = defaults
	}
	p.stage.note(e.Action, own[1], with)
	return map[string]any{}, nil
}

func (p page) Pop(_ context.Context, e flow.Effect, recordID string) error {
	p.stage.note(e.Action, own[0], map[string]any{"recordId": recordID})
	return nil
}

func (p page) Dial(_ context.Context, e flow.Effect, d flow.Dial) error {
	p.stage.note(e.Action, own[2], map[string]any{"phoneNumber": d.PhoneNumber, "extension": d.Extension, "queueARN": d.QueueARN})
	return nil
}

func (p page) Log(_ context.Context, e flow.Effect, line flow.LogLine) error {
	p.stage.note(e.Action, own[3], map[string]any{"level": line.Level, "message": line.Message})
	return nil
}
