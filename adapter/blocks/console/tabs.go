package console

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/wire"
)

// openTab opens a tab, under another one if that is named, and gives its id.
func openTab(ctx context.Context, c flow.Call, parent string) (any, error) {
	url := c.In.Text("url")
	if !withinOrg(url) {
		return nil, errOutside
	}
	args := map[string]any{"url": url, "active": c.In.Bool("active"), "label": c.In.Text("label")}
	if parent != "" {
		args["parent"] = parent
	}
	return c.Ask(ctx, "openTab", args)
}

// consoleTabs are the primary tabs of the console, in their order.
func consoleTabs(ctx context.Context, c flow.Call) (tabs []wire.ConsoleTab, err error) {
	answer, err := c.Ask(ctx, "tabs", nil)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(answer)
	if err == nil {
		err = json.Unmarshal(body, &tabs)
	}
	if err != nil {
		return nil, &flow.Refused{Reason: "what the softphone page answered is no list of tabs"}
	}
	return tabs, nil
}

// inFront is the tab that the person looks at; none is an empty one.
func inFront(tabs []wire.ConsoleTab) wire.ConsoleTab {
	if i := slices.IndexFunc(tabs, func(t wire.ConsoleTab) bool { return t.Focused }); i >= 0 {
		return tabs[i]
	}
	return wire.ConsoleTab{}
}

func idsOf(tabs []wire.ConsoleTab) []any {
	ids := make([]any, 0, len(tabs))
	for _, t := range tabs {
		ids = append(ids, t.ID)
	}
	return ids
}
