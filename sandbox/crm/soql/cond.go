package soql

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// cond reads conditions; AND and OR may not be mixed without parentheses.
func (p *parser) cond() (Cond, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, &SyntaxError{p.text, p.peek().pos, "query is nested too deeply"}
	}
	defer func() { p.depth-- }()
	first, err := p.term()
	if err != nil {
		return nil, err
	}
	parts := []Cond{first}
	joiner := ""
	for {
		word := ""
		switch {
		case p.word("AND"):
			word = "AND"
		case p.word("OR"):
			word = "OR"
		}
		if word == "" {
			break
		}
		if joiner != "" && word != joiner {
			p.at--
			return nil, p.unexpected()
		}
		joiner = word
		part, err := p.term()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	switch joiner {
	case "AND":
		return And{parts}, nil
	case "OR":
		return Or{parts}, nil
	}
	return first, nil
}

func (p *parser) term() (Cond, error) {
	if p.word("NOT") {
		if p.depth++; p.depth > maxDepth {
			return nil, &SyntaxError{p.text, p.peek().pos, "query is nested too deeply"}
		}
		defer func() { p.depth-- }()
		inner, err := p.term()
		return Not{inner}, err
	}
	if p.punct("(") {
		inner, err := p.cond()
		if err != nil {
			return nil, err
		}
		return inner, p.need(p.punct(")"))
	}
	e, err := p.expr()
	if err != nil {
		return nil, err
	}
	return p.comparison(e)
}

func (p *parser) comparison(e Expr) (Cond, error) {
	t := p.peek()
	if t.kind == tokPunct && strings.Contains(" = != <> < <= > >= ", " "+t.text+" ") {
		p.next()
		op := t.text
		if op == "<>" {
			op = "!="
		}
		v, err := p.value()
		return Compare{e, op, v}, err
	}
	if p.word("LIKE") {
		v, err := p.value()
		if err == nil && v.Kind != String {
			err = &SyntaxError{p.text, t.pos, "invalid operator"}
		}
		return Compare{e, "LIKE", v}, err
	}
	in := In{Expr: e}
	switch {
	case p.word("IN"):
		in.Op = "IN"
	case p.word("NOT", "IN"):
		in.Op = "NOT IN"
	case p.word("INCLUDES"):
		in.Op = "INCLUDES"
	case p.word("EXCLUDES"):
		in.Op = "EXCLUDES"
	default:
		return nil, p.unexpected()
	}
	if err := p.need(p.punct("(")); err != nil {
		return nil, err
	}
	if w := p.peek(); w.kind == tokWord && strings.EqualFold(w.text, "SELECT") {
		sub, err := p.query()
		if err != nil {
			return nil, err
		}
		in.Sub = sub
		return in, p.need(p.punct(")"))
	}
	for {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		in.Values = append(in.Values, v)
		if !p.punct(",") {
			return in, p.need(p.punct(")"))
		}
	}
}

var (
	dateForm     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	dateTimeForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:?\d{2})$`)
	numberForm   = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`)
	literalForm  = regexp.MustCompile(`^(YESTERDAY|TODAY|TOMORROW|(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)|(LAST|NEXT)_90_DAYS)$`)
	literalNForm = regexp.MustCompile(`^((LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)|N_(DAYS|WEEKS|MONTHS|YEARS)_AGO)$`)
)

func (p *parser) value() (Value, error) {
	t := p.next()
	switch t.kind {
	case tokString:
		return Value{Kind: String, Text: t.text}, nil
	case tokNumber:
		switch {
		case dateForm.MatchString(t.text):
			return Value{Kind: Date, Text: t.text}, nil
		case dateTimeForm.MatchString(t.text):
			return Value{Kind: DateTime, Text: t.text}, nil
		case numberForm.MatchString(t.text):
			return Value{Kind: Number, Text: t.text}, nil
		}
	case tokWord:
		upper := strings.ToUpper(t.text)
		switch {
		case upper == "NULL":
			return Value{Kind: Null}, nil
		case upper == "TRUE" || upper == "FALSE":
			return Value{Kind: Bool, Text: strings.ToLower(upper)}, nil
		case literalForm.MatchString(upper):
			return Value{Kind: DateLiteral, Text: upper}, nil
		case literalNForm.MatchString(upper):
			if err := p.need(p.punct(":")); err != nil {
				return Value{}, err
			}
			n := p.next()
			count, err := strconv.Atoi(n.text)
			if err != nil || count < 0 || count > 100_000 {
				return Value{}, &SyntaxError{p.text, n.pos, fmt.Sprintf("unexpected token: '%s'", n.text)}
			}
			return Value{Kind: DateLiteral, Text: upper, N: count}, nil
		}
	}
	return Value{}, &SyntaxError{p.text, t.pos, fmt.Sprintf("unexpected token: '%s'", t.text)}
}
