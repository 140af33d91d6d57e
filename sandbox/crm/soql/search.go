package soql

import (
	"fmt"
	"slices"
	"strings"
)

// groups are the search groups. Source: SOSL reference, IN SearchGroup.
var groups = []string{"ALL", "NAME", "EMAIL", "PHONE", "SIDEBAR"}

// ParseSearch reads a SOSL search; *SyntaxError if it is none.
func ParseSearch(text string) (*Search, error) {
	rest := strings.TrimLeft(text, " \t\r\n")
	if len(rest) < 4 || !strings.EqualFold(rest[:4], "FIND") {
		return nil, &SyntaxError{text, 0, "unexpected token: '" + firstWord(rest) + "'"}
	}
	term, end, err := searchTerm(text, len(text)-len(rest)+4)
	if err != nil {
		return nil, err
	}
	tokens, err := lex(text[end:])
	if err != nil {
		return nil, err
	}
	p := &parser{text: text[end:], tokens: tokens}
	s := &Search{Term: term, Group: "ALL"}
	if p.word("IN") {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		if s.Group = strings.ToUpper(name); !slices.Contains(groups, s.Group) {
			return nil, &SyntaxError{text, end, fmt.Sprintf("unexpected token: '%s'", name)}
		}
		if err := p.need(p.word("FIELDS")); err != nil {
			return nil, err
		}
	}
	if p.word("RETURNING") {
		for {
			r, err := p.returning()
			if err != nil {
				return nil, err
			}
			s.Returning = append(s.Returning, r)
			if !p.punct(",") {
				break
			}
		}
	}
	if p.word("LIMIT") {
		if s.Limit, err = p.count(); err != nil {
			return nil, err
		}
	}
	return s, p.need(p.peek().kind == tokEnd)
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word[:min(len(word), 40)]
}

// searchTerm reads {…}; a backslash escapes what follows it.
func searchTerm(text string, from int) (term string, end int, err error) {
	start := from + len(text[from:]) - len(strings.TrimLeft(text[from:], " \t\r\n"))
	if start >= len(text) || text[start] != '{' {
		return "", 0, &SyntaxError{text, start, "No search term found. The search term must be enclosed in braces."}
	}
	if len(text) > MaxLength {
		return "", 0, &SyntaxError{Message: "search string is too long"}
	}
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '}':
			return text[start+1 : i], i + 1, nil
		}
	}
	return "", 0, &SyntaxError{text, start, "No search term found. The search term must be enclosed in braces."}
}

func (p *parser) returning() (Returning, error) {
	name, err := p.name()
	r := Returning{Object: name}
	if err != nil || !p.punct("(") {
		return r, err
	}
	for {
		path, err := p.path()
		if err != nil {
			return r, err
		}
		r.Fields = append(r.Fields, strings.Join(path, "."))
		if !p.punct(",") {
			break
		}
	}
	if p.word("WHERE") {
		if r.Where, err = p.cond(); err != nil {
			return r, err
		}
	}
	if r.OrderBy, err = p.orderBy(); err != nil {
		return r, err
	}
	if p.word("LIMIT") {
		if r.Limit, err = p.count(); err != nil {
			return r, err
		}
	}
	if p.word("OFFSET") {
		if r.Offset, err = p.count(); err != nil {
			return r, err
		}
	}
	return r, p.need(p.punct(")"))
}
