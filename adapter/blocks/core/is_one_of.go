package core

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// IsOneOf looks for a value in a list by its exact text. What is unset is none of them.
var IsOneOf = flow.Block{
	Type: "SE_CoreIsOneOf", Label: "Is One Of?", Category: "Core", Help: "Asks whether a value is in a list; capitals count.",
	Inputs: []flow.Input{
		{Name: "value", Label: "Value", Kind: flow.Any, Help: "What to look for."},
		{Name: "values", Label: "Values", Kind: flow.Any, Help: "The list; a single value counts as a list of one."},
	},
	Ports: []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		value := c.In.Get("value")
		if value == nil {
			return decided(false)
		}
		text := js.Text(value)
		return decided(anyText(c.In.Get("values"), func(one string) bool { return one == text }))
	},
}

// anyText says whether one of several values, or a single one, is so. What is unset is not looked at.
func anyText(values any, is func(string) bool) bool {
	all, several := values.([]any)
	if !several {
		all = []any{values}
	}
	for _, one := range all {
		if one != nil && is(js.Text(one)) {
			return true
		}
	}
	return false
}
