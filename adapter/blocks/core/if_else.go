package core

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// IfElse compares two values: as numbers where both are numbers or texts of such, else as texts. What is unset is the same as empty text,
// neither more nor less than anything, and in nothing.
var IfElse = flow.Block{
	Type: "SE_CoreIfElse", Label: "If-else", Category: "Core",
	Help: "Compares two values: as numbers if both are, else as texts, in which capitals count.",
	Inputs: []flow.Input{
		{Name: "a", Label: "Value A", Kind: flow.Any, Help: "What to look at."},
		{Name: "comparator", Label: "Comparator", Required: true,
			Help: "eq, ne, gt, ge, lt, le, contains, startsWith or endsWith."},
		{Name: "b", Label: "Value B", Kind: flow.Any, Help: "What to compare it with."},
	},
	Ports: []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		name := c.In.Text("comparator")
		compare, known := comparators[name]
		if !known {
			return flow.Outcome{}, &flow.Refused{Reason: "there is no comparator " + name +
				": use eq, ne, gt, ge, lt, le, contains, startsWith or endsWith"}
		}
		return decided(compare(c.In.Get("a"), c.In.Get("b")))
	},
}

var comparators = map[string]func(a, b any) bool{
	"eq":         js.Equal,
	"ne":         func(a, b any) bool { return !js.Equal(a, b) },
	"gt":         func(a, b any) bool { return js.Less(b, a) },
	"ge":         func(a, b any) bool { return js.Less(b, a) || both(a, b) && js.Equal(a, b) },
	"lt":         js.Less,
	"le":         func(a, b any) bool { return js.Less(a, b) || both(a, b) && js.Equal(a, b) },
	"contains":   contains,
	"startsWith": func(a, b any) bool { return both(a, b) && strings.HasPrefix(js.Text(a), js.Text(b)) },
	"endsWith":   func(a, b any) bool { return both(a, b) && strings.HasSuffix(js.Text(a), js.Text(b)) },
}

func both(a, b any) bool { return a != nil && b != nil }

// contains looks for a text in a text, or for an element in a list.
func contains(a, b any) bool {
	if all, ok := a.([]any); ok {
		return b != nil && slices.ContainsFunc(all, func(one any) bool { return one != nil && js.Text(one) == js.Text(b) })
	}
	return both(a, b) && strings.Contains(js.Text(a), js.Text(b))
}
