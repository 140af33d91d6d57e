package core_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks/core"
	"github.com/patchcord/patchcord/adapter/flow"
)

var someTime = time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)

var known = flow.NewBlocks(core.Blocks)

// only is a flow of one block with its controls, which all its ports leave for the end.
func only(t *testing.T, blockType string, controls any) flow.Program {
	t.Helper()
	body, err := json.Marshal(map[string]any{"actions": []any{
		map[string]any{"id": "s", "type": "SE_Start", "ports": map[string]string{"done": "b"}},
		map[string]any{"id": "b", "type": blockType, "controls": controls, "ports": map[string]string{
			"done": "e", "success": "e", "failure": "e", "true": "e", "false": "e"}},
		map[string]any{"id": "e", "type": "SE_End"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Load(body, known)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// step runs a single block and gives its step, as it is after it was written down and read again.
func step(t *testing.T, blockType string, controls any, event flow.Event, host flow.Host) flow.Step {
	t.Helper()
	j := flow.Run(t.Context(), flow.Job{
		Program: only(t, blockType, controls), Event: event, Host: host, Now: func() time.Time { return someTime },
	})
	body, err := json.Marshal(j.Steps)
	if err != nil {
		t.Fatalf("%s cannot be written down: %v", blockType, err)
	}
	var steps []flow.Step
	if err := json.Unmarshal(body, &steps); err != nil || len(steps) < 2 {
		t.Fatalf("%d steps: %v, %s", len(steps), err, j.Problem)
	}
	return steps[1]
}

type in = map[string]any

var long = strings.Repeat("x", flow.MaxResult/2)

func TestBlocksThatCompute(t *testing.T) {
	event := flow.Event{Payload: map[string]any{
		"text": "Ada", "list": []any{"a", "b", 3.0}, "object": in{"k": "v"}, "zero": 0.0, "no": false, "emoji": "a\U0001F600b",
		"long":  long,
		"empty": "",
	}}
	value := func(v any) any { return in{"value": v} }
	for _, tc := range []struct {
		name, block string
		in          in
		port        flow.Port
		result      any
		says        string // in the problem or the warning
	}{
		{"equal numbers", "SE_CoreIfElse", in{"a": "1.0", "comparator": "eq", "b": 1}, flow.True, true, ""},
		{"unequal", "SE_CoreIfElse", in{"a": "x", "comparator": "ne", "b": "y"}, flow.True, true, ""},
		{"more, as numbers", "SE_CoreIfElse", in{"a": "10", "comparator": "gt", "b": "9"}, flow.True, true, ""},
		{"not more, as text", "SE_CoreIfElse", in{"a": "10", "comparator": "gt", "b": "9a"}, flow.False, false, ""},
		{"at least", "SE_CoreIfElse", in{"a": 5, "comparator": "ge", "b": "5"}, flow.True, true, ""},
		{"less", "SE_CoreIfElse", in{"a": "a", "comparator": "lt", "b": "b"}, flow.True, true, ""},
		{"at most", "SE_CoreIfElse", in{"a": 6, "comparator": "le", "b": 5}, flow.False, false, ""},
		{"unset is not at most", "SE_CoreIfElse", in{"a": "$.payload.none", "comparator": "le", "b": 5}, flow.False, false, ""},
		{"unset is empty", "SE_CoreIfElse", in{"a": "$.payload.none", "comparator": "eq", "b": ""}, flow.True, true, ""},
		{"a text in a text", "SE_CoreIfElse", in{"a": "$.payload.text", "comparator": "contains", "b": "d"}, flow.True, true, ""},
		{"an element in a list", "SE_CoreIfElse", in{"a": "$.payload.list", "comparator": "contains", "b": "3"}, flow.True, true, ""},
		{"no part of an element", "SE_CoreIfElse", in{"a": []any{"abc"}, "comparator": "contains", "b": "b"}, flow.False, false, ""},
		{"unset is in nothing", "SE_CoreIfElse", in{"a": "abc", "comparator": "contains", "b": "$.payload.none"}, flow.False, false, ""},
		{"begins", "SE_CoreIfElse", in{"a": "Ada", "comparator": "startsWith", "b": "A"}, flow.True, true, ""},
		{"ends", "SE_CoreIfElse", in{"a": "Ada", "comparator": "endsWith", "b": "A"}, flow.False, false, ""},
		{"no such comparator", "SE_CoreIfElse", in{"a": 1, "comparator": "like", "b": 1}, flow.False, nil, "no comparator like"},
		{"no comparator", "SE_CoreIfElse", in{"a": 1, "b": 1}, flow.False, nil, "comparator is empty"},

		{"one of them", "SE_CoreIsOneOf", in{"value": 3, "values": "$.payload.list"}, flow.True, true, ""},
		{"none of them", "SE_CoreIsOneOf", in{"value": "A", "values": []any{"a", nil}}, flow.False, false, ""},
		{"unset is none", "SE_CoreIsOneOf", in{"values": []any{nil, ""}}, flow.False, false, ""},
		{"false is one", "SE_CoreIsOneOf", in{"value": false, "values": []any{"false"}}, flow.True, true, ""},

		{"begins with one", "SE_CoreStartsWith", in{"text": "+1206", "values": []any{"+44", "+1"}}, flow.True, true, ""},
		{"begins with the one", "SE_CoreStartsWith", in{"text": 1206, "values": "12"}, flow.True, true, ""},
		{"begins with none", "SE_CoreStartsWith", in{"text": "Ada", "values": []any{}}, flow.False, false, ""},
		{"unset begins with nothing", "SE_CoreStartsWith", in{"values": []any{""}}, flow.False, false, ""},
		{"ends with one", "SE_CoreEndsWith", in{"text": "a.b@c.com", "values": []any{"@c.com"}}, flow.True, true, ""},
		{"ends with none", "SE_CoreEndsWith", in{"text": "a", "values": "$.payload.none"}, flow.False, false, ""},

		{"a date", "SE_CoreFormatDate", in{"date": "2026-01-02T03:04:05Z", "format": "dd.MM.yyyy HH:mm:ss"}, flow.Done,
			value("02.01.2026 03:04:05"), ""},
		{"in a zone", "SE_CoreFormatDate", in{"date": 1785578400000, "format": "yyyy-MM-ddTHH:mm", "timeZone": "America/New_York"},
			flow.Done,
			value("2026-08-01T06:00"), ""},
		{"a local time is the zone's", "SE_CoreFormatDate", in{"date": "2026-08-01T06:00", "format": "HH",
			"timeZone": "America/New_York"}, flow.Done,
			value("06"), ""},
		{"now", "SE_CoreFormatDate", in{"format": "yyyy-MM-dd"}, flow.Done, value("2026-08-01"), ""},
		{"milliseconds as text", "SE_CoreFormatDate", in{"date": "1785578400000", "format": "HH"}, flow.Done, value("10"), ""},
		{"no date", "SE_CoreFormatDate", in{"date": "tomorrow", "format": "HH"}, flow.Done, in{}, ""},
		{"no zone", "SE_CoreFormatDate", in{"format": "HH", "timeZone": "Mars"}, flow.Done, nil, "no time zone Mars"},

		{"the first", "SE_CoreReplaceString", in{"text": "a-b-c", "pattern": "-"}, flow.Done, value("ab-c"), ""},
		{"all, by an expression", "SE_CoreReplaceString", in{"text": "a1b22", "pattern": `\d+`, "isRegex": true, "flags": "g",
			"replacement": "<$&>"},
			flow.Done, value("a<1>b<22>"), ""},
		{"an expression that is none", "SE_CoreReplaceString", in{"text": "a", "pattern": "(", "isRegex": true}, flow.Done, nil,
			"cannot be used"},
		{"what becomes too long", "SE_CoreReplaceString", in{"text": "$.payload.long", "pattern": "x", "flags": "g",
			"replacement": "xxx"}, flow.Done,
			nil, "too long"},

		{"joined", "SE_CoreJoinStrings", in{"value1": "$.payload.text", "separator": " ", "value2": "Lovelace"}, flow.Done,
			value("Ada Lovelace"), ""},
		{"false is a text", "SE_CoreJoinStrings", in{"value1": false, "value2": 0}, flow.Done, value("false0"), ""},
		{"unset is empty in it", "SE_CoreJoinStrings", in{"value1": "$.payload.none", "value2": "$.payload.list"}, flow.Done,
			value("a,b,3"), ""},

		{"units of a text", "SE_CoreLength", in{"value": "$.payload.emoji"}, flow.Done, value(4.0), ""},
		{"elements", "SE_CoreLength", in{"value": "$.payload.list"}, flow.Done, value(3.0), ""},
		{"a number has none", "SE_CoreLength", in{"value": 12345}, flow.Done, value(0.0), ""},
		{"unset has none", "SE_CoreLength", in{}, flow.Done, value(0.0), ""},

		{"a slice", "SE_CoreSlice", in{"value": "abcdef", "start": "1", "end": -1}, flow.Done, value("bcde"), ""},
		{"of a list", "SE_CoreSlice", in{"value": "$.payload.list", "start": -1}, flow.Done, value([]any{3.0}), ""},
		{"half a character", "SE_CoreSlice", in{"value": "$.payload.emoji", "start": 0, "end": 2}, flow.Done, value("a\uFFFD"), ""},
		{"of a number", "SE_CoreSlice", in{"value": 123, "start": 1}, flow.Done, in{}, ""},

		{"to a number", "SE_CoreCast", in{"value": " 0x1F ", "type": "Number"}, flow.Done, value(31.0), ""},
		{"to no number", "SE_CoreCast", in{"value": "12px", "type": "Number"}, flow.Done, value(nil), ""},
		{"to what JSON has not", "SE_CoreCast", in{"value": "Infinity", "type": "Number"}, flow.Done, value(nil), ""},
		{"to a text", "SE_CoreCast", in{"value": 1e21, "type": "String"}, flow.Done, value("1e+21"), ""},
		{"an object to a text", "SE_CoreCast", in{"value": "$.payload.object", "type": "String"}, flow.Done, value("[object Object]"), ""},
		{"to a boolean", "SE_CoreCast", in{"value": "false", "type": "Boolean"}, flow.Done, value(true), ""},
		{"to a date", "SE_CoreCast", in{"value": "2026-08-01T10:00:00.000+0000", "type": "Date"}, flow.Done,
			value("2026-08-01T10:00:00.000Z"), ""},
		{"to no date", "SE_CoreCast", in{"value": "x", "type": "Date"}, flow.Done, value(nil), ""},
		{"to an object", "SE_CoreCast", in{"value": `{"a":[1]}`, "type": "JSON"}, flow.Done, value(in{"a": []any{1.0}}), ""},
		{"to no object", "SE_CoreCast", in{"value": `{`, "type": "JSON"}, flow.Done, value(nil), ""},
		{"a well", "SE_CoreCast", in{"value": strings.Repeat("[", 200) + strings.Repeat("]", 200), "type": "JSON"}, flow.Done, nil,
			"larger than"},
		{"to no type", "SE_CoreCast", in{"value": 1, "type": "Blob"}, flow.Done, nil, "no type Blob"},

		{"a product", "SE_CoreMultiply", in{"a": "2", "b": 3}, flow.Done, value(6.0), ""},
		{"of no number", "SE_CoreMultiply", in{"a": "two", "b": 3}, flow.Done, value(nil), "NaN"},
		{"without an end", "SE_CoreMultiply", in{"a": 1e308, "b": 10}, flow.Done, value(nil), "Infinity"},
		{"a quotient", "SE_CoreDivide", in{"a": 1, "b": "4"}, flow.Done, value(0.25), ""},
		{"by zero", "SE_CoreDivide", in{"a": 1, "b": 0}, flow.Done, value(nil), "divided by zero"},

		{"all that came", "SE_GetPayload", in{}, flow.Done, value(event.Payload), ""},
		{"one key", "SE_GetPayload", in{"key": "no"}, flow.Done, value(false), ""},
		{"a key that is not there", "SE_GetPayload", in{"key": "x"}, flow.Done, in{}, ""},
		{"script is not run", "SE_CoreJquery", in{"selector": "body", "method": "html"}, flow.Failure, nil,
			"Call jQuery Method is not run"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := step(t, tc.block, tc.in, event, flow.Host{})
			if diff := cmp.Diff(tc.result, s.Result); diff != "" || s.Port != tc.port {
				t.Errorf("left by %s (%s): %s", s.Port, s.Problem, diff)
			}
			if said := s.Problem + s.Warning; !strings.Contains(said, tc.says) || tc.says == "" && said != "" {
				t.Errorf("says %q, want %q", said, tc.says)
			}
		})
	}
}

func TestStringTemplateKeepsItsParts(t *testing.T) {
	event := flow.Event{
		Payload: map[string]any{"name": "O'Brien {{id}}", "n": 3.0, "text": "x {{id}}", "long": long},
		Contact: &flow.Contact{Attributes: map[string]string{"number": "$&"}},
	}
	lit := func(text string) flow.Part { return flow.Part{Value: text, Origin: flow.Literal} }
	for _, tc := range []struct {
		name     string
		template any
		vars     any
		text     string
		parts    flow.Template
		says     string
	}{
		{"words and values", "Name = '{{ name }}' LIMIT ${n}", in{"name": "$.payload.name", "n": "$.payload.n"},
			"Name = 'O'Brien {{id}}' LIMIT 3", flow.Template{
				lit("Name = '"), {Value: "O'Brien {{id}}", Origin: flow.FromPayload}, lit("' LIMIT "), {Value: 3.0,
					Origin: flow.FromPayload},
			}, ""},
		{"an attribute", "{{a}}", in{"a": "$.contact.attributes.number"}, "$&", flow.Template{{Value: "$&", Origin: flow.FromAttribute}},
			""},
		{"a literal variable", "{{a}}!", in{"a": "b"}, "b!", flow.Template{lit("b"), lit("!")}, ""},
		{"a caller's template", "$.payload.text", in{"id": "7"}, "x 7", flow.Template{{Value: "x ", Origin: flow.FromPayload}, lit("7")},
			""},
		{"variables of unknown origin", "{{name}}", "$.payload", "O'Brien {{id}}", flow.Template{{Value: "O'Brien {{id}}",
			Origin: flow.FromPayload}}, ""},
		{"a place without a variable", "a{{b}}c{{b}}", nil, "ac", flow.Template{lit("a"), lit("c")}, "the place of b,"},
		{"what is no place", "{ } {{}} $x ${ {{a;b}} {{", nil, "{ } {{}} $x ${ {{a;b}} {{",
			flow.Template{lit("{ } {{}} $x ${ {{a;b}} {{")}, ""},
		{"too many parts", strings.Repeat("-{{b}}", 10_000), in{"b": "x"}, "", nil, "larger than 256 kB"},
		{"too long", "{{a}}{{a}}{{a}}", in{"a": "$.payload.long"}, "", nil, "larger than 256 kB"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := step(t, "SE_CoreStringTemplate", in{"template": tc.template, "variables": tc.vars}, event, flow.Host{})
			if said := s.Problem + s.Warning; !strings.Contains(said, tc.says) || tc.says == "" && said != "" {
				t.Errorf("says %q", said)
			}
			if tc.parts == nil {
				return
			}
			if diff := cmp.Diff(any(in{"string": tc.text}), s.Result) + cmp.Diff(tc.parts, s.Made); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// query is a block that wants to know of what its input is made.
func query(got *flow.Template) flow.Block {
	return flow.Block{Type: "SE_Query", Inputs: []flow.Input{{Name: "q", Kind: flow.Any}}, Ports: []flow.Port{flow.Done},
		Place: flow.Anywhere, Repeatable: true,
		Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
			*got = c.In.Template("q")
			return flow.Outcome{Port: flow.Done}, nil
		}}
}

// TestPartsReachOtherBlocks: through blocks that make texts, also when the run was cut between them.
func TestPartsReachOtherBlocks(t *testing.T) {
	var got flow.Template
	text := func(q string) flow.Program {
		f, err := flow.Load(fmt.Appendf(nil, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"t"}},
			{"id":"t","type":"SE_CoreStringTemplate","controls":{"template":"Id = '{{id}}'",
				"variables":{"id":"$.payload.id"}},"ports":{"done":"j"}},
			{"id":"j","type":"SE_CoreJoinStrings","controls":{"value1":"WHERE ",
				"value2":"$.actions.t.results.string"},"ports":{"done":"q"}},
			{"id":"q","type":"SE_Query","controls":{"q":%q},"ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`, q),
			flow.NewBlocks(core.Blocks, []flow.Block{query(&got)}))
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	all := flow.Template{{Value: "WHERE ", Origin: flow.Literal}, {Value: "Id = '", Origin: flow.Literal},
		{Value: "7' OR Id != '", Origin: flow.FromPayload}, {Value: "'", Origin: flow.Literal}}
	for _, tc := range []struct {
		q    string
		want flow.Template
	}{
		{"$.actions.j.results.value", all},
		{"$.actions.t.results.string", all[1:]},
		{"$.payload.id", flow.Template{{Value: "7' OR Id != '", Origin: flow.FromPayload}}},
		{"$.contact.contactId", flow.Template{{Value: "c", Origin: flow.FromContact}}},
		{"$.agent.name", flow.Template{{Value: "Ada", Origin: flow.FromAgent}}},
		{"$.actions.j.success", flow.Template{{Value: true, Origin: flow.FromBlock}}},
		{"Id = 1", flow.Template{{Value: "Id = 1", Origin: flow.Literal}}},
		{"$.payload.none", nil},
	} {
		t.Run(tc.q, func(t *testing.T) {
			f := text(tc.q)
			job := flow.Job{Program: f, Now: time.Now, Event: flow.Event{
				Payload: in{"id": "7' OR Id != '"}, Contact: &flow.Contact{ID: "c"}, Agent: in{"name": "Ada"}}}
			first := flow.Run(t.Context(), job)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
			body, err := json.Marshal(first.Steps[:3])
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(body, &job.Past); err != nil {
				t.Fatal(err)
			}
			got = nil
			flow.Run(t.Context(), job)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("gone on with: %s", diff)
			}
		})
	}
}
