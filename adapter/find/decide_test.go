package find

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	maya = Candidate{ID: "003000000000001AAA", Object: "Contact", Name: "Maya"}
	jo   = Candidate{ID: "00Q000000000002AAA", Object: "Lead", Name: "Jo"}
)

// TestDecide is three times four: nobody, one, several; and the layout says nothing, a record (new where there is none), the search page,
// a page or a flow.
func TestDecide(t *testing.T) {
	none, one, several := []Candidate(nil), []Candidate{maya}, []Candidate{maya, jo}
	with := With{Text: "2065550142", Query: "a=1&b=2#c", Defaults: map[string]string{"Phone": "2065550142"}}
	record := &Pop{"SOBJECT", map[string]any{"recordId": maya.ID}}
	fresh := &Pop{"NEW_RECORD_MODAL", map[string]any{
		"entityName": "Contact", "defaultFieldValues": map[string]any{"Phone": "2065550142"},
	}}
	list := &Pop{"SEARCH", map[string]any{"searchString": "2065550142"}}
	page := &Pop{"URL", map[string]any{"url": "/apex/My%20Page?a=1&b=2%23c&searchParams=2065550142"}}
	flow := &Pop{"FLOW", map[string]any{"flowDevName": "Greet", "flowArgs": []any{}}}
	entity, search := Setting{"PopToEntity", "Contact"}, Setting{Type: "PopToSearch"}
	visualforce, toFlow := Setting{"PopToVisualforce", "My Page"}, Setting{"PopToFlow", "Greet"}
	for _, tc := range []struct {
		name    string
		found   []Candidate
		setting Setting
		text    string // "" is that of with
		want    Decision
	}{
		{"nobody, pop nothing", none, Setting{Type: "DontPop"}, "", Decision{Kind: Nothing}},
		{"nobody, a new record", none, entity, "", Decision{NewRecord, fresh}},
		{"nobody, search page", none, search, "", Decision{List, list}},
		{"nobody, page", none, visualforce, "", Decision{Page, page}},
		{"nobody, flow", none, toFlow, "", Decision{Flow, flow}},
		{"one, pop nothing", one, Setting{Type: "DontPop"}, "", Decision{Kind: Nothing}},
		{"one, the record", one, entity, "", Decision{Record, record}},
		{"one, search page", one, search, "", Decision{List, list}},
		{"one, page", one, visualforce, "", Decision{Page, page}},
		{"one, flow", one, toFlow, "", Decision{Flow, flow}},
		{"several, pop nothing", several, Setting{Type: "DontPop"}, "", Decision{Kind: Choice}},
		{"several, a record cannot be", several, entity, "", Decision{Kind: Choice}},
		{"several, search page", several, search, "", Decision{List, list}},
		{"several, page", several, visualforce, "", Decision{Page, page}},
		{"several, flow", several, toFlow, "", Decision{Flow, flow}},
		{"no setting is nothing", one, Setting{}, "", Decision{Kind: Nothing}},
		{"a new record of no object is nothing", none, Setting{Type: "PopToEntity"}, "", Decision{Kind: Nothing}},
		{"a page without a name is nothing", one, Setting{Type: "PopToVisualforce"}, "", Decision{Kind: Nothing}},
		{"a flow without a name is nothing", one, Setting{Type: "PopToFlow"}, "", Decision{Kind: Nothing}},
		{"text too short for the search page", several, search, "ab", Decision{Kind: Choice}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			part := CallType{MultipleMatches: tc.setting}
			switch len(tc.found) {
			case 0:
				part = CallType{NoMatch: tc.setting}
			case 1:
				part = CallType{SingleMatch: tc.setting}
			}
			w := with
			if tc.text != "" {
				w.Text = tc.text
			}
			for callType, l := range map[string]Layout{
				"inbound": {Inbound: part}, "": {Inbound: part}, "outbound": {Outbound: part}, "internal": {Internal: part},
			} {
				if diff := cmp.Diff(tc.want, Decide(l, callType, tc.found, w)); diff != "" {
					t.Errorf("%q: %s", callType, diff)
				}
			}
			want := Nothing
			if len(tc.found) > 1 {
				want = Choice
			}
			if got := Decide(Layout{Inbound: part}, "outbound", tc.found, w); got.Kind != want || got.Pop != nil {
				t.Errorf("an outbound call without settings: %s", got.Kind)
			}
		})
	}
}

func TestReadLayout(t *testing.T) {
	body, err := os.ReadFile("testdata/layout.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ReadLayout(body)
	if err != nil {
		t.Fatal(err)
	}
	want := Layout{
		Inbound: CallType{
			Objects: []string{"Lead", "Contact", "Account", "Booking__c"},
			NoMatch: Setting{"PopToEntity", "Contact"}, SingleMatch: Setting{Type: "PopToEntity"}, MultipleMatches: Setting{Type: "PopToSearch"},
		},
		Outbound: CallType{Objects: []string{"Contact"}},
		Internal: CallType{},
	}
	if diff := cmp.Diff(want, l); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{``, `[]`, `{"Inbound":{"objects":[]}}`, `{"Inbound":{"objects":{"Contact"}}}`} {
		if _, err := ReadLayout(json.RawMessage(bad)); err == nil {
			t.Errorf("%s is a layout", bad)
		}
	}
}

func TestReadAnswer(t *testing.T) {
	a, err := readAnswer(json.RawMessage(`{"00Q000000000002AAA":{"Id":"00Q000000000002AAA","Name":"Jo","RecordType":"Lead","Company":"x"},
		"003000000000001AAA":{"Name":"Maya","object":"Contact"},"003000000000001":{"Name":"Maya"},"001000000000003":{},"note":{},"x":1,
		"SCREEN_POP_DATA":{"type":"newRecordModal","params":{"entityName":"Contact"},"defaultFieldValues":{"LastName":"x"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range a.candidates {
		got = append(got, c.Object+" "+c.Name)
	}
	if strings.Join(got, ", ") != "Lead Jo, Contact Maya, Account 001000000000003" {
		t.Errorf("read %q", got)
	}
	want := &Pop{"newRecordModal", map[string]any{"entityName": "Contact", "defaultFieldValues": map[string]any{"LastName": "x"}}}
	if diff := cmp.Diff(want, a.pop); diff != "" {
		t.Error(diff)
	}
	for body, good := range map[string]bool{`null`: true, ``: true, `{}`: true, `[]`: false, `"x"`: false, `{"a":`: false} {
		if _, err := readAnswer(json.RawMessage(body)); (err == nil) != good {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, pop := range []string{`null`, `{}`, `{"type":"sobject"}`, `{"type":"sobject","params":"x"}`, `{"params":{}}`} {
		if p := readPop(json.RawMessage(pop)); p != nil {
			t.Errorf("%s pops %v", pop, p)
		}
	}
}

func TestKindOf(t *testing.T) {
	for name, want := range map[string]Kind{
		"SOBJECT": Record, "sobject": Record, "NEW_RECORD_MODAL": NewRecord, "newRecordModal": NewRecord, "search": List, "FLOW": Flow,
		"url": Page, "LIST": Page,
	} {
		if got := kindOf(Pop{Type: name}); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
}
