package lint

import (
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// graph is where ports lead, by the actions' places in the file.
type graph struct {
	at    map[flow.ActionID]int
	next  [][]edge
	back  [][]int
	start int
	// without remembers where a run comes without one action's results.
	without map[int][]bool
	// upstream remembers from where a run can come to an action.
	upstream map[int][]bool
}

type edge struct {
	to   int
	port flow.Port
}

// graphOf leaves out ways that leaves says so of; nil is none.
func graphOf(p flow.Program, leaves func(a *flow.Action, port flow.Port) bool) graph {
	g := graph{at: map[flow.ActionID]int{}, next: make([][]edge, len(p.Actions)), back: make([][]int, len(p.Actions)),
		without: map[int][]bool{}, upstream: map[int][]bool{}}
	for i, a := range p.Actions {
		g.at[a.ID] = i
	}
	for i := range p.Actions {
		a := &p.Actions[i]
		if a.Type == flow.End.Type {
			continue
		}
		for port, target := range a.Ports {
			if leaves != nil && leaves(a, port) {
				continue
			}
			g.next[i] = append(g.next[i], edge{g.at[target], port})
			g.back[g.at[target]] = append(g.back[g.at[target]], i)
		}
	}
	g.start = g.at[p.Start()]
	return g
}

// reach is where a run can come from some actions, themselves included, by the edges that are allowed.
func (g *graph) reach(from []int, allowed func(at int, e edge) bool) []bool {
	seen := make([]bool, len(g.next))
	for _, at := range from {
		seen[at] = true
	}
	for queue := from; len(queue) > 0; {
		at := queue[0]
		queue = queue[1:]
		for _, e := range g.next[at] {
			if !seen[e.to] && allowed(at, e) {
				seen[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return seen
}

func all(int, edge) bool { return true }

// before is from where a run can come to an action, by at least one step.
func (g *graph) before(at int) []bool {
	if seen, known := g.upstream[at]; known {
		return seen
	}
	seen := make([]bool, len(g.back))
	for queue := []int{at}; len(queue) > 0; {
		here := queue[0]
		queue = queue[1:]
		for _, from := range g.back[here] {
			if !seen[from] {
				seen[from] = true
				queue = append(queue, from)
			}
		}
	}
	g.upstream[at] = seen
	return seen
}

// resultless is where a run can come with no result of an action: past it, or by a port by which it leaves without one.
func (g *graph) resultless(of int) []bool {
	if seen, known := g.without[of]; known {
		return seen
	}
	var seen []bool
	if of == g.start {
		seen = make([]bool, len(g.next))
	} else {
		seen = g.reach([]int{g.start}, func(at int, e edge) bool {
			return at != of || e.port == flow.Failure || e.port == flow.Unknown || e.port == flow.Error
		})
	}
	g.without[of] = seen
	return seen
}

// ways looks at where the ports lead.
func (l *linter) ways() {
	reached := l.graph.reach([]int{l.graph.start}, all)
	ends := false
	for i := range l.program.Actions {
		a := &l.program.Actions[i]
		b := a.Block()
		last := b != nil && len(b.Ports) == 0
		ends = ends || reached[i] && last
		switch {
		case !reached[i]:
			l.find(flow.SeverityWarning, flow.CodeUnreachable, a, "")
		case last:
		case len(l.graph.next[i]) == 0:
			l.find(flow.SeverityWarning, flow.CodeDeadEnd, a, "")
		case b != nil && b.HasPort(flow.Failure) && a.Ports[flow.Failure] == "":
			l.find(flow.SeverityWarning, flow.CodeFailureUnwired, a, "")
		}
	}
	if !ends {
		l.find(flow.SeverityWarning, flow.CodeNoEnd, nil, "")
	}
	l.circles(reached)
}

// circles tells each circle once, at its first action in the file. A loop that goes round by each comes to an end.
func (l *linter) circles(reached []bool) {
	g := graphOf(l.program, func(a *flow.Action, port flow.Port) bool {
		b := a.Block()
		return b != nil && b.Loop && port == flow.Each
	})
	told := make([]bool, len(reached))
	for i := range l.program.Actions {
		if !reached[i] || told[i] {
			continue
		}
		before := g.before(i)
		if !before[i] {
			continue
		}
		after := g.reach([]int{i}, all)
		var others []string
		for j := range l.program.Actions {
			if before[j] && after[j] {
				told[j] = true
				others = append(others, string(l.program.Actions[j].ID))
			}
		}
		if more := len(others) - 8; more > 0 {
			others = append(others[:8], "and "+strconv.Itoa(more)+" more")
		}
		l.find(flow.SeverityWarning, flow.CodeCircle, &l.program.Actions[i], "", "others", strings.Join(others, ", "),
			"most", strconv.Itoa(flow.MaxSteps))
	}
}
