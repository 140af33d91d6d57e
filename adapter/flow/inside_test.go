package flow

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExpressions(t *testing.T) {
	f, err := Load([]byte(`{"actions":[{"id":"1","type":"SE_Start"}]}`), NewBlocks())
	if err != nil {
		t.Fatal(err)
	}
	event := Event{Contact: &Contact{PhoneNumber: "+12065550142"}, Payload: map[string]any{"number": "5"}}
	s := &scope{program: &f, latest: []int{1}, event: event, steps: &[]Step{{
		Action: "1", Problem: "why", Port: Failure,
		Result: map[string]any{"value": []any{map[string]any{"Name": "x"}}, "one": map[string]any{"Id": "y"}},
	}}}
	for path, want := range map[string]any{
		"$.actions.1.results.value.[0].Name": "x", "$.actions.1.results.value[0].Name": "x", "$['actions']['1'].results.one.Id": "y",
		"$.actions.1.results.one.[0].Id": "y", "$.actions.2.results": nil, "$.actions.1.results.value[9]": nil, "$.": nil, "$..a": nil,
		"$[":                  nil,
		"$.actions.1.success": false, "$.actions.1.exception.message": "why", "$.payload.number": "5", "$.agent.name": nil, "$.x": nil,
		"$.contact.parsedNumber.phone": "2065550142", "$.contact.parsedNumber.number": "+12065550142", "$.contact.attributes.x": nil,
		"$" + strings.Repeat(".a", maxPath+1): nil, "plain": "plain",
	} {
		node, _ := compile(path)
		if got, _ := resolve(node, s, &meter{left: MaxResult}); got != want {
			t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
	node, _ := compile([]any{map[string]any{"a": "$.payload.number", "b": "$.nowhere"}, "$.nowhere", 1.0})
	got, _ := resolve(node, s, &meter{left: MaxResult})
	if diff := cmp.Diff([]any{map[string]any{"a": "5"}, nil, 1.0}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMeter(t *testing.T) {
	deep := any("x")
	for range 100 {
		deep = []any{deep}
	}
	for name, tc := range map[string]struct {
		value any
		over  bool
	}{
		"text that fits":     {strings.Repeat("x", 900), false},
		"text that does not": {strings.Repeat("x", 1100), true},
		"escapes":            {strings.Repeat("<", 200), true},
		"a list":             {[]any{strings.Repeat("x", 500), map[string]any{"k": strings.Repeat("x", 600)}}, true},
		"another type":       {map[string]string{"k": strings.Repeat("x", 1100)}, true},
		"no JSON":            {make(chan int), true},
		"a well":             {deep, true},
	} {
		m := meter{left: 1024}
		if m.add(tc.value); m.over() != tc.over {
			t.Errorf("%s: %d left", name, m.left)
		}
	}
}

func TestMissingPlaces(t *testing.T) {
	for place, there := range map[Place]bool{Anywhere: true, InAdapter: true, InPage: false, InCRM: false, InCentre: false} {
		if why := (Host{}).missing(place); (why == "") != there {
			t.Errorf("%s: %q", place, why)
		}
	}
}
