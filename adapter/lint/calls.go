package lint

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// calls looks at which flow a block calls.
func (l *linter) calls(a *flow.Action, b *flow.Block) {
	if b.Calls == "" {
		return
	}
	if text, ok := a.Controls[b.Calls].Plain().(string); ok && flow.IsExpression(text) {
		l.find(flow.SeverityError, flow.CodeCallPath, a, b.Calls, "path", text)
		return
	}
	name := a.Calls()
	if name == "" {
		return // that it is required is said elsewhere
	}
	if round := l.round(name); round != nil {
		l.find(flow.SeverityError, flow.CodeCallCircle, a, b.Calls, "others", strings.Join(round, " → "))
		return
	}
	if _, known := l.about.Flows[name]; !known && l.about.Flows != nil && !isID(name) {
		l.find(flow.SeverityHint, flow.CodeCallUnknown, a, b.Calls, "name", name,
			"suggestion", flow.Nearest(name, flow.SortedKeys(l.about.Flows)))
	}
}

// round is a way by which a flow that is called calls this one again; nil if there is none.
func (l *linter) round(name string) []string {
	self := l.program.Name
	if self == "" {
		return nil
	}
	from := map[string]string{name: ""}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == self {
			var way []string
			for ; at != ""; at = from[at] {
				way = append(way, at)
			}
			slices.Reverse(way)
			return way
		}
		for _, next := range l.about.Flows[at] {
			if _, seen := from[next]; !seen {
				from[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// isID says whether a text can be the id of a record: 15 or 18 letters and digits.
func isID(text string) bool {
	return (len(text) == 15 || len(text) == 18) && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// loop looks whether what is behind a loop's port each leads back to it.
func (l *linter) loop(a *flow.Action, b *flow.Block) {
	if !b.Loop {
		return
	}
	next, wired := a.Ports[flow.Each]
	if !wired || !l.graph.reach([]int{l.graph.at[next]}, all)[l.graph.at[a.ID]] {
		l.findings = append(l.findings, flow.Finding{Severity: flow.SeverityWarning, Code: flow.CodeLoopOnce, Action: a.ID, Port: flow.Each,
			Args: flow.Args("label", b.Label)})
	}
}
