package records

import (
	"context"
	"slices"
	"strings"
)

// A longer term finds nothing; in one longer than an expression operators are not looked at. Source: SOSL reference,
// FIND {SearchQuery}.
const (
	longestTerm       = 10_000
	longestExpression = 4_000
)

// find looks in the fields of a search group. In groups with telephone numbers each operand of the term is looked up by
// itself: one that looks like a number by its digits, another by its words. Source: SOSL reference, FIND {SearchQuery};
// SOQL and SOSL reference.
func (a *Access) find(ctx context.Context, group, term, object string) ([]Found, error) {
	switch {
	case len(term) > longestTerm:
		return nil, nil
	case len(term) > longestExpression:
		return a.FindWords(ctx, term, []string{object}, group == "NAME", maxFound)
	}
	if group != "PHONE" && group != "ALL" && group != "SIDEBAR" || !strings.ContainsAny(term, "0123456789") {
		return a.FindWords(ctx, term, []string{object}, group == "NAME", maxFound)
	}
	if parts := operands(term, "OR"); len(parts) > 1 {
		return a.findAny(ctx, group, parts, object)
	}
	if parts := operands(term, "AND"); len(parts) > 1 {
		return a.findAll(ctx, group, parts, object)
	}
	if inner, ok := inParentheses(term); ok && !looksLikeNumber(term) {
		return a.find(ctx, group, inner, object)
	}
	var found []Found
	if looksLikeNumber(term) {
		var err error
		if found, err = a.FindPhone(ctx, term, []string{object}, maxFound); err != nil || group == "PHONE" {
			return found, err
		}
	}
	words, err := a.FindWords(ctx, term, []string{object}, false, maxFound)
	return union(found, words), err
}

// findAny finds what one of the operands finds.
func (a *Access) findAny(ctx context.Context, group string, parts []string, object string) ([]Found, error) {
	var found []Found
	for _, part := range parts {
		more, err := a.find(ctx, group, part, object)
		if err != nil {
			return nil, err
		}
		found = union(found, more)
		found = found[:min(len(found), maxFound)]
	}
	return found, nil
}

// findAll finds what all of the operands find, without what those behind NOT find.
func (a *Access) findAll(ctx context.Context, group string, parts []string, object string) ([]Found, error) {
	var found []Found
	for i, part := range parts {
		not := len(part) > len("NOT ") && strings.EqualFold(part[:len("NOT ")], "NOT ")
		if not {
			part = part[len("NOT "):]
		}
		here, err := a.find(ctx, group, part, object)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			found = here
			continue
		}
		known := setOf(here)
		found = slices.DeleteFunc(found, func(f Found) bool { return known[f] == not })
	}
	return found, nil
}

// union is both, each record once, the first ones first.
func union(found, more []Found) []Found {
	known := setOf(found)
	for _, f := range more {
		if !known[f] {
			known[f] = true
			found = append(found, f)
		}
	}
	return found
}

func setOf(found []Found) map[Found]bool {
	known := make(map[Found]bool, len(found))
	for _, f := range found {
		known[f] = true
	}
	return known
}

// FindWholePhone finds records whose stored number has all of the digits of one of these and no more, formatting
// ignored.
func (a *Access) FindWholePhone(ctx context.Context, numbers, objects []string, limit int) ([]Found, error) {
	var args []any
	for _, n := range numbers {
		if digits := digitsOf(n); len(digits) >= minPhone {
			args = append(args, reversed(digits))
		}
	}
	if len(args) == 0 {
		return nil, nil
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(args)), ", ")
	query := `SELECT DISTINCT object, id FROM phone WHERE rev IN (` + marks + `) LIMIT ?`
	rows, err := a.DB().QueryContext(ctx, query, append(args, maxFound)...)
	if err != nil {
		return nil, err
	}
	return a.collect(ctx, rows, objects, limit)
}

// looksLikeNumber says whether a term is a telephone number as people write it.
func looksLikeNumber(term string) bool {
	plain := strings.Trim(strings.ReplaceAll(term, `\`, ""), `" `)
	return plain != "" && strings.Trim(plain, "0123456789 ()-.+/") == ""
}

// operands cuts a term at an operator that stands outside phrases and parentheses, as a word of its own.
func operands(term, operator string) []string {
	var parts []string
	depth, quoted, from := 0, false, 0
	for i := 0; i < len(term); i++ {
		switch c := term[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0 && isOperator(term, i, operator):
			parts = append(parts, strings.TrimSpace(term[from:i]))
			i += len(operator) - 1
			from = i + 1
		}
	}
	parts = append(parts, strings.TrimSpace(term[from:]))
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

func isOperator(term string, at int, operator string) bool {
	end := at + len(operator)
	if end > len(term) || !strings.EqualFold(term[at:end], operator) {
		return false
	}
	begins := at == 0 || strings.ContainsRune(` )"`, rune(term[at-1]))
	ends := end == len(term) || strings.ContainsRune(` ("`, rune(term[end]))
	return begins && ends
}

// inParentheses is what stands in a pair of parentheses around all of a term.
func inParentheses(term string) (inner string, ok bool) {
	term = strings.TrimSpace(term)
	if !strings.HasPrefix(term, "(") || !strings.HasSuffix(term, ")") {
		return "", false
	}
	depth, quoted := 0, false
	for i := 0; i < len(term); i++ {
		switch c := term[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 && i < len(term)-1 {
				return "", false
			}
		}
	}
	return term[1 : len(term)-1], depth == 0
}
