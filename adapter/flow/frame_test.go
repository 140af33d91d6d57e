package flow_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	. "github.com/patchcord/patchcord/adapter/flow"
)

// calls is flows by their names, that can be called.
type calls map[string]Program

func (c calls) find(_ context.Context, name string) (Callee, error) {
	p, known := c[name]
	if !known {
		return Callee{}, &Refused{Reason: "there is no flow " + name}
	}
	return Callee{ID: name, Program: p}, nil
}

func calling(name, inputs, ports string) string {
	return fmt.Sprintf(`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"c"}},
		{"id":"c","type":"SE_PatchcordCallFlow","controls":{"flow":%q,"inputs":%s},"ports":{%s}},
		{"id":"r","type":"SE_PatchcordReturn","controls":{"values":{"got":"$.actions.c.results.n","why":"$.actions.c.exception.message"}}}]}`,
		name, inputs, ports)
}

// way is the steps of a journal with where they are.
func way(j Journal) string {
	var at []string
	for _, s := range j.Steps {
		where := s.In
		if where != "" {
			where += "/"
		}
		if s.Open {
			where = "open " + where
		}
		at = append(at, fmt.Sprintf("%s%s", where, s.Action))
	}
	return strings.Join(at, " ")
}

const addsOne = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"r"}},
	{"id":"r","type":"SE_PatchcordReturn","controls":{"values":{"n":"$.payload.n","of":"$.contact.contactId","not":"$.actions.c.success"}}}]}`

func TestCallFlow(t *testing.T) {
	all := calls{"inner": mustParse(t, addsOne), "fails": mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},
		{"id":"d","type":"SE_AgentDialNumber"}]}`), "ends": mustParse(t, `{"actions":[{"id":"s","type":"SE_Start"}]}`)}
	all["round"] = mustParse(t, calling("round", `{}`, `"success":"r","failure":"r"`))
	for i := range MaxCalls + 1 {
		all[fmt.Sprint("deep", i)] = mustParse(t, calling(fmt.Sprint("deep", i+1), `{"n":"$.payload.n"}`, `"success":"r"`))
	}
	all[fmt.Sprint("deep", MaxCalls-1)] = all["inner"]
	for _, tc := range []struct {
		name, flow, inputs, ports string
		status                    Status
		way                       string
		result                    any
		problem                   string
	}{
		{"its result is what it returns, and it sees contact and inputs alone", "inner", `{"n":"$.payload.x"}`, `"success":"r"`, Completed,
			"s c c:1/s c:1/r r", map[string]any{"n": 7.0, "of": "c-1"}, ""},
		{"one without a return gives nothing", "ends", `{}`, `"success":"r"`, Completed, "s c c:1/s r", nil, ""},
		{"a failure is the caller's", "fails", `{}`, `"success":"s","failure":"r"`, Partial, "s c c:1/s c:1/d r", nil, "phoneNumber is empty"},
		{"a failure that nobody catches", "fails", `{}`, `"success":"r"`, Failed, "s c c:1/s c:1/d", nil, "phoneNumber is empty"},
		{"one that is not there", "moon", `{}`, `"failure":"r"`, Partial, "s c r", nil, "there is no flow moon"},
		{"a circle", "round", `{}`, `"success":"r"`, Partial, "s c c:1/s c:1/c c:1/r r", map[string]any{
			"why": "the flow round is running already: flows that call each other in a circle never end"}, "running already"},
		{"as deep as may be", "deep0", `{"n":1}`, `"success":"r"`, Completed, "", map[string]any{}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			main := mustParse(t, calling(tc.flow, tc.inputs, tc.ports))
			j := Run(t.Context(), Job{Program: main, Event: Event{Payload: map[string]any{"x": 7.0}, Contact: &Contact{ID: "c-1"}},
				Host: Host{Page: &page{}}, Flows: all.find, Now: still})
			if j.Status != tc.status || tc.way != "" && way(j) != tc.way || !strings.Contains(j.Problem, tc.problem) {
				t.Errorf("%s: %s (%s)", j.Status, way(j), j.Problem)
			}
			if tc.result != nil && !cmp.Equal(tc.result, j.Steps[1].Result) {
				t.Error(cmp.Diff(tc.result, j.Steps[1].Result))
			}
		})
	}
	all[fmt.Sprint("deep", MaxCalls-1)] = mustParse(t, calling("inner", `{}`, `"success":"r"`))
	j := Run(t.Context(), Job{Program: mustParse(t, calling("deep0", `{}`, `"success":"r"`)), Flows: all.find, Now: still})
	if j.Status != Failed || !strings.Contains(j.Problem, "more than 5 deep") {
		t.Errorf("%s: %s", j.Status, j.Problem)
	}
	if j = Run(t.Context(), Job{Program: mustParse(t, calling("inner", `{}`, ``)), Now: still}); j.Status != Failed {
		t.Errorf("without other flows: %s", j.Status)
	}
}

// A run that is stopped in a flow that was called leaves no step open.
func TestALimitEndsTheCallers(t *testing.T) {
	all := calls{"round": mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"t"}},
		{"id":"t","type":"SE_CoreTruthy","ports":{"true":"t","false":"t"}}]}`)}
	j := Run(t.Context(), Job{Program: mustParse(t, calling("round", `{}`, `"success":"r"`)), Flows: all.find, Now: still})
	if s := j.Steps[1]; j.Status != Failed || s.Open || s.Port != Failure || !strings.Contains(s.Problem, "1000 blocks") {
		t.Errorf("%s: %+v", j.Status, s)
	}
}

// twice goes through a list, calls a flow for each item, and does something itself.
const twice = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"l"}},
	{"id":"l","type":"SE_PatchcordForEach","controls":{"list":["206 555 0100","206 555 0101"]},"ports":{"each":"c","done":"e"}},
	{"id":"c","type":"SE_PatchcordCallFlow","controls":{"flow":"dials","inputs":{"number":"$.actions.l.results.item"}},
		"ports":{"success":"pop","failure":"pop"}},
	{"id":"pop","type":"SE_SFScreenpopObject","controls":{"recordId":"$.actions.c.results.record"},"ports":{"success":"l","failure":"l"}},
	{"id":"e","type":"SE_End"}]}`

const dials = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"c"}},
	{"id":"c","type":"SE_PatchcordCallFlow","controls":{"flow":"really","inputs":{"n":"$.payload.number"}},
		"ports":{"success":"pop","failure":"pop"}},
	{"id":"pop","type":"SE_SFSearchAndScreenpop","controls":{"searchParams":"$.payload.number"},"ports":{"success":"r","failure":"r"}},
	{"id":"r","type":"SE_PatchcordReturn","controls":{"values":{"record":"003000000000001"}}}]}`

const really = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"one"}},
	{"id":"one","type":"SE_AgentDialNumber","controls":{"phoneNumber":"$.payload.n"},"ports":{"success":"e","failure":"e"}},
	{"id":"e","type":"SE_End"}]}`

// TestCutInACalledFlow cuts a run at each contact with page and disk, also in flows that it called, and lets it go on.
func TestCutInACalledFlow(t *testing.T) {
	all := calls{"dials": mustParse(t, dials), "really": mustParse(t, really)}
	main := mustParse(t, twice)
	whole := &world{acted: map[string]int{}, flows: all.find}
	want := whole.run(t, main, false)
	if want.Status != Completed || whole.n != 10 || !slices.Equal(whole.dialed, []string{"+12065550100", "+12065550101"}) {
		t.Fatalf("uncut: %s (%s) after %d contacts, dialled %v: %s", want.Status, want.Problem, whole.n, whole.dialed, way(want))
	}
	for cut := 1; cut <= whole.n; cut++ {
		for _, how := range []string{"refuse", "lose", "cancel"} {
			for _, crash := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d %s crash %v", cut, how, crash), func(t *testing.T) {
					w := &world{cutAt: cut, how: how, acted: map[string]int{}, flows: all.find}
					first := w.run(t, main, false)
					if first.Status != Suspended {
						t.Fatalf("cut, and %s", first.Status)
					}
					if !crash {
						w.write(first.Steps)
					}
					second := w.run(t, main, true)
					for id, n := range w.acted {
						if n != 1 {
							t.Errorf("%s happened %d times", id, n)
						}
					}
					unknown := second.Status == Partial && strings.Contains(second.Problem, "not known")
					if second.Status != Completed && !unknown || way(second) != way(want) {
						t.Errorf("ended %s: %s\n%s", second.Status, second.Problem, way(second))
					}
					if !unknown && len(w.dialed) != 2 {
						t.Errorf("dialled %v", w.dialed)
					}
				})
			}
		}
	}
}

// What a run did is not forgotten because a flow that it is in cannot be read just now.
func TestACalledFlowThatCannotBeRead(t *testing.T) {
	all := calls{"dials": mustParse(t, dials), "really": mustParse(t, really)}
	w := &world{cutAt: 3, how: "refuse", acted: map[string]int{}, flows: all.find}
	first := w.run(t, mustParse(t, twice), false)
	w.write(first.Steps)
	w.flows = func(context.Context, string) (Callee, error) { return Callee{}, errors.New("the disk is away") }
	second := w.run(t, mustParse(t, twice), true)
	if second.Status != Suspended || way(second) != way(first) || !strings.Contains(way(first), "open c:1/") {
		t.Errorf("%s: %s, was %s", second.Status, way(second), way(first))
	}
	w.write(second.Steps)
	w.flows = all.find
	if third := w.run(t, mustParse(t, twice), true); third.Status != Completed || len(w.dialed) != 2 {
		t.Errorf("%s (%s): %s", third.Status, third.Problem, way(third))
	}
}

// A believed past with whole calls asks for nothing, not even for the flows.
func TestWholeCallsAreBelieved(t *testing.T) {
	all := calls{"dials": mustParse(t, dials), "really": mustParse(t, really)}
	want := (&world{acted: map[string]int{}, flows: all.find}).run(t, mustParse(t, twice), false)
	quiet := &page{}
	again := Run(t.Context(), Job{Program: mustParse(t, twice), Host: Host{Page: quiet}, Past: want.Steps, Now: still})
	if diff := cmp.Diff(want.Steps, again.Steps); diff != "" || len(quiet.asked) != 0 || again.Status != Completed {
		t.Errorf("asked %v: %s", quiet.asked, diff)
	}
}

// What failed in a flow that was called is told at the end of a run that went on later, as by one that went through.
func TestFailuresInACalledFlowAreNotForgotten(t *testing.T) {
	all := calls{"tries": mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},
		{"id":"d","type":"SE_AgentDialNumber","ports":{"failure":"e"}},{"id":"e","type":"SE_End"}]}`)}
	job := Job{Program: mustParse(t, calling("tries", `{}`, `"success":"r"`)), Host: Host{Page: &page{}}, Flows: all.find, Now: still}
	want := Run(t.Context(), job)
	if want.Status != Partial || want.Failures != 1 || way(want) != "s c c:1/s c:1/d c:1/e r" {
		t.Fatalf("%s, %d failures: %s", want.Status, want.Failures, way(want))
	}
	for _, done := range []int{5, 6} {
		job.Past = want.Steps[:done]
		if got := Run(t.Context(), job); got.Status != Partial || got.Failures != 1 || got.Problem != want.Problem {
			t.Errorf("after %d steps: %s, %d failures, %q, want %q", done, got.Status, got.Failures, got.Problem, want.Problem)
		}
	}
}

// A wait in a called flow goes on there, and an attribute that it set is seen by its caller.
func TestAWaitInACalledFlow(t *testing.T) {
	all := calls{"waits": mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"a"}},
		{"id":"a","type":"SE_ContactUpdateAttributes","controls":{"attributes":{"k":"v"}},"ports":{"success":"w"}},
		{"id":"w","type":"SE_CoreDelay","controls":{"milliseconds":1000},"ports":{"done":"r"}},
		{"id":"r","type":"SE_PatchcordReturn","controls":{"values":{"n":"$.contact.attributes.k"}}}]}`)}
	text := calling("waits", `{}`, `"success":"r"`)
	main := mustParse(t, strings.Replace(text, `"$.actions.c.exception.message"`, `"$.contact.attributes.k"`, 1))
	job := Job{Program: main, Event: Event{Contact: &Contact{ID: "c-1"}}, Host: Host{Centre: silent{}}, Flows: all.find, Now: still}
	first := Run(t.Context(), job)
	later, waits := errors.AsType[*Later](first.Err)
	if !waits || way(first) != "s open c c:1/s c:1/a open c:1/w" {
		t.Fatalf("%v: %s", first.Err, way(first))
	}
	job.Past, job.Spent, job.Now = first.Steps, first.Spent, func() time.Time { return later.At }
	second := Run(t.Context(), job)
	want := map[string]any{"got": "v", "why": "v"}
	if got := second.Steps[len(second.Steps)-1].Result; second.Status != Completed || !cmp.Equal(want, got) {
		t.Errorf("%s (%s): %v", second.Status, second.Problem, got)
	}
}

// silent is a contact centre that takes everything.
type silent struct{ Centre }

func (silent) UpdateAttributes(context.Context, Effect, Contact, map[string]string) error { return nil }

func TestForEach(t *testing.T) {
	const nested = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"o"}},
		{"id":"o","type":"SE_PatchcordForEach","controls":{"list":"$.payload.outer"},"ports":{"each":"i","done":"e","error":"x"}},
		{"id":"i","type":"SE_PatchcordForEach","controls":{"list":"$.payload.inner"},"ports":{"each":"b","done":"o"}},
		{"id":"b","type":"SE_CoreTruthy","controls":{"value":"$.actions.i.results.item"},"ports":{"true":"i","false":"o"}},
		{"id":"x","type":"SE_End"},{"id":"e","type":"SE_End"}]}`
	list := func(items ...any) []any { return items }
	long := make([]any, 101)
	for _, tc := range []struct {
		name         string
		outer, inner any
		way          string
	}{
		{"no item", list(), nil, "o e"},
		{"unset is no list", nil, nil, "o e"},
		{"a single value is one item", "x", nil, "o i o e"},
		{"one in the other", list(1, 2), list(1, 2), "o i b i b i o i b i b i o e"},
		{"one that is left halfway begins anew", list(1, 2), list(1, nil, 1), "o i b i b o i b i b o e"},
		{"too many", long, nil, "o x"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			event := Event{Payload: map[string]any{"outer": tc.outer, "inner": tc.inner}}
			j := Run(t.Context(), Job{Program: mustParse(t, nested), Event: event, Now: still})
			if got := strings.TrimPrefix(way(j), "s "); got != tc.way {
				t.Errorf("went %s: %s", got, j.Problem)
			}
			again := Run(t.Context(), Job{Program: mustParse(t, nested), Event: event, Now: still, Past: j.Steps})
			if diff := cmp.Diff(j.Steps, again.Steps); diff != "" {
				t.Errorf("another way from its past: %s", diff)
			}
		})
	}
}
