package screenflow

import (
	"strconv"
	"strings"
)

// condition compares two values.
type condition struct {
	left, operator string
	right          operand
}

// logic is how conditions go together: and, or, or numbers such as 1 AND (2 OR 3).
type logic struct {
	word       string
	conditions []condition
}

func (l logic) references() []reference {
	var all []reference
	for _, c := range l.conditions {
		all = append(all, reference{path: c.left, condition: true})
		for _, r := range c.right.references() {
			r.condition = true
			all = append(all, r)
		}
	}
	return all
}

// words is the logic as a person reads it.
func (l logic) words() string {
	parts := make([]string, 0, len(l.conditions))
	for _, c := range l.conditions {
		parts = append(parts, "{!"+c.left+"} "+spaced(c.operator)+" "+c.right.words())
	}
	switch l.word {
	case "and", "or":
		return strings.Join(parts, " "+l.word+" ")
	}
	return l.word + " of " + strings.Join(parts, ", ")
}

// spaced cuts an operator's name into words: EqualTo is equal to.
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func (t *turn) holds(l logic) (bool, error) {
	results := make([]bool, len(l.conditions))
	for i, c := range l.conditions {
		yes, err := t.compare(c)
		if err != nil {
			return false, err
		}
		results[i] = yes
	}
	return evaluate(l.word, results)
}

func (t *turn) compare(c condition) (bool, error) {
	right, err := t.of(c.right)
	if err != nil {
		return false, err
	}
	switch c.operator {
	case "WasVisited":
		return t.i.visited[c.left] == right.Flag, nil
	case "WasSet":
		_, set := t.i.values[strings.SplitN(c.left, ".", 2)[0]]
		return set == right.Flag, nil
	}
	left, err := t.get(c.left)
	if err != nil {
		return false, err
	}
	order, comparable := compare(left, right)
	switch c.operator {
	case "EqualTo":
		return equal(left, right), nil
	case "NotEqualTo":
		return !equal(left, right), nil
	case "GreaterThan":
		return comparable && order > 0, nil
	case "GreaterThanOrEqualTo":
		return comparable && order >= 0, nil
	case "LessThan":
		return comparable && order < 0, nil
	case "LessThanOrEqualTo":
		return comparable && order <= 0, nil
	case "Contains":
		return strings.Contains(left.String(), right.String()), nil
	case "StartsWith":
		return strings.HasPrefix(left.String(), right.String()), nil
	case "EndsWith":
		return strings.HasSuffix(left.String(), right.String()), nil
	case "IsNull":
		return (left.Kind == Null) == right.Flag, nil
	case "IsBlank", "IsEmpty":
		return left.empty() == right.Flag, nil
	}
	return false, faultf("The operator %s isn't supported in this org.", c.operator)
}

// evaluate puts results together.
func evaluate(word string, results []bool) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "", "and":
		for _, r := range results {
			if !r {
				return false, nil
			}
		}
		return true, nil
	case "or":
		for _, r := range results {
			if r {
				return true, nil
			}
		}
		return false, nil
	}
	p := &logicParser{words: tokens(word), results: results}
	yes, ok := p.or(0)
	if !ok || p.at != len(p.words) {
		return false, faultf("The condition logic %q is invalid.", word)
	}
	return yes, nil
}

// validLogic says whether custom logic can be read and names conditions that exist.
func validLogic(word string, conditions int) bool {
	_, err := evaluate(word, make([]bool, conditions))
	return err == nil
}

func tokens(word string) []string {
	return strings.Fields(strings.NewReplacer("(", " ( ", ")", " ) ").Replace(word))
}

// logicParser reads numbers, AND, OR, NOT and parentheses; AND binds closer, as on the platform.
type logicParser struct {
	words   []string
	results []bool
	at      int
}

func (p *logicParser) take(word string) bool {
	if p.at < len(p.words) && strings.EqualFold(p.words[p.at], word) {
		p.at++
		return true
	}
	return false
}

func (p *logicParser) or(depth int) (bool, bool) {
	yes, ok := p.and(depth)
	for ok && p.take("OR") {
		var next bool
		next, ok = p.and(depth)
		yes = yes || next
	}
	return yes, ok
}

func (p *logicParser) and(depth int) (bool, bool) {
	yes, ok := p.one(depth)
	for ok && p.take("AND") {
		var next bool
		next, ok = p.one(depth)
		yes = yes && next
	}
	return yes, ok
}

const deepestLogic = 50

func (p *logicParser) one(depth int) (bool, bool) {
	switch {
	case depth > deepestLogic || p.at >= len(p.words):
		return false, false
	case p.take("NOT"):
		yes, ok := p.one(depth + 1)
		return !yes, ok
	case p.take("("):
		yes, ok := p.or(depth + 1)
		return yes, ok && p.take(")")
	}
	n, err := strconv.Atoi(p.words[p.at])
	p.at++
	if err != nil || n < 1 || n > len(p.results) {
		return false, false
	}
	return p.results[n-1], true
}
