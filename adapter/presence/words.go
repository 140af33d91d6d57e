package presence

import (
	"slices"
	"strings"
)

// comparison is how people say a comparator, and the one that says the same with both ends exchanged.
var comparison = map[Comparator]struct {
	words   string
	mirrors Comparator
}{
	Equal:          {"is", Equal},
	NotEqual:       {"is not", NotEqual},
	Greater:        {"is more than", Less},
	GreaterOrEqual: {"is at least", LessOrEqual},
	Less:           {"is less than", Greater},
	LessOrEqual:    {"is at most", GreaterOrEqual},
}

// When is what a rule asks, in plain words: "Connect Agent New State is Lunch and Connect Agent Old State is not Busy".
func (r Rule) When() string {
	parts := make([]string, 0, len(r.Criteria))
	for _, c := range r.Criteria {
		parts = append(parts, c.words())
	}
	if r.Any {
		return strings.Join(parts, " or ")
	}
	return strings.Join(parts, " and ")
}

// words begins with what is looked at: a value of the rule's own stands behind.
func (c Criterion) words() string {
	said, known := comparison[c.Comparator]
	if known && c.A.Operand == Static && c.B.Operand != Static {
		c.A, c.B = c.B, c.A
		said = comparison[said.mirrors]
	}
	if !known {
		said.words = "(no comparator)"
	}
	return c.A.words() + " " + said.words + " " + c.B.words()
}

func (t Term) words() string {
	switch value := strings.TrimSpace(t.Value); {
	case t.Operand == Static && value == "":
		return "(no value)"
	case t.Operand == Static:
		return value
	case !slices.Contains(Operands, t.Operand):
		return "(no operand)"
	}
	return string(t.Operand)
}
