package ways

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/adapter/flow"
)

// MaxItems is how many items a list may have that ForEach goes through.
const MaxItems = 100

// ForEach goes round for each item of a list: what is behind its port each leads back to it.
var ForEach = flow.Block{
	Type: "SE_PatchcordForEach", Label: "For Each", Category: "Core",
	Help: "Goes by each for every item of a list, one after another; what comes then leads back here. By done when there is none left.",
	Inputs: []flow.Input{
		{Name: "list", Label: "List", Kind: flow.Any, Help: "At most 100 items. A single value counts as a list of one, unset as none."},
	},
	Ports: []flow.Port{flow.Each, flow.Done}, Result: "item, index from 0, count; at the end count alone", Place: flow.Anywhere,
	Repeatable: true, Loop: true, Ours: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		var items []any
		switch list := c.In.Get("list").(type) {
		case nil:
		case []any:
			items = list
		default:
			items = []any{list}
		}
		if len(items) > MaxItems {
			return flow.Outcome{}, &flow.Refused{Reason: fmt.Sprintf("the list has %d items, more than %d", len(items), MaxItems)}
		}
		count := float64(len(items))
		if c.Round >= len(items) {
			return flow.Outcome{Port: flow.Done, Result: map[string]any{"count": count}}, nil
		}
		result := map[string]any{"item": items[c.Round], "index": float64(c.Round), "count": count}
		return flow.Outcome{Port: flow.Each, Result: result}, nil
	},
}
