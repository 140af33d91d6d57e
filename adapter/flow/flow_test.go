package flow

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// page is a softphone that notes what it is asked and answers from a table by the command's kind.
type page struct {
	contact *Contact
	refuse  string // reason with which dialling and searching are refused
	asked   []any
}

func (p *page) Do(_ context.Context, command any) (any, error) {
	p.asked = append(p.asked, command)
	if _, isLog := command.(LogLine); p.refuse != "" && !isLog {
		return nil, &Refused{Reason: p.refuse}
	}
	return map[string]any{}, nil
}

func (p *page) Contact() (Contact, bool) {
	if p.contact == nil {
		return Contact{}, false
	}
	return *p.contact, true
}

var maya = Contact{ID: "c-1", InitialID: "c-1", Type: "voice", Inbound: true, PhoneNumber: "+12065550142", QueueName: "BasicQueue"}

func runFlow(t *testing.T, f Flow, e Event, p *page) Journal {
	t.Helper()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return Run(t.Context(), f, e, p, func() time.Time { return at })
}

func parseFile(t *testing.T, name string) Flow {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Parse(body)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// defaultFlow is where the package keeps a flow of a new installation.
func defaultFlow(name string) string { return "../../sfdx/flows/" + name + ".json" }

func TestDefaultFlows(t *testing.T) {
	clickToDial, caller, callback := "01-salesforceUiOnClickToDial", "02-voiceContactOnConnecting", "04-queueCallbackContactOnIncoming"
	pop := SearchPop{Search: "2065550142", CallType: "inbound", Defaults: map[string]string{}}
	for _, tc := range []struct {
		name   string
		flow   string
		event  Event
		refuse string
		want   []any
	}{
		{"a click on a number dials it", clickToDial, Event{Payload: map[string]any{"number": "(206) 555-0100"}}, "",
			[]any{Dial{PhoneNumber: "+12065550100"}}},
		{"a refused call still ends the flow", clickToDial, Event{Payload: map[string]any{"number": "+12065550100"}},
			"busy", []any{Dial{PhoneNumber: "+12065550100"}}},
		{"a number without its area code is not completed", clickToDial, Event{Payload: map[string]any{"number": "555-0708"}}, "", nil},
		{"a short code is not dialled", clickToDial, Event{Payload: map[string]any{"number": "911"}}, "", nil},
		{"text that is no number is not dialled", clickToDial, Event{Payload: map[string]any{"number": "call me"}}, "", nil},
		{"a caller is searched by the national number", caller, Event{Contact: &maya}, "", []any{pop}},
		{"a withheld number searches nothing", caller, Event{Contact: &Contact{Type: "voice", Inbound: true}}, "", nil},
		{"a caller whose number is a word searches nothing", caller, Event{Contact: &Contact{Type: "voice", PhoneNumber: "anonymous"}}, "", nil},
		{"a failing search still ends the flow", caller, Event{Contact: &maya}, "no layout", []any{pop}},
		{"a queued callback is searched like a caller", callback, Event{Contact: &maya}, "", []any{pop}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := parseFile(t, defaultFlow(tc.flow))
			p := &page{contact: tc.event.Contact, refuse: tc.refuse}
			journal := runFlow(t, f, tc.event, p)
			if journal.Status != Completed {
				t.Errorf("ended %s: %s", journal.Status, journal.Problem)
			}
			if diff := cmp.Diff(tc.want, p.asked); diff != "" {
				t.Errorf("asked of the page (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPublishedExamples(t *testing.T) {
	t.Run("all of them parse", func(t *testing.T) {
		files, err := filepath.Glob("testdata/flows/*.json")
		if err != nil || len(files) == 0 {
			t.Fatalf("%d files, %v", len(files), err)
		}
		for _, file := range files {
			parseFile(t, file)
		}
	})
	t.Run("click-to-dial formats the number and dials", func(t *testing.T) {
		p := &page{}
		runFlow(t, parseFile(t, "testdata/flows/03-click-to-dial.json"), Event{Payload: map[string]any{"number": "(206) 555-0100"}}, p)
		if diff := cmp.Diff([]any{Dial{PhoneNumber: "+12065550100"}}, p.asked); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("the legacy pop reaches its search by number when the attribute is missing", func(t *testing.T) {
		p := &page{contact: &maya}
		journal := runFlow(t, parseFile(t, "testdata/flows/01-legacy.json"), Event{Contact: &maya}, p)
		if journal.Status != Completed || len(p.asked) != 1 {
			t.Errorf("%s, asked %v", journal.Status, p.asked)
		}
	})
	t.Run("a block that is not there leaves by failure and says its name", func(t *testing.T) {
		journal := runFlow(t, parseFile(t, "testdata/flows/08-create-task.json"), Event{Contact: &maya}, &page{contact: &maya})
		named := false
		for _, step := range journal.Steps {
			named = named || step.Port == Failure && strings.Contains(step.Problem, "no block SE_SFGetContactId")
		}
		if !named {
			t.Errorf("%s: %+v", journal.Status, journal.Steps)
		}
	})
}

func TestParseRefuses(t *testing.T) {
	start := `{"id":"a","type":"SE_Start","ports":{"done":"b"}}`
	for _, tc := range []struct{ name, text, want string }{
		{"what is not JSON", `{`, "not JSON"},
		{"two documents", `{"actions":[]} {}`, "after the end"},
		{"no actions", `{}`, `no list "actions"`},
		{"an action without id", `{"actions":[{"type":"SE_End"}]}`, "number 1 has no id"},
		{"an action without type", `{"actions":[{"id":"a"}]}`, "a: type"},
		{"an id used twice", `{"actions":[{"id":"a","type":"SE_Start"},{"id":"a","type":"SE_End"}]}`, "twice"},
		{"a port into nowhere", `{"actions":[` + start + `]}`, `"b"`},
		{"no start", `{"actions":[{"id":"a","type":"SE_End"}]}`, "SE_Start"},
		{"two starts", `{"actions":[{"id":"a","type":"SE_Start"},{"id":"b","type":"SE_Start"}]}`, "second SE_Start"},
		{"a megabyte of junk", strings.Repeat("x", 1<<20), "larger than"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Parse([]byte(tc.text))
			if _, ok := errors.AsType[*Invalid](err); !ok || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("err = %v, want one with %q", err, tc.want)
			}
		})
	}
}

func TestRunEnds(t *testing.T) {
	circle, err := Parse([]byte(`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"t"}},
		{"id":"t","type":"SE_CoreTruthy","controls":{"value":true},"ports":{"true":"t"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("a circle is stopped", func(t *testing.T) {
		journal := runFlow(t, circle, Event{}, &page{})
		if journal.Status != Failed || len(journal.Steps) != MaxSteps {
			t.Errorf("%s after %d steps", journal.Status, len(journal.Steps))
		}
	})
	t.Run("a cancelled run says so", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if journal := Run(ctx, circle, Event{}, &page{}, time.Now); journal.Status != Cancelled {
			t.Errorf("ended %s", journal.Status)
		}
	})
	t.Run("an unwired failure fails the run with its reason", func(t *testing.T) {
		f, err := Parse([]byte(`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},` +
			`{"id":"d","type":"SE_AgentDialNumber","controls":{"phoneNumber":"$.payload.nothing"}}]}`))
		if err != nil {
			t.Fatal(err)
		}
		if journal := runFlow(t, f, Event{}, &page{}); journal.Status != Failed || journal.Problem != "phoneNumber is empty" {
			t.Errorf("%s: %s", journal.Status, journal.Problem)
		}
	})
}

func TestLookUp(t *testing.T) {
	data := map[string]any{"actions": map[string]any{"1": map[string]any{"results": map[string]any{"value": []any{map[string]any{"Name": "x"}},
		"one": map[string]any{"Id": "y"}}}}}
	for path, want := range map[string]any{
		"$.actions.1.results.value.[0].Name": "x", "$.actions.1.results.value[0].Name": "x", "$['actions']['1'].results.one.Id": "y",
		"$.actions.1.results.one.[0].Id": "y", "$.actions.2.results": nil, "$.actions.1.results.value[9]": nil, "$.": nil, "$..a": nil, "$[": nil,
	} {
		if got, _ := lookUp(path, data); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/flows/*.json")
	for _, file := range files {
		if body, err := os.ReadFile(file); err == nil {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		flow, err := Parse(body)
		if err != nil {
			if _, ok := errors.AsType[*Invalid](err); !ok {
				t.Fatalf("an error of another kind: %v", err)
			}
			return
		}
		journal := Run(t.Context(), flow, Event{Contact: &maya}, &page{contact: &maya}, time.Now)
		if len(journal.Steps) > MaxSteps || journal.Status == "" {
			t.Fatalf("%d steps, status %q", len(journal.Steps), journal.Status)
		}
	})
}

func BenchmarkRun(b *testing.B) {
	body, err := os.ReadFile(defaultFlow("02-voiceContactOnConnecting"))
	if err != nil {
		b.Fatal(err)
	}
	f, err := Parse(body)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Run(b.Context(), f, Event{Contact: &maya}, &page{contact: &maya}, time.Now)
	}
	b.ReportMetric(3*float64(b.N)/b.Elapsed().Seconds(), "blocks/s")
}
