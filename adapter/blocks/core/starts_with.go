package core

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// StartsWith asks whether a text starts with one of several values.
var StartsWith = flow.Block{
	Type: "SE_CoreStartsWith", Label: "Text Starts With Value", Category: "Core",
	Help:   "Asks whether a text starts with one of several values; capitals count.",
	Inputs: affixInputs, Ports: []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) { return affixed(c, strings.HasPrefix) },
}

var affixInputs = []flow.Input{
	{Name: "text", Label: "Text", Kind: flow.Any, Help: "What to look at."},
	{Name: "values", Label: "Values", Kind: flow.Any, Help: "One value, or a list of them."},
}

func affixed(c flow.Call, has func(text, part string) bool) (flow.Outcome, error) {
	if c.In.Get("text") == nil {
		return decided(false)
	}
	text := js.Text(c.In.Get("text"))
	return decided(anyText(c.In.Get("values"), func(one string) bool { return has(text, one) }))
}
