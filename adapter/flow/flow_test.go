package flow_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	. "github.com/patchcord/patchcord/adapter/flow"
)

// page is a softphone that notes what it is asked.
type page struct {
	refuse string // reason with which all but log lines are refused
	err    error  // with which all but log lines are answered
	asked  []any
}

func (p *page) answer(command any) error {
	p.asked = append(p.asked, command)
	if p.refuse != "" {
		return &Refused{Reason: p.refuse}
	}
	return p.err
}

func (p *page) SearchPop(_ context.Context, _ Effect, s SearchPop) (any, error) {
	return map[string]any{}, p.answer(s)
}
func (p *page) Pop(_ context.Context, _ Effect, recordID string) error { return p.answer(recordID) }
func (p *page) Dial(_ context.Context, _ Effect, d Dial) error         { return p.answer(d) }
func (p *page) Do(_ context.Context, _ Effect, c Command) (any, error) { return nil, p.answer(c) }
func (p *page) Log(_ context.Context, _ Effect, l LogLine) error {
	p.asked = append(p.asked, l)
	return nil
}

var maya = Contact{ID: "c-1", InitialID: "c-1", Type: "voice", Inbound: true, PhoneNumber: "+12065550142", QueueName: "BasicQueue"}

var someTime = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func still() time.Time { return someTime }

func runFlow(t *testing.T, f Program, e Event, p *page) Journal {
	t.Helper()
	return Run(t.Context(), Job{Program: f, Event: e, Host: Host{Page: p}, Now: still})
}

func mustParse(t testing.TB, text string) Program {
	t.Helper()
	f, err := Load([]byte(text), blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func parseFile(t *testing.T, name string) Program {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Load(body, blocks.All)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// defaultFlow is where the package keeps a flow of a new installation.
func defaultFlow(name string) string { return "../../sfdx/flows/" + name + ".json" }

func TestDefaultFlows(t *testing.T) {
	clickToDial, caller, callback := "01-salesforceUiOnClickToDial", "02-voiceContactOnConnecting", "04-queueCallbackContactOnIncoming"
	pop := SearchPop{Search: "2065550142", CallType: "inbound"}
	for _, tc := range []struct {
		name   string
		flow   string
		event  Event
		refuse string
		want   []any
		says   string // the problem of a run that came to its end after a failure
	}{
		{"a click on a number dials it", clickToDial, Event{Payload: map[string]any{"number": "(206) 555-0100"}}, "",
			[]any{Dial{PhoneNumber: "+12065550100"}}, ""},
		{"a refused call still ends the flow", clickToDial, Event{Payload: map[string]any{"number": "+12065550100"}},
			"busy", []any{Dial{PhoneNumber: "+12065550100"}}, "busy"},
		{"a number without its area code is not completed", clickToDial,
			Event{Payload: map[string]any{"number": "555-0708"}}, "", nil, "lacks its area code"},
		{"an emergency is not dialled", clickToDial, Event{Payload: map[string]any{"number": "911"}}, "", nil, "emergency"},
		{"an extension is shown, not sent", clickToDial, Event{Payload: map[string]any{"number": "(206) 555-0952 x123"}}, "",
			[]any{Dial{PhoneNumber: "+12065550952", Extension: "123"}}, ""},
		{"a number without country code is of the adapter's country", clickToDial,
			Event{Payload: map[string]any{"number": "030 12345"}, Country: "DE"}, "", []any{Dial{PhoneNumber: "+493012345"}}, ""},
		{"a number of elsewhere is told", clickToDial, Event{Payload: map[string]any{"number": "020 7946 0803"}}, "", nil,
			"country code"},
		{"two numbers are told", clickToDial, Event{Payload: map[string]any{"number": "206-555-0706 / 206-555-0707"}}, "", nil,
			"206-555-0706 and 206-555-0707"},
		{"text that is no number is not dialled", clickToDial, Event{Payload: map[string]any{"number": "call me"}}, "", nil,
			"not a telephone number"},
		{"a caller is searched by the national number", caller, Event{Contact: &maya}, "", []any{pop}, ""},
		{"a withheld number searches nothing", caller, Event{Contact: &Contact{Type: "voice", Inbound: true}}, "", nil, ""},
		{"a caller whose number is a word searches nothing", caller, Event{Contact: &Contact{Type: "voice", PhoneNumber: "anonymous"}}, "",
			nil, ""},
		{"a failing search still ends the flow", caller, Event{Contact: &maya}, "no layout", []any{pop}, "no layout"},
		{"a queued callback is searched like a caller", callback, Event{Contact: &maya}, "", []any{pop}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := parseFile(t, defaultFlow(tc.flow))
			p := &page{refuse: tc.refuse}
			journal := runFlow(t, f, tc.event, p)
			want := Completed
			if tc.says != "" {
				want = Partial
			}
			if journal.Status != want || !strings.Contains(journal.Problem, tc.says) || (journal.Failures > 0) != (tc.says != "") {
				t.Errorf("ended %s with %d failures: %q, want %s with %q", journal.Status, journal.Failures, journal.Problem, want, tc.says)
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
		p := &page{}
		journal := runFlow(t, parseFile(t, "testdata/flows/01-legacy.json"), Event{Contact: &maya}, p)
		if journal.Status != Completed || len(p.asked) != 1 {
			t.Errorf("%s, asked %v", journal.Status, p.asked)
		}
	})
	t.Run("a block that is not there leaves by failure and says its name", func(t *testing.T) {
		journal := runFlow(t, mustParse(t, `{"actions": [{"id": "s", "type": "SE_Start", "ports": {"done": "b"}},
			{"id": "b", "type": "SE_SFOfTomorrow", "ports": {"failure": "e"}}, {"id": "e", "type": "SE_End"}]}`), Event{}, &page{})
		named := false
		for _, step := range journal.Steps {
			named = named || step.Port == Failure && strings.Contains(step.Problem, "no block SE_SFOfTomorrow")
		}
		if !named {
			t.Errorf("%s: %+v", journal.Status, journal.Steps)
		}
	})
}
