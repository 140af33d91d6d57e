package tooling

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const maxRows = 2000

// choose runs a query over rows in memory: conditions, order, limit; no groups, no sub-queries.
func choose(actor *crm.Actor, t table, q *soql.Query, rows []row) (records.Result, error) {
	var kept []row
	for _, r := range rows {
		yes, err := t.holds(q.Where, r)
		if err != nil {
			return records.Result{}, err
		}
		if yes {
			kept = append(kept, r)
		}
	}
	if q.Where != nil && len(rows) == 0 { // the condition is checked even without rows
		if _, err := t.holds(q.Where, row{}); err != nil {
			return records.Result{}, err
		}
	}
	if len(q.Fields) == 1 && q.Fields[0].Expr.Func == "COUNT" && len(q.Fields[0].Expr.Path) == 0 {
		return records.Result{TotalSize: len(kept), Done: true}, nil
	}
	if len(q.GroupBy) > 0 {
		return records.Result{}, malformed("GROUP BY is not supported for " + t.name)
	}
	for i := len(q.OrderBy) - 1; i >= 0; i-- {
		path, err := t.path(q.OrderBy[i].Expr)
		if err != nil {
			return records.Result{}, err
		}
		sign := 1
		if q.OrderBy[i].Desc {
			sign = -1
		}
		slices.SortStableFunc(kept, func(x, y row) int { return sign * compare(x[path], y[path]) })
	}
	kept = kept[min(q.Offset, len(kept)):]
	limit := maxRows
	if q.Limit != nil {
		limit = min(limit, *q.Limit)
	}
	kept = kept[:min(limit, len(kept))]
	result := records.Result{TotalSize: len(kept), Done: true}
	for _, r := range kept {
		record := actor.Record(t.name)
		for _, f := range q.Fields {
			path, err := t.path(f.Expr)
			if err != nil || f.Sub != nil {
				return records.Result{}, err
			}
			add(&record, f.Expr.Path, t.name, r[path])
		}
		result.Records = append(result.Records, record)
	}
	if len(kept) == 0 {
		for _, f := range q.Fields {
			if _, err := t.path(f.Expr); err != nil {
				return records.Result{}, err
			}
		}
	}
	return result, nil
}

func malformed(text string) error {
	return &schema.Error{Code: "MALFORMED_QUERY", Message: text, Status: http.StatusBadRequest}
}

// path is a field's key in rows; the platform's error if the table has no such field.
func (t table) path(e soql.Expr) (string, error) {
	if e.Func != "" {
		return "", malformed("unexpected token: '" + e.Func + "'")
	}
	name := strings.Join(e.Path, ".")
	if !slices.ContainsFunc(t.fields, func(f string) bool { return strings.EqualFold(f, name) }) {
		return "", &schema.Error{Code: "INVALID_FIELD", Status: http.StatusBadRequest,
			Message: fmt.Sprintf("No such column '%s' on entity '%s'. If you are attempting to use a custom field, be sure to "+
				"append the '__c' after the custom field name. Please reference your WSDL or the describe call for the "+
				"appropriate names.", name, t.name)}
	}
	return strings.ToLower(name), nil
}

// add puts a value into a record, below its parents.
func add(r *records.Record, path []string, object string, value any) {
	if len(path) == 1 {
		r.Fields = append(r.Fields, records.FieldValue{Name: path[0], Value: value})
		return
	}
	for _, f := range r.Fields {
		if parent, ok := f.Value.(*records.Record); ok && strings.EqualFold(f.Name, path[0]) {
			add(parent, path[1:], path[0], value)
			return
		}
	}
	parent := r.Near(path[0])
	add(parent, path[1:], object, value)
	r.Fields = append(r.Fields, records.FieldValue{Name: path[0], Value: parent})
}

// holds says whether a condition is true of a row; nil is true.
func (t table) holds(c soql.Cond, r row) (bool, error) {
	switch c := c.(type) {
	case nil:
		return true, nil
	case soql.And:
		all := true
		for _, p := range c.Parts {
			yes, err := t.holds(p, r)
			if err != nil {
				return false, err
			}
			all = all && yes
		}
		return all, nil
	case soql.Or:
		any := false
		for _, p := range c.Parts {
			yes, err := t.holds(p, r)
			if err != nil {
				return false, err
			}
			any = any || yes
		}
		return any, nil
	case soql.Not:
		yes, err := t.holds(c.Part, r)
		return !yes, err
	case soql.Compare:
		path, err := t.path(c.Expr)
		return err == nil && matches(r[path], c.Op, c.Value), err
	case soql.In:
		path, err := t.path(c.Expr)
		if err != nil {
			return false, err
		}
		if c.Sub != nil {
			return false, malformed("semi-joins are not supported for " + t.name)
		}
		in := slices.ContainsFunc(c.Values, func(v soql.Value) bool { return matches(r[path], "=", v) })
		return in == (c.Op == "IN" || c.Op == "INCLUDES"), nil
	}
	return false, malformed("unexpected condition")
}

func literal(v soql.Value) any {
	switch v.Kind {
	case soql.Null:
		return nil
	case soql.Bool:
		return strings.EqualFold(v.Text, "true")
	case soql.Number:
		n, _ := strconv.ParseInt(v.Text, 10, 64)
		return n
	}
	return v.Text
}

func matches(have any, op string, v soql.Value) bool {
	want := literal(v)
	if text, ok := want.(string); ok && len(text) == 15 {
		if full, is := have.(string); is && len(full) == 18 { // an id in its short form
			want = string(schema.To18(text))
		}
	}
	order := compare(have, want)
	switch op {
	case "=":
		return order == 0
	case "!=":
		return order != 0
	case "LIKE":
		return like(fmt.Sprint(want)).MatchString(fmt.Sprint(have))
	}
	if have == nil || want == nil {
		return false
	}
	return op == "<" && order < 0 || op == "<=" && order <= 0 || op == ">" && order > 0 || op == ">=" && order >= 0
}

// like turns a pattern into an expression: % is any text, _ one character.
func like(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("(?is)^")
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			i++
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		case c == '%':
			b.WriteString(".*")
		case c == '_':
			b.WriteString(".")
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString("$")
	return regexp.MustCompile(b.String())
}

// compare puts values in order: nothing first, text whatever the case.
func compare(x, y any) int {
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return -1
	case y == nil:
		return 1
	}
	a, isNumber := x.(int64)
	b, alsoNumber := y.(int64)
	if isNumber && alsoNumber {
		return cmp.Compare(a, b)
	}
	return cmp.Compare(strings.ToLower(fmt.Sprint(x)), strings.ToLower(fmt.Sprint(y)))
}
