package rehearsal_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/rehearsal"
)

func still() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

func read(t *testing.T, text string) flow.Document {
	t.Helper()
	d, err := flow.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// asking is a flow that asks the CRM, decides on the answer and dials.
const asking = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"q"}},
	{"id":"q","type":"SE_Query","controls":{"what":"$.payload.what","more":""},"ports":{"success":"t","failure":"e"}},
	{"id":"t","type":"SE_Open","ports":{"true":"d","false":"e"}},
	{"id":"d","type":"SE_AgentDialNumber","controls":{"phoneNumber":"$.actions.q.results.number"},"ports":{"success":"q","failure":"e"}},
	{"id":"e","type":"SE_End"}]%s}`

// kinds are blocks that act where no stage has a host of its own.
func kinds() flow.Blocks {
	return flow.NewBlocks([]flow.Block{
		{Type: "SE_Query", Label: "Query", Inputs: []flow.Input{{Name: "what"}, {Name: "more"}},
			Ports: []flow.Port{flow.Success, flow.Failure}, Place: flow.InCRM},
		{Type: "SE_Open", Label: "Open?", Ports: []flow.Port{flow.True, flow.False}, Place: flow.InCentre},
		*blocks.All.Of("SE_AgentDialNumber"),
	})
}

func TestRun(t *testing.T) {
	number := func(n string) map[string]any { return map[string]any{"number": n} }
	query := rehearsal.Effect{Action: "q", Block: "SE_Query", With: map[string]any{"what": "x"}}
	open := rehearsal.Effect{Action: "t", Block: "SE_Open", With: map[string]any{}}
	dial := rehearsal.Effect{Action: "d", Block: "SE_AgentDialNumber", With: map[string]any{"phoneNumber": "+12065550100"}}
	for _, tc := range []struct {
		name    string
		stubs   []rehearsal.Stub
		path    string
		effects []rehearsal.Effect
	}{
		{"nobody answers", nil, "s:done q:success t:false e", []rehearsal.Effect{query, open}},
		{"an answer, once, and then a refusal", []rehearsal.Stub{{Action: "q", Answer: number("206 555 0100")}, {Action: "q", Refuse: "no"},
			{Block: "SE_Open", Answer: true}}, "s:done q:success t:true d:success q:failure e", []rehearsal.Effect{query, open, dial, query}},
		{"the stub of an action goes before that of its block", []rehearsal.Stub{{Block: "SE_Query", Refuse: "no"}, {Action: "q"}},
			"s:done q:success t:false e", []rehearsal.Effect{query, open}},
		{"by another port", []rehearsal.Stub{{Action: "t", Port: flow.True}, {Action: "q", Answer: number("x")}},
			"s:done q:success t:true d:failure e", []rehearsal.Effect{query, open}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			occasion := rehearsal.Occasion{Event: rehearsal.Event{Payload: map[string]any{"what": "x"}}, Stubs: tc.stubs}
			journal, effects, err := rehearsal.Run(t.Context(), read(t, strings.Replace(asking, "%s", "", 1)), kinds(), occasion, still)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(rehearsal.Path(journal), " "); got != tc.path {
				t.Errorf("went %s: %s", got, journal.Problem)
			}
			if diff := cmp.Diff(tc.effects, effects); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	if _, _, err := rehearsal.Run(t.Context(), read(t, `{"actions":[]}`), blocks.All, rehearsal.Occasion{}, still); err == nil {
		t.Error("a broken flow ran")
	}
}

func TestTestsThatCannotBeRead(t *testing.T) {
	for tests, want := range map[string]string{
		`[{"nam":"x"}]`:                          `unknown field "nam"`,
		`{}`:                                     "cannot unmarshal",
		`[{"name":"x","stubs":[{}]}]`:            "names an action or a block",
		`[` + strings.Repeat(`{},`, 500) + `{}]`: "501 tests",
	} {
		_, err := rehearsal.Tests(read(t, strings.Replace(asking, "%s", `,"x-patchcord":{"tests":`+tests+`}`, 1)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one with %q", err, want)
		}
	}
	if tests, err := rehearsal.Tests(read(t, `{}`)); err != nil || tests != nil {
		t.Errorf("%v, %v", tests, err)
	}
}

func TestCheck(t *testing.T) {
	journal := flow.Journal{Status: flow.Partial, Problem: "busy", Steps: []flow.Step{{Action: "a:b", Port: flow.Done}, {Action: "e"}}}
	did := []rehearsal.Effect{{Action: "a:b", Block: "SE_X", With: map[string]any{"n": 1.0, "m": "x"}}}
	effects := func(list ...rehearsal.Effect) *[]rehearsal.Effect { return &list }
	for _, tc := range []struct {
		name string
		want rehearsal.Expect
		says []string
	}{
		{"nothing", rehearsal.Expect{}, nil},
		{"all", rehearsal.Expect{Status: flow.Partial, Problem: "bus", Path: []string{"a:b:done", "e"},
			Effects: effects(rehearsal.Effect{Block: "SE_X", With: map[string]any{"n": 1.0}})}, nil},
		{"a way without ports", rehearsal.Expect{Path: []string{"a:b", "e"}}, nil},
		{"another end", rehearsal.Expect{Status: flow.Completed}, []string{"ended as partial (busy) and not as completed"}},
		{"another problem", rehearsal.Expect{Problem: "tired"}, []string{"does not say “tired”"}},
		{"another port", rehearsal.Expect{Path: []string{"a:b:failure", "e"}}, []string{"went a:b:done, e and not a:b:failure, e"}},
		{"a shorter way", rehearsal.Expect{Path: []string{"a:b"}}, []string{"and not a:b"}},
		{"no effect", rehearsal.Expect{Effects: effects()}, []string{"it did SE_X (a:b)"}},
		{"two effects", rehearsal.Expect{Effects: effects(did[0], did[0])}, []string{"it did not do SE_X"}},
		{"another input", rehearsal.Expect{Effects: effects(rehearsal.Effect{With: map[string]any{"n": 2.0}})}, []string{"effect number 1 is"}},
		{"another action", rehearsal.Expect{Effects: effects(rehearsal.Effect{Action: "z"})}, []string{"effect number 1 is"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			problems := rehearsal.Check(tc.want, journal, did)
			if len(problems) != len(tc.says) {
				t.Fatalf("%q", problems)
			}
			for i := range problems {
				if !strings.Contains(problems[i], tc.says[i]) {
					t.Errorf("%q, want %q", problems[i], tc.says[i])
				}
			}
		})
	}
}

// The tests of the examples pass, also with other ids; and they name what their flows have.
func TestTheExamplesPass(t *testing.T) {
	files, err := filepath.Glob("../../examples/flows/*.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	others := map[string]flow.Document{}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := read(t, string(body))
		program, _ := flow.Compile(d, blocks.All)
		others[program.Name] = d
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := read(t, string(body))
		renamed, err := d.WithIDs(map[flow.ActionID]flow.ActionID{"uid-1": "first", "uid-2": "and second", "uid-4": "4"})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []flow.Document{d, renamed} {
			tests, err := rehearsal.Tests(d)
			if err != nil || len(tests) == 0 {
				t.Fatalf("%s: %d tests, %v", file, len(tests), err)
			}
			for _, test := range tests {
				occasion := rehearsal.Occasion{Event: test.Event, Stubs: test.Stubs, Flows: others}
				journal, effects, err := rehearsal.Run(t.Context(), d, blocks.All, occasion, still)
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				if problems := rehearsal.Check(test.Expect, journal, effects); len(problems) > 0 {
					t.Errorf("%s, %s: %s", file, test.Name, strings.Join(problems, "; "))
				}
				wrong := test.Expect
				wrong.Path = append(slices.Clone(rehearsal.Path(journal)), "more")
				if len(rehearsal.Check(wrong, journal, effects)) == 0 {
					t.Errorf("%s, %s: it passes whatever happens", file, test.Name)
				}
			}
		}
	}
}

// What flows remember, and what they wait for, is played too: nobody waits.
func TestPropertiesAndWaits(t *testing.T) {
	d := read(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"g"}},
		{"id":"g","type":"SE_GetProperty","controls":{"key":"$.payload.key","defaultValue":"none"},"ports":{"done":"w"}},
		{"id":"w","type":"SE_CoreDelay","controls":{"milliseconds":"$.payload.wait"},"ports":{"done":"p"}},
		{"id":"p","type":"SE_SetProperty","controls":{"key":"k","value":"$.actions.g.results.value"},"ports":{"done":"a"}},
		{"id":"a","type":"SE_GetAllProperties","ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`)
	run := func(wait float64) flow.Journal {
		before := map[string]any{"x": "y"}
		o := rehearsal.Occasion{Event: rehearsal.Event{Payload: map[string]any{"key": "x", "wait": wait}, Properties: before}}
		journal, _, err := rehearsal.Run(t.Context(), d, blocks.All, o, still)
		if err != nil || len(before) != 1 {
			t.Fatalf("%v, %v", err, before)
		}
		return journal
	}
	journal := run(30_000)
	want := map[string]any{"value": map[string]any{"x": "y", "k": "y"}}
	if journal.Status != flow.Completed || !cmp.Equal(want, journal.Steps[4].Result) || journal.Spent != 30*time.Second {
		t.Errorf("%s after %v: %s, %v", journal.Status, journal.Spent, journal.Problem, journal.Steps)
	}
	if journal = run(61_000); journal.Status != flow.Failed || !strings.Contains(journal.Problem, "longer than what is left") {
		t.Errorf("%s: %s", journal.Status, journal.Problem)
	}
}

func TestOccasionsOfEditors(t *testing.T) {
	const text = `{"source":"salesforceUi","event":"onClickToDial"}`
	if o, err := rehearsal.ReadOccasion([]byte("\ufeff" + text)); err != nil || o.Event.Event != "onClickToDial" {
		t.Errorf("with a byte-order mark: %+v, %v", o, err)
	}
	for body, want := range map[string]string{text + " {}": "something follows it", "\xfc": "save it as UTF-8"} {
		if _, err := rehearsal.ReadOccasion([]byte(body)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", body, err)
		}
	}
}
