package core

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// EndsWith asks whether a text ends with one of several values.
var EndsWith = flow.Block{
	Type: "SE_CoreEndsWith", Label: "Text Ends With Value", Category: "Core",
	Help:   "Asks whether a text ends with one of several values; capitals count.",
	Inputs: affixInputs, Ports: []flow.Port{flow.True, flow.False}, Result: "true or false", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) { return affixed(c, strings.HasSuffix) },
}
