package presence

import (
	"fmt"
	"slices"
	"strings"
)

// Step is one status on a way that rules take.
type Step struct {
	Side  Side   `json:"side"`
	Value string `json:"value"`
	Rule  string `json:"rule,omitempty"` // that led here; "" for where somebody began
}

// Path is a way that rules take from a change to a change.
type Path []Step

// String is the way in words.
func (p Path) String() string {
	parts := make([]string, 0, len(p))
	for _, s := range p {
		part := fmt.Sprintf("%s %s", s.Side.Name(), s.Value)
		if s.Rule != "" {
			part = fmt.Sprintf("(%s) %s", s.Rule, part)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " → ")
}

// Findings are what rules would do to each other if nothing held them back.
type Findings struct {
	Loops []Path `json:"loops"` // ways that come back to where they were
	// Undone are ways at whose end the side that somebody changed is another than what they chose.
	Undone []Path `json:"undone"`
}

// maxPath is longer than any way that does not turn in circles.
const maxPath = 64

// Follow looks for rules that lead in circles, or take back what somebody chose. It begins with each status that rules name, and follows
// what the rules say as if no change was known to be ours.
func Follow(rules []Rule) Findings {
	var found Findings
	seen := map[string]bool{}
	for _, side := range []Side{Centre, Org} {
		for _, value := range named(rules, side) {
			path, circles := follow(rules, side, value)
			switch name := loopName(path, circles); {
			case circles && !seen[name]:
				seen[name] = true
				found.Loops = append(found.Loops, path)
			case circles:
			case takesBack(path):
				found.Undone = append(found.Undone, path)
			}
		}
	}
	return found
}

// named are the statuses of a side that rules speak of, in order.
func named(rules []Rule, side Side) (values []string) {
	of := map[Operand]Side{CentreNew: Centre, CentreOld: Centre, OrgNew: Org}
	add := func(a, b Term) {
		if of[a.Operand] == side && b.Operand == Static {
			values = append(values, strings.TrimSpace(b.Value))
		}
	}
	for _, r := range rules {
		if r.Destination == side {
			values = append(values, r.Value)
		}
		for _, c := range r.Criteria {
			add(c.A, c.B)
			add(c.B, c.A)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// follow takes the way from a change on. circles says that it comes to a change and a standing where it was before.
func follow(rules []Rule, side Side, value string) (path Path, circles bool) {
	type at struct {
		side        Side
		centre, org string
	}
	path = Path{{Side: side, Value: value}}
	var now Standing
	been := map[at]bool{}
	next := Want{Side: side, Value: value}
	for range maxPath {
		was := now
		if next.Side == Centre {
			now.CentreWas, now.Centre = was.Centre, next.Value
		} else {
			now.Org = next.Value
		}
		here := at{next.Side, now.Centre, now.Org}
		if been[here] {
			from := slices.IndexFunc(path, func(s Step) bool { return s.Side == next.Side && s.Value == next.Value })
			path = slices.Clone(path[from:])
			path[0].Rule = ""
			return path, true
		}
		been[here] = true
		step, ok := change(Decide(rules, sourceOf(Change{Side: next.Side, Value: next.Value}), now), now)
		if !ok {
			return path, false
		}
		path = append(path, Step(step))
		next = step
	}
	return path, true
}

// change is the first of what is wanted that is not so already.
func change(wants []Want, now Standing) (Want, bool) {
	for _, w := range wants {
		if w.Side == Centre && w.Value != now.Centre || w.Side == Org && w.Value != now.Org {
			return w, true
		}
	}
	return Want{}, false
}

// takesBack says that a way ends with its first side at another status than it began with.
func takesBack(path Path) bool {
	last := path[0]
	for _, s := range path {
		if s.Side == path[0].Side {
			last = s
		}
	}
	return last.Value != path[0].Value
}

// loopName is the same for a circle wherever it is entered.
func loopName(path Path, circles bool) string {
	if !circles {
		return ""
	}
	var rules []string
	for _, s := range path[1:] {
		rules = append(rules, s.Rule)
	}
	slices.Sort(rules)
	return strings.Join(slices.Compact(rules), "\x00")
}
