package soql

import (
	"strconv"
	"strings"
)

// String writes a query so that parsing it gives the same tree.
func (q *Query) String() string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for i, f := range q.Fields {
		if i > 0 {
			b.WriteString(", ")
		}
		if f.Sub != nil {
			b.WriteString("(" + f.Sub.String() + ")")
			continue
		}
		b.WriteString(f.Expr.String())
		if f.Alias != "" {
			b.WriteString(" " + f.Alias)
		}
	}
	b.WriteString(" FROM " + q.From)
	if q.Scope != "" {
		b.WriteString(" USING SCOPE " + q.Scope)
	}
	if q.Where != nil {
		b.WriteString(" WHERE " + printCond(q.Where, false))
	}
	for i, e := range q.GroupBy {
		b.WriteString([]string{" GROUP BY ", ", "}[min(i, 1)] + e.String())
	}
	if q.Having != nil {
		b.WriteString(" HAVING " + printCond(q.Having, false))
	}
	b.WriteString(printOrder(q.OrderBy))
	if q.Limit != nil {
		b.WriteString(" LIMIT " + strconv.Itoa(*q.Limit))
	}
	if q.Offset > 0 {
		b.WriteString(" OFFSET " + strconv.Itoa(q.Offset))
	}
	if q.For != "" {
		b.WriteString(" FOR " + q.For)
	}
	return b.String()
}

func printOrder(orders []Order) string {
	var b strings.Builder
	for i, o := range orders {
		b.WriteString([]string{" ORDER BY ", ", "}[min(i, 1)] + o.Expr.String())
		if o.Desc {
			b.WriteString(" DESC")
		}
		if o.NullsLast != nil && *o.NullsLast {
			b.WriteString(" NULLS LAST")
		} else if o.NullsLast != nil {
			b.WriteString(" NULLS FIRST")
		}
	}
	return b.String()
}

// String is the path, or the function of it.
func (e Expr) String() string {
	path := strings.Join(e.Path, ".")
	if e.Func != "" {
		return e.Func + "(" + path + ")"
	}
	return path
}

func printCond(c Cond, nested bool) string {
	joined := func(parts []Cond, word string) string {
		texts := make([]string, len(parts))
		for i, part := range parts {
			texts[i] = printCond(part, true)
		}
		text := strings.Join(texts, " "+word+" ")
		if nested {
			return "(" + text + ")"
		}
		return text
	}
	switch c := c.(type) {
	case And:
		return joined(c.Parts, "AND")
	case Or:
		return joined(c.Parts, "OR")
	case Not:
		return "NOT " + printCond(c.Part, true)
	case Compare:
		return c.Expr.String() + " " + c.Op + " " + c.Value.String()
	case In:
		if c.Sub != nil {
			return c.Expr.String() + " " + c.Op + " (" + c.Sub.String() + ")"
		}
		texts := make([]string, len(c.Values))
		for i, v := range c.Values {
			texts[i] = v.String()
		}
		return c.Expr.String() + " " + c.Op + " (" + strings.Join(texts, ", ") + ")"
	}
	return ""
}

// String is the literal as it stands in a query.
func (v Value) String() string {
	switch v.Kind {
	case Null:
		return "NULL"
	case String:
		return printed(v.Text)
	case DateLiteral:
		if literalNForm.MatchString(v.Text) {
			return v.Text + ":" + strconv.Itoa(v.N)
		}
	}
	return v.Text
}

// printed is the literal of a text that was parsed: \_ and \% stayed escaped.
func printed(text string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && (text[i+1] == '_' || text[i+1] == '%'):
			b.WriteString(text[i : i+2])
			i++
		case c == '\\' || c == '\'':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
