package core

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
)

// JoinStrings writes two values one after the other; false is a text, what is unset is empty.
var JoinStrings = flow.Block{
	Type: "SE_CoreJoinStrings", Label: "Join Strings", Category: "Core", Help: "Writes two values one after the other.",
	Inputs: []flow.Input{
		{Name: "value1", Label: "Value 1", Kind: flow.Any, Help: "The first."},
		{Name: "value2", Label: "Value 2", Kind: flow.Any, Help: "The second."},
		{Name: "separator", Label: "Separator", Kind: flow.Any, Help: "Stands between them; nothing if unset."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		made := slices.Concat(c.In.Template("value1"), c.In.Template("separator"), c.In.Template("value2"))
		out, err := value(made.String())
		out.Made = made
		return out, err
	},
}
