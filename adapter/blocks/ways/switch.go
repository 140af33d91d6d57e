package ways

import (
	"context"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Else is the port by which Switch leaves if no case fits.
const Else flow.Port = "else"

// Switch leaves by the port whose case is the value, as text. Of several that are, the first by name counts.
var Switch = flow.Block{
	Type: "SE_PatchcordSwitch", Label: "Switch", Category: "Core",
	Help: "Goes on by the port whose case is the value; by else if none is.",
	Inputs: []flow.Input{
		{Name: "value", Label: "Value", Kind: flow.Any, Help: "What is compared, as text; capitals count."},
		{Name: "cases", Label: "Cases", Kind: flow.Map, Required: true, Help: "Names of ports, and for each the value that leads there."},
	},
	Ports: []flow.Port{Else}, PortsFrom: "cases", Result: "port", Place: flow.Anywhere, Repeatable: true, Ours: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		value, port := c.In.Text("value"), Else
		cases := c.In.TextMap("cases")
		for _, name := range slices.Sorted(maps.Keys(cases)) {
			if cases[name] == value {
				port = flow.Port(name)
				break
			}
		}
		return flow.Outcome{Port: port, Result: map[string]any{"port": string(port)}}, nil
	},
}
