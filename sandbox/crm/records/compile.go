package records

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// compiler turns a query's tree into SQL. Names come from checked metadata, values are always bound.
type compiler struct {
	access *Access
	object schema.Object
	all    bool // with deleted records
	now    time.Time
	nested int // of sub-queries, so that table names differ

	joins []string
	bound []any             // values within the joins
	known map[string]joined // by lower-case path
}

// joined is a parent table in the statement.
type joined struct {
	alias  string
	object schema.Object
}

func (c *compiler) base() string { return fmt.Sprintf("t%d", c.nested) }

// resolve finds a path's field and its SQL; err is the platform's.
func (c *compiler) resolve(path []string) (sql string, s selected, err error) {
	at := joined{c.base(), c.object}
	if len(path) > maxPathStep {
		return "", s, schema.Fail(400, "MALFORMED_QUERY", "relationship path is too long")
	}
	for i, name := range path[:len(path)-1] {
		next, err := c.join(at, path[:i+1], name)
		if err != nil {
			return "", s, err
		}
		at = next
		s.path, s.types = append(s.path, name), append(s.types, at.object.Name)
	}
	last := path[len(path)-1]
	f, ok := c.access.visible(at.object, last)
	if !ok {
		return "", s, schema.NoColumn(last, at.object.Name)
	}
	s.path, s.field = append(s.path, f.Name), f
	return at.alias + "." + schema.Column(f.Name), s, nil
}

// join adds the parent that a relationship leads to. Of a polymorphic one the name comes from whichever object the id is of.
func (c *compiler) join(from joined, path []string, name string) (joined, error) {
	key := strings.ToLower(strings.Join(path, "."))
	if j, ok := c.known[key]; ok {
		return j, nil
	}
	var ref schema.Field
	for _, f := range from.object.Fields {
		if f.Relationship != "" && strings.EqualFold(relationshipName(f), name) && c.access.OnField(from.object, f).Read {
			ref = f
		}
	}
	if ref.Name == "" {
		return joined{}, schema.Fail(400, "INVALID_FIELD",
			"Didn't understand relationship '%s' in field path. If you are attempting to use a custom relationship, be sure to "+
				"append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.", name)
	}
	alias := fmt.Sprintf("%sj%d", c.base(), len(c.joins))
	if len(ref.References) == 1 {
		target, err := c.access.object(ref.References[0])
		if err != nil {
			return joined{}, err
		}
		c.joins = append(c.joins, fmt.Sprintf(`LEFT JOIN %s %s ON %s."Id" = %s.%s`, schema.Table(target.Name), alias, alias,
			from.alias, schema.Column(ref.Name))+c.hide(target, alias))
		return c.keep(key, joined{alias, target}), nil
	}
	var union []string
	for _, name := range ref.References {
		target, err := c.access.object(name)
		if err != nil {
			continue
		}
		union = append(union, "SELECT "+c.named(target)+" FROM "+schema.Table(target.Name))
	}
	if len(union) == 0 { // the user may read none of them
		union = []string{"SELECT " + c.named(schema.Object{}) + " WHERE 0"}
	}
	c.joins = append(c.joins, fmt.Sprintf(`LEFT JOIN (%s) %s ON %s."Id" = %s.%s`, strings.Join(union, " UNION ALL "),
		alias, alias, from.alias, schema.Column(ref.Name)))
	return c.keep(key, joined{alias, nameObject}), nil
}

// nameObject is what a polymorphic relationship leads to: the fields that a record has whatever it is of. Source: Object reference, Name.
var nameObject = schema.Object{Name: "Name", ReadOnly: true, Fields: []schema.Field{
	{Name: "Id", Type: "id"}, {Name: "Type", Type: "string"}, {Name: "Name", Type: "string", NameField: true},
	{Name: "Alias", Type: "string"}, {Name: "Email", Type: "email"}, {Name: "FirstName", Type: "string"}, {Name: "LastName", Type: "string"},
	{Name: "Phone", Type: "phone"}, {Name: "Title", Type: "string"}, {Name: "Username", Type: "string"}, {Name: "IsActive", Type: "boolean"},
}}

// named are the columns of nameObject from an object's.
func (c *compiler) named(o schema.Object) string {
	var columns []string
	for _, f := range nameObject.Fields {
		from := "NULL"
		switch has, ok := c.access.visible(o, f.Name); {
		case f.Name == "Type":
			from = "'" + o.Name + "'"
		case f.NameField && len(o.Fields) > 0:
			from = schema.Column(o.NameField())
		case ok:
			from = schema.Column(has.Name)
		}
		columns = append(columns, from+` AS "`+f.Name+`"`)
	}
	return strings.Join(columns, ", ")
}

func (c *compiler) keep(key string, j joined) joined {
	if c.known == nil {
		c.known = map[string]joined{}
	}
	c.known[key] = j
	return j
}

// relationshipName is how a path names a parent: custom ones end in __r.
func relationshipName(f schema.Field) string {
	if f.Custom {
		return strings.TrimSuffix(f.Name, "__c") + "__r"
	}
	return f.Relationship
}

var aggregates = map[string]string{"COUNT": "count(%s)", "COUNT_DISTINCT": "count(DISTINCT %s)", "MIN": "min(%s)",
	"MAX": "max(%s)", "SUM": "sum(%s)", "AVG": "avg(%s)"}

func (c *compiler) selectAll(q *soql.Query) (statement string, args []any, plan []selected, err error) {
	var columns []string
	grouped := len(q.GroupBy) > 0
	for _, f := range q.Fields {
		if f.Expr.Func != "" && aggregates[f.Expr.Func] != "" {
			grouped = true
		}
	}
	for _, f := range expandFields(c.access, c.object, q.Fields) {
		if f.Sub != nil {
			continue
		}
		text, s, err := c.item(f, grouped, q, len(plan))
		if err != nil {
			return "", nil, nil, err
		}
		columns, plan = append(columns, text), append(plan, s)
	}
	if !grouped {
		text, s, err := c.resolve([]string{"Id"})
		if err != nil {
			return "", nil, nil, err
		}
		s.path = []string{hiddenID}
		columns, plan = append(columns, text), append(plan, s)
	}
	columns, plan = c.markParents(columns, plan)
	tail, args, err := c.tail(q)
	if err != nil {
		return "", nil, nil, err
	}
	order, err := c.order(q, grouped)
	if err != nil {
		return "", nil, nil, err
	}
	return "SELECT " + strings.Join(columns, ", ") + tail + order + " LIMIT ? OFFSET ?", args, plan, nil
}

// markParents adds, for each parent that is read, a column with its id: it tells whether it is there.
func (c *compiler) markParents(columns []string, plan []selected) ([]string, []selected) {
	marked := map[string]bool{}
	for _, s := range slices.Clone(plan) {
		for depth := 1; depth < len(s.path); depth++ {
			key := strings.ToLower(strings.Join(s.path[:depth], "."))
			if s.alias != "" || marked[key] {
				continue
			}
			marked[key] = true
			columns = append(columns, c.known[key].alias+`."Id"`)
			plan = append(plan, selected{path: append(slices.Clone(s.path[:depth]), hiddenID), types: s.types[:depth],
				field: schema.Field{Type: "id"}})
		}
	}
	return columns, plan
}

func (c *compiler) item(f soql.Field, grouped bool, q *soql.Query, n int) (string, selected, error) {
	e := f.Expr
	switch {
	case e.Func == "" && grouped:
		text, s, err := c.resolve(e.Path)
		if err == nil && !slices.ContainsFunc(q.GroupBy, func(g soql.Expr) bool { return strings.EqualFold(g.String(), e.String()) }) {
			err = schema.Fail(400, "MALFORMED_QUERY", "Field must be grouped or aggregated: %s", e)
		}
		s.alias = f.Alias
		if s.alias == "" {
			s.alias = e.Path[len(e.Path)-1]
		}
		return text, s, err
	case e.Func == "":
		if f.Alias != "" {
			return "", selected{}, schema.Fail(400, "MALFORMED_QUERY", "only aggregate expressions use field aliasing")
		}
		return c.resolveItem(e.Path)
	case e.Func == "TOLABEL" || e.Func == "FORMAT":
		return c.resolveItem(e.Path)
	}
	text, s, err := c.function(e)
	s.alias = f.Alias
	if s.alias == "" {
		s.alias = "expr" + strconv.Itoa(n)
	}
	return text, s, err
}

func (c *compiler) resolveItem(path []string) (string, selected, error) {
	if len(path) == 0 {
		return "", selected{}, schema.Fail(400, "MALFORMED_QUERY", "unexpected token: ')'")
	}
	return c.resolve(path)
}

// function is an aggregate of a field.
func (c *compiler) function(e soql.Expr) (string, selected, error) {
	form := aggregates[e.Func]
	if form == "" {
		return "", selected{}, schema.Fail(400, "MALFORMED_QUERY", "unexpected token: '%s'", e.Func)
	}
	if len(e.Path) == 0 {
		return fmt.Sprintf(form, "*"), selected{field: schema.Field{Type: "int"}}, nil
	}
	inner, s, err := c.resolve(e.Path)
	if strings.HasPrefix(e.Func, "COUNT") {
		s.field = schema.Field{Type: "int"}
	}
	return fmt.Sprintf(form, inner), s, err
}

// expandFields replaces FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM).
func expandFields(a *Access, o schema.Object, fields []soql.Field) []soql.Field {
	var out []soql.Field
	for _, f := range fields {
		if f.Expr.Func != "FIELDS" || len(f.Expr.Path) != 1 {
			out = append(out, f)
			continue
		}
		which := strings.ToUpper(f.Expr.Path[0])
		for _, of := range o.Fields {
			if a.OnField(o, of).Read && (which == "ALL" || (which == "CUSTOM") == of.Custom) {
				out = append(out, soql.Field{Expr: soql.Expr{Path: []string{of.Name}}})
			}
		}
	}
	return out
}

// tail is FROM, WHERE, GROUP BY and HAVING. Joins are known only after all parts were compiled.
func (c *compiler) tail(q *soql.Query) (string, []any, error) {
	where, args := c.access.Shared(c.access.Schema(), c.object, c.base())
	if where == "" {
		where = "1"
	}
	if !c.all {
		where += " AND " + c.base() + `."IsDeleted" = 0`
	}
	if strings.EqualFold(q.Scope, "mine") {
		if _, ok := c.object.Field("OwnerId"); ok {
			where += " AND " + c.base() + `."OwnerId" = ?`
			args = append(args, string(c.access.Who()))
		}
	}
	if q.Where != nil {
		text, more, err := c.cond(q.Where)
		if err != nil {
			return "", nil, err
		}
		where, args = where+" AND "+text, append(args, more...)
	}
	group := ""
	for i, e := range q.GroupBy {
		text, _, err := c.resolveItem(e.Path)
		if err != nil {
			return "", nil, err
		}
		group += []string{" GROUP BY ", ", "}[min(i, 1)] + text
	}
	if q.Having != nil {
		text, more, err := c.cond(q.Having)
		if err != nil {
			return "", nil, err
		}
		group, args = group+" HAVING "+text, append(args, more...)
	}
	for _, o := range q.OrderBy {
		if o.Expr.Func == "" {
			if _, _, err := c.resolveItem(o.Expr.Path); err != nil {
				return "", nil, err
			}
		}
	}
	from := " FROM " + schema.Table(c.object.Name) + " " + c.base() + " " + strings.Join(c.joins, " ")
	return from + " WHERE " + where + group, append(slices.Clone(c.bound), args...), nil
}

// hide is what a join's condition needs besides, so that a parent whom the user may not see is not there.
func (c *compiler) hide(o schema.Object, alias string) string {
	condition, args := c.access.Shared(c.access.Schema(), o, alias)
	if condition == "" {
		return ""
	}
	c.bound = append(c.bound, args...)
	return " AND " + condition
}

func (c *compiler) order(q *soql.Query, grouped bool) (string, error) {
	text := ""
	for i, o := range q.OrderBy {
		var at string
		var err error
		if o.Expr.Func != "" {
			at, _, err = c.function(o.Expr)
		} else {
			at, _, err = c.resolve(o.Expr.Path)
		}
		if err != nil {
			return "", err
		}
		text += []string{" ORDER BY ", ", "}[min(i, 1)] + at
		if o.Desc {
			text += " DESC"
		}
		if o.NullsLast != nil && *o.NullsLast {
			text += " NULLS LAST"
		} else {
			text += " NULLS FIRST"
		}
	}
	if text == "" && !grouped {
		text = " ORDER BY " + c.base() + `."Id"`
	}
	return text, nil
}

func (c *compiler) count(q *soql.Query) (string, []any, error) {
	fresh := &compiler{access: c.access, object: c.object, all: c.all, now: c.now, nested: c.nested}
	plain := *q
	plain.OrderBy = nil
	tail, args, err := fresh.tail(&plain)
	if len(q.GroupBy) > 0 {
		return "SELECT count(*) FROM (SELECT 1" + tail + ")", args, err
	}
	return "SELECT count(*)" + tail, args, err
}
