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
	says := remembered(rules)
	for _, side := range []Side{Centre, Org} {
		for _, value := range Named(rules, side) {
			path, circles := follow(says, side, value)
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

// Named are the statuses of a side that rules speak of, in order.
func Named(rules []Rule, side Side) []string {
	values := Asked(rules, side)
	for _, r := range rules {
		if r.Destination == side {
			values = append(values, r.Value)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// Asked are the statuses of a side that rules ask about, in order.
func Asked(rules []Rule, side Side) (values []string) {
	of := map[Operand]Side{CentreNew: Centre, CentreOld: Centre, OrgNew: Org}
	add := func(a, b Term) {
		if of[a.Operand] == side && b.Operand == Static {
			values = append(values, strings.TrimSpace(b.Value))
		}
	}
	for _, r := range rules {
		for _, c := range r.Criteria {
			add(c.A, c.B)
			add(c.B, c.A)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// saying is what rules say of an event.
type saying func(Source, Standing) []Want

// remembered asks rules once for each standing: the ways of hundreds of rules mostly go where others went.
func remembered(rules []Rule) saying {
	type at struct {
		event Source
		now   Standing
	}
	known := map[at][]Want{}
	return func(e Source, now Standing) []Want {
		wants, ok := known[at{e, now}]
		if !ok {
			wants = Decide(rules, e, now)
			known[at{e, now}] = wants
		}
		return wants
	}
}

// follow takes the way from a change on. circles says that it comes to a change and a standing where it was before: then it is the circle.
func follow(says saying, side Side, value string) (path Path, circles bool) {
	path, back := says.way(sourceOf(Change{Side: side, Value: value}), Standing{}.after(Want{Side: side, Value: value}))
	if back < 0 {
		return path, false
	}
	path = slices.Clone(path[back:])
	path[0].Rule = ""
	return path, true
}

// Way is what would come of an event if each change was followed, as if none was known to be ours. Its first step is the side that the
// event is of. back is the step to whose change and standing the last one comes back, in a circle; -1 if it ends.
func Way(rules []Rule, e Source, now Standing) (path Path, back int) {
	return saying(func(e Source, now Standing) []Want { return Decide(rules, e, now) }).way(e, now)
}

func (says saying) way(e Source, now Standing) (path Path, back int) {
	type at struct {
		side        Side
		centre, org string
	}
	here := Step{Side: Org, Value: now.Org}
	if e == CentreChanged {
		here = Step{Side: Centre, Value: now.Centre}
	}
	path = Path{here}
	been := map[at]int{}
	isChange := e != WorkAccepted && e != WorkloadChanged
	for n := range maxPath {
		if isChange {
			standing := at{path[n].Side, now.Centre, now.Org}
			if from, again := been[standing]; again {
				return path, from
			}
			been[standing] = n
		}
		next, ok := change(says(e, now), now)
		if !ok {
			return path, -1
		}
		path, now = append(path, Step(next)), now.after(next)
		e, isChange = sourceOf(Change{Side: next.Side, Value: next.Value}), true
		now.Channel = "" // of the work that was accepted alone
	}
	return path, 0
}

// after is how an agent stands once a side has become what is wanted.
func (s Standing) after(w Want) Standing {
	if w.Side == Centre {
		s.CentreWas, s.Centre = s.Centre, w.Value
	} else {
		s.Org = w.Value
	}
	return s
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
