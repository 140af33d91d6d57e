package shadow

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// noAnswer stops a draft: what comes behind cannot be told.
type noAnswer struct{ why Reason }

// Error says it in short.
func (e *noAnswer) Error() string { return "no answer: " + string(e.why) }

// errElsewhere is answered by a part of the host that knows only what the draft itself has done.
var errElsewhere = errors.New("it is known by what was recorded alone")

// staged are the same blocks with recorded answers in the place of the world.
func staged(of flow.Blocks) flow.Blocks {
	var list []flow.Block
	for _, b := range of.All() {
		if b.Type == flow.Start.Type || b.Type == flow.End.Type {
			continue
		}
		real, outside := b, b.Place.Outside()
		b.Place = flow.InAdapter // no part of the world is missing
		b.Run = func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
			t, _ := c.Host.Page.(*tape)
			if outside {
				return t.outside(ctx, &real, c)
			}
			return t.inside(ctx, &real, c)
		}
		list = append(list, b)
	}
	return flow.NewBlocks(list)
}

// tape is what was recorded of one event, as a draft's run asks for it.
type tape struct {
	flow.Page  // nobody asks it: blocks get hosts of their own
	hidden     string
	sole       bool                    // one attribute of the contact is hidden, so that what stands for it stands for nothing else
	answers    map[string][]*flow.Step // by block and inputs, in their order
	taken      map[string]int
	properties properties
}

func tapeOf(r Recorded) *tape {
	t := &tape{hidden: r.Hidden, answers: map[string][]*flow.Step{}, taken: map[string]int{}, properties: properties{of: map[string]any{}}}
	t.sole = r.hides() == 1
	for i := range r.Steps {
		if s := &r.Steps[i]; !s.Open {
			key := keyOf(s.Type, s.Inputs)
			t.answers[key] = append(t.answers[key], s)
		}
	}
	return t
}

// hides is how many attributes of the contact nobody may see.
func (r Recorded) hides() (n int) {
	if r.Event.Contact == nil || r.Hidden == "" {
		return 0
	}
	for _, value := range r.Event.Contact.Attributes {
		if strings.Contains(value, r.Hidden) {
			n++
		}
	}
	return n
}

// keyOf names a block with its inputs.
func keyOf(kind string, inputs map[string]any) string {
	if len(inputs) == 0 {
		return kind
	}
	body, err := json.Marshal(inputs)
	if err != nil {
		return "" // it is no JSON, so that nothing like it is recorded
	}
	return kind + " " + string(body)
}

// outside answers for a block that acts or asks somewhere else. What it refuses by itself it refuses here too.
func (t *tape) outside(ctx context.Context, b *flow.Block, c flow.Call) (flow.Outcome, error) {
	heard := &listener{block: b}
	asks := c
	asks.Host = heard.host()
	out, err := b.Run(ctx, asks)
	if !heard.asked && !errors.Is(err, errElsewhere) {
		if t.isHidden(c.In, b) {
			return flow.Outcome{}, &noAnswer{Masked} // whether it refuses hangs on what nobody may see
		}
		return out, err
	}
	return t.answer(b, c.In, heard.effect != nil)
}

// inside lets a block compute, unless it would with what nobody may see, or needs what only the adapter knew then.
func (t *tape) inside(ctx context.Context, b *flow.Block, c flow.Call) (flow.Outcome, error) {
	if t.isHidden(c.In, b) {
		return t.answer(b, c.In, false)
	}
	c.Host = flow.Host{Properties: &t.properties, Contacts: t.properties}
	out, err := b.Run(ctx, c)
	if errors.Is(err, errElsewhere) {
		return t.answer(b, c.In, !b.Repeatable || b.Type == counter)
	}
	return out, err
}

// counter is a block that gives another answer each time.
const counter = "SE_UpdateCounter"

// answer is what was recorded for a block with its inputs. Of several each is taken once, in order; the last again from then on, unless
// that was the answer of an act.
func (t *tape) answer(b *flow.Block, in flow.Values, act bool) (flow.Outcome, error) {
	key, hidden := keyOf(b.Type, b.Kept(in)), t.isHidden(in, b)
	list, n := t.answers[key], t.taken[key]
	switch {
	case hidden && (!t.sole || len(list) == 0):
		return flow.Outcome{}, &noAnswer{Masked}
	case len(list) == 0 || act && n >= len(list):
		return flow.Outcome{}, &noAnswer{Unrecorded}
	}
	t.taken[key]++
	return outcomeOf(list[min(n, len(list)-1)])
}

// outcomeOf is how a block ended that a journal tells of.
func outcomeOf(s *flow.Step) (flow.Outcome, error) {
	switch {
	case s.Problem == flow.ErrUnknown.Error():
		return flow.Outcome{}, flow.ErrUnknown
	case s.Problem != "" && s.Result == nil:
		return flow.Outcome{}, &flow.Refused{Reason: s.Problem, Code: s.Code, Args: s.Args}
	}
	out := flow.Outcome{Port: s.Port, Result: s.Result, Problem: s.Problem, Warning: s.Warning, Made: s.Made, Soft: s.Soft,
		Attributes: s.Attributes}
	if s.Soft {
		out.Port = flow.Failure // where that leads is the draft's to say
	}
	return out, nil
}

// isHidden says whether a block was given something that stands for what nobody may see.
func (t *tape) isHidden(in flow.Values, b *flow.Block) bool {
	if t.hidden == "" {
		return false
	}
	for i := range b.Inputs {
		if holds(in.Get(b.Inputs[i].Name), t.hidden) {
			return true
		}
	}
	return false
}

// holds says whether a text stands somewhere in a value.
func holds(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, inner := range v {
			if holds(inner, text) {
				return true
			}
		}
	case map[string]any:
		for key, inner := range v {
			if strings.Contains(key, text) || holds(inner, text) {
				return true
			}
		}
	}
	return false
}
