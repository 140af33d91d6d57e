package flow_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/agent"
	. "github.com/patchcord/patchcord/adapter/flow"
)

// twoCalls pops, dials, searches, dials again and, by a circle through a decision, comes to its pop twice.
const twoCalls = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"pop"}},
	{"id":"pop","type":"SE_SFScreenpopObject","controls":{"recordId":"003000000000001"},"ports":{"success":"again"}},
	{"id":"again","type":"SE_CoreTruthy","controls":{"value":"$.actions.find.success"},"ports":{"true":"e","false":"one"}},
	{"id":"one","type":"SE_AgentDialNumber","controls":{"phoneNumber":"206 555 0100"},"ports":{"success":"find","failure":"find"}},
	{"id":"find","type":"SE_SFSearchAndScreenpop","controls":{"searchParams":"206 555 0100"},"ports":{"success":"two"}},
	{"id":"two","type":"SE_AgentDialNumber","controls":{"phoneNumber":"206 555 0101"},"ports":{"success":"pop","unknown":"pop"}},
	{"id":"e","type":"SE_End"}]}`

// world is the page and the disk around runs that are cut at their n-th contact with either.
type world struct {
	cutAt  int
	how    string // refuse: nothing happens; lose: it happens, its answer is lost; cancel: it happens and the run is cancelled
	cancel context.CancelFunc
	n      int
	acted  map[string]int // how often each effect happened
	dialed []string
	disk   []byte // the steps that outlive the program
	flows  func(context.Context, string) (Callee, error)
}

var errCut = errors.New("the line was cut")

// contact is one contact of the run with the world.
func (w *world) contact(act func()) error {
	w.n++
	if w.n != w.cutAt {
		act()
		return nil
	}
	if w.how != "refuse" {
		act()
	}
	if w.how == "cancel" {
		w.cancel()
		return context.Canceled
	}
	return errCut
}

// act carries an effect out as a page does that remembers what it did.
func (w *world) act(e Effect, repeatable bool) error {
	id := fmt.Sprintf("%s|%d", e.Action, e.Visit)
	if w.acted[id] > 0 {
		return w.contact(func() {})
	}
	if e.Again && !repeatable {
		return ErrUnknown
	}
	return w.contact(func() { w.acted[id]++ })
}

func (w *world) SearchPop(_ context.Context, e Effect, _ SearchPop) (any, error) {
	return map[string]any{"003000000000001AAA": map[string]any{"Name": "Maya"}}, w.act(e, true)
}
func (w *world) Pop(_ context.Context, e Effect, _ string) error  { return w.act(e, true) }
func (w *world) Log(_ context.Context, e Effect, _ LogLine) error { return w.act(e, true) }
func (w *world) Do(_ context.Context, e Effect, _ Command) (any, error) {
	return nil, w.act(e, true)
}
func (w *world) Dial(_ context.Context, e Effect, d Dial) error {
	before := len(w.acted)
	err := w.act(e, false)
	if len(w.acted) > before {
		w.dialed = append(w.dialed, d.PhoneNumber)
	}
	return err
}

func (w *world) Begin(_ context.Context, steps []Step) error {
	if last := steps[len(steps)-1]; !last.Open || last.Type != agent.DialNumber.Type {
		return fmt.Errorf("begins %+v", last)
	}
	return w.contact(func() { w.write(steps) })
}

func (w *world) End(ctx context.Context, steps []Step) error {
	if steps[len(steps)-1].Open || ctx.Err() != nil {
		return fmt.Errorf("ends an open step, or is cancelled: %v", ctx.Err())
	}
	return w.contact(func() { w.write(steps) })
}

func (w *world) write(steps []Step) {
	body, err := json.Marshal(steps)
	if err != nil {
		panic(err)
	}
	w.disk = body
}

func (w *world) run(t *testing.T, f Program, resumed bool) Journal {
	t.Helper()
	var past []Step
	if w.disk != nil {
		if err := json.Unmarshal(w.disk, &past); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w.cancel = cancel
	return Run(ctx, Job{Program: f, Host: Host{Page: w}, Recorder: w, Past: past, Resumed: resumed, Flows: w.flows,
		Now: still})
}

// TestCutAnywhere cuts a run at each contact with page and disk, in each way, with its journal kept or lost, and lets it go on.
func TestCutAnywhere(t *testing.T) {
	f := mustParse(t, twoCalls)
	whole := &world{acted: map[string]int{}}
	want := whole.run(t, f, false)
	if want.Status != Completed || whole.n != 9 || len(whole.dialed) != 2 {
		t.Fatalf("uncut: %s (%s) after %d contacts, dialled %v", want.Status, want.Problem, whole.n, whole.dialed)
	}
	for cut := 1; cut <= whole.n; cut++ {
		for _, how := range []string{"refuse", "lose", "cancel"} {
			for _, crash := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d %s crash %v", cut, how, crash), func(t *testing.T) {
					w := &world{cutAt: cut, how: how, acted: map[string]int{}}
					first := w.run(t, f, false)
					if first.Status != Suspended {
						t.Fatalf("cut, and %s", first.Status)
					}
					if !crash {
						w.write(first.Steps)
					}
					second := w.run(t, f, true)
					for id, n := range w.acted {
						if n != 1 {
							t.Errorf("%s happened %d times", id, n)
						}
					}
					for id := range whole.acted {
						isDial := strings.HasPrefix(id, "one") || strings.HasPrefix(id, "two")
						if w.acted[id] == 0 && !(isDial && second.Status == Partial) {
							t.Errorf("%s did not happen", id)
						}
					}
					unknown := second.Status == Partial && strings.Contains(second.Problem, "not known")
					if second.Status != Completed && !unknown {
						t.Errorf("ended %s: %s", second.Status, second.Problem)
					}
					if slices.Sort(w.dialed); len(slices.Compact(slices.Clone(w.dialed))) != len(w.dialed) {
						t.Errorf("dialled twice: %v", w.dialed)
					}
					if !unknown && trace(second) != trace(want) {
						t.Errorf("went %s, want %s", trace(second), trace(want))
					}
				})
			}
		}
	}
}

func TestWhatIsPastIsBelieved(t *testing.T) {
	f := mustParse(t, twoCalls)
	w := &world{acted: map[string]int{}}
	whole := w.run(t, f, false)
	t.Run("a whole past asks for nothing", func(t *testing.T) {
		quiet := &page{}
		again := Run(t.Context(), Job{Program: f, Host: Host{Page: quiet}, Past: whole.Steps, Spent: time.Second, Now: still})
		if diff := cmp.Diff(whole.Steps, again.Steps); diff != "" || len(quiet.asked) != 0 || again.Spent != time.Second {
			t.Errorf("asked %v, spent %v: %s", quiet.asked, again.Spent, diff)
		}
	})
	t.Run("a failure in it is still one", func(t *testing.T) {
		past := slices.Clone(whole.Steps)
		past[3].Port, past[3].Problem = Failure, "busy"
		if again := Run(t.Context(), Job{Program: f, Host: Host{Page: &page{}}, Past: past, Now: still}); again.Status != Partial ||
			again.Problem != "busy" || again.Failures != 1 {
			t.Errorf("%s: %s", again.Status, again.Problem)
		}
	})
	t.Run("another flow than before fails", func(t *testing.T) {
		past := slices.Clone(whole.Steps)
		past[1].Action = "was"
		again := Run(t.Context(), Job{Program: f, Host: Host{Page: &page{}}, Past: past, Now: still})
		if again.Status != Failed || !strings.Contains(again.Problem, "changed while it ran") || len(again.Steps) != 1 {
			t.Errorf("%s: %s", again.Status, again.Problem)
		}
	})
	t.Run("only what may be repeated is marked as possibly begun in a resumed run", func(t *testing.T) {
		var seen []Effect
		p := &effects{seen: &seen}
		Run(t.Context(), Job{Program: f, Host: Host{Page: p}, Past: whole.Steps[:1], Resumed: true, Now: still})
		want := []Effect{{"pop", 1, true}, {"one", 1, false}, {"find", 1, true}, {"two", 1, false}, {"pop", 2, true}}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Error(diff)
		}
	})
}

// TestAnOpenStepIsDoneAgain: the page is told that it may have been begun, and it is not recorded as begun a second time.
func TestAnOpenStepIsDoneAgain(t *testing.T) {
	f := mustParse(t, twoCalls)
	whole := (&world{acted: map[string]int{}}).run(t, f, false)
	past := slices.Clone(whole.Steps[:6]) // what stands behind an open step is not believed
	past[3] = Step{Action: "one", Type: agent.DialNumber.Type, Open: true}
	var seen []Effect
	var kept marks
	j := Run(t.Context(), Job{Program: f, Host: Host{Page: &effects{seen: &seen}}, Recorder: &kept, Past: past, Now: still})
	if j.Status != Completed || trace(j) != trace(whole) {
		t.Errorf("%s: %s", j.Status, trace(j))
	}
	if want := []Effect{{"one", 1, true}, {"find", 1, false}, {"two", 1, false}, {"pop", 2, false}}; !cmp.Equal(want, seen) {
		t.Error(cmp.Diff(want, seen))
	}
	if got := strings.Join(kept, " "); got != "end one, begin two, end two," {
		t.Errorf("recorded %s", got)
	}
}

// TestAnEndIsKeptThoughTheRunIsCancelled: what was done while somebody cancelled is recorded all the same.
func TestAnEndIsKeptThoughTheRunIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var seen []Effect
	var kept marks
	p := &effects{seen: &seen, then: func(e Effect) {
		if e.Action == "one" {
			cancel()
		}
	}}
	j := Run(ctx, Job{Program: mustParse(t, twoCalls), Host: Host{Page: p}, Recorder: &kept, Now: still})
	if got := strings.Join(kept, " "); j.Status != Suspended || got != "begin one, end one," || j.Steps[len(j.Steps)-1].Open {
		t.Errorf("%s, recorded %s", j.Status, got)
	}
}

// marks notes what is recorded; nothing is once the context is cancelled.
type marks []string

func (m *marks) note(ctx context.Context, what string, steps []Step) error {
	if ctx.Err() == nil {
		*m = append(*m, what+" "+string(steps[len(steps)-1].Action)+",")
	}
	return ctx.Err()
}

func (m *marks) Begin(ctx context.Context, steps []Step) error { return m.note(ctx, "begin", steps) }
func (m *marks) End(ctx context.Context, steps []Step) error   { return m.note(ctx, "end", steps) }

// effects notes the effects alone.
type effects struct {
	page
	seen *[]Effect
	then func(Effect) // may be nil
}

func (p *effects) note(e Effect) {
	*p.seen = append(*p.seen, e)
	if p.then != nil {
		p.then(e)
	}
}

func (p *effects) SearchPop(_ context.Context, e Effect, _ SearchPop) (any, error) {
	p.note(e)
	return map[string]any{}, nil
}

func (p *effects) Pop(_ context.Context, e Effect, _ string) error {
	p.note(e)
	return nil
}

func (p *effects) Dial(_ context.Context, e Effect, _ Dial) error {
	p.note(e)
	return nil
}
