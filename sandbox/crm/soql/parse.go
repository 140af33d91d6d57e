package soql

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxDepth bounds parentheses and sub-queries.
const maxDepth = 50

type parser struct {
	text   string
	tokens []token
	at     int
	depth  int
}

// Parse reads a SOQL query; *SyntaxError if it is none.
func Parse(text string) (*Query, error) {
	if strings.TrimSpace(text) == "" {
		return nil, &SyntaxError{Message: "A query string has to be specified"}
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, tokens: tokens}
	q, err := p.query()
	if err == nil && p.peek().kind != tokEnd {
		err = p.unexpected()
	}
	return q, err
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokEnd {
		p.at++
	}
	return t
}

func (p *parser) unexpected() error {
	t := p.peek()
	if t.kind == tokEnd {
		return &SyntaxError{p.text, t.pos, "unexpected token: '<EOF>'"}
	}
	return &SyntaxError{p.text, t.pos, fmt.Sprintf("unexpected token: '%s'", t.text)}
}

// word takes the next token if it is this keyword.
func (p *parser) word(keywords ...string) bool {
	start := p.at
	for _, k := range keywords {
		if t := p.peek(); t.kind != tokWord || !strings.EqualFold(t.text, k) {
			p.at = start
			return false
		}
		p.next()
	}
	return true
}

func (p *parser) punct(text string) bool {
	if t := p.peek(); t.kind == tokPunct && t.text == text {
		p.next()
		return true
	}
	return false
}

func (p *parser) need(ok bool) error {
	if ok {
		return nil
	}
	return p.unexpected()
}

func (p *parser) query() (*Query, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, &SyntaxError{p.text, p.peek().pos, "query is nested too deeply"}
	}
	defer func() { p.depth-- }()
	if err := p.need(p.word("SELECT")); err != nil {
		return nil, err
	}
	q := &Query{}
	for {
		f, err := p.field()
		if err != nil {
			return nil, err
		}
		q.Fields = append(q.Fields, f)
		if !p.punct(",") {
			break
		}
	}
	if err := p.need(p.word("FROM")); err != nil {
		return nil, err
	}
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	q.From = name
	if t := p.peek(); t.kind == tokWord && !slices.ContainsFunc(clauses, func(k string) bool { return strings.EqualFold(k, t.text) }) {
		p.next() // an alias; paths through it are stripped below
		defer func() { q.strip(t.text) }()
	}
	return q, p.clauses(q)
}

// clauses begin after the object's name, so they are no alias.
var clauses = []string{"USING", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "UPDATE"}

func (p *parser) clauses(q *Query) (err error) {
	if p.word("USING", "SCOPE") {
		if q.Scope, err = p.name(); err != nil {
			return err
		}
	}
	if p.word("WHERE") {
		if q.Where, err = p.cond(); err != nil {
			return err
		}
	}
	if p.word("WITH") && !p.word("SECURITY_ENFORCED") && !p.word("USER_MODE") && !p.word("SYSTEM_MODE") {
		return p.unexpected()
	}
	if p.word("GROUP", "BY") {
		for {
			e, err := p.expr()
			if err != nil {
				return err
			}
			q.GroupBy = append(q.GroupBy, e)
			if !p.punct(",") {
				break
			}
		}
	}
	if p.word("HAVING") {
		if q.Having, err = p.cond(); err != nil {
			return err
		}
	}
	if q.OrderBy, err = p.orderBy(); err != nil {
		return err
	}
	if p.word("LIMIT") {
		n, err := p.count()
		if err != nil {
			return err
		}
		q.Limit = &n
	}
	if p.word("OFFSET") {
		if q.Offset, err = p.count(); err != nil {
			return err
		}
	}
	if p.word("FOR") {
		t := p.next()
		q.For = strings.ToUpper(t.text)
		if q.For != "VIEW" && q.For != "REFERENCE" && q.For != "UPDATE" {
			p.at--
			return p.unexpected()
		}
	}
	p.word("ALL", "ROWS")
	return nil
}

func (p *parser) count() (int, error) {
	t := p.next()
	n, err := strconv.Atoi(t.text)
	if t.kind != tokNumber || err != nil || n < 0 {
		return 0, &SyntaxError{p.text, t.pos, fmt.Sprintf("unexpected token: '%s'", t.text)}
	}
	return n, nil
}

func (p *parser) orderBy() ([]Order, error) {
	var orders []Order
	if !p.word("ORDER", "BY") {
		return nil, nil
	}
	for {
		e, err := p.expr()
		if err != nil {
			return nil, err
		}
		o := Order{Expr: e}
		if o.Desc = p.word("DESC"); !o.Desc {
			p.word("ASC")
		}
		if p.word("NULLS", "FIRST") {
			o.NullsLast = new(bool)
		} else if p.word("NULLS", "LAST") {
			yes := true
			o.NullsLast = &yes
		}
		orders = append(orders, o)
		if !p.punct(",") {
			return orders, nil
		}
	}
}

func (p *parser) name() (string, error) {
	if p.peek().kind != tokWord {
		return "", p.unexpected()
	}
	return p.next().text, nil
}

func (p *parser) field() (Field, error) {
	if p.punct("(") {
		sub, err := p.query()
		if err != nil {
			return Field{}, err
		}
		return Field{Sub: sub}, p.need(p.punct(")"))
	}
	e, err := p.expr()
	if err != nil {
		return Field{}, err
	}
	f := Field{Expr: e}
	if t := p.peek(); t.kind == tokWord && !strings.EqualFold(t.text, "FROM") {
		if e.Func == "" && !strings.EqualFold(t.text, "FROM") && p.tokens[p.at+1].kind == tokWord {
			return Field{}, p.unexpected()
		}
		f.Alias = p.next().text
	}
	return f, nil
}

// expr reads a path, or a function of one.
func (p *parser) expr() (Expr, error) {
	start := p.peek()
	first, err := p.name()
	if err != nil {
		return Expr{}, err
	}
	if p.punct("(") {
		e := Expr{Func: strings.ToUpper(first), Pos: start.pos}
		if p.punct(")") {
			return e, nil
		}
		if e.Path, err = p.path(); err != nil {
			return Expr{}, err
		}
		return e, p.need(p.punct(")"))
	}
	e := Expr{Path: []string{first}, Pos: start.pos}
	for p.punct(".") {
		name, err := p.name()
		if err != nil {
			return Expr{}, err
		}
		e.Path = append(e.Path, name)
	}
	return e, nil
}

func (p *parser) path() ([]string, error) {
	var path []string
	for {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		path = append(path, name)
		if !p.punct(".") {
			return path, nil
		}
	}
}

// strip removes an alias from the paths of a query.
func (q *Query) strip(alias string) {
	fix := func(e *Expr) {
		if len(e.Path) > 1 && strings.EqualFold(e.Path[0], alias) {
			e.Path = e.Path[1:]
		}
	}
	for i := range q.Fields {
		fix(&q.Fields[i].Expr)
	}
	for i := range q.GroupBy {
		fix(&q.GroupBy[i])
	}
	for i := range q.OrderBy {
		fix(&q.OrderBy[i].Expr)
	}
	q.Where, q.Having = stripCond(q.Where, fix), stripCond(q.Having, fix)
}

func stripCond(c Cond, fix func(*Expr)) Cond {
	switch c := c.(type) {
	case And:
		for i := range c.Parts {
			c.Parts[i] = stripCond(c.Parts[i], fix)
		}
	case Or:
		for i := range c.Parts {
			c.Parts[i] = stripCond(c.Parts[i], fix)
		}
	case Not:
		return Not{stripCond(c.Part, fix)}
	case Compare:
		fix(&c.Expr)
		return c
	case In:
		fix(&c.Expr)
		return c
	}
	return c
}
