package records

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

func (c *compiler) cond(cond soql.Cond) (string, []any, error) {
	switch cond := cond.(type) {
	case soql.And:
		return c.joined(cond.Parts, " AND ")
	case soql.Or:
		return c.joined(cond.Parts, " OR ")
	case soql.Not:
		text, args, err := c.cond(cond.Part)
		return "NOT coalesce(" + text + ", 0)", args, err
	case soql.Compare:
		return c.compare(cond)
	case soql.In:
		return c.in(cond)
	}
	return "", nil, schema.Fail(400, "MALFORMED_QUERY", "unexpected condition")
}

func (c *compiler) joined(parts []soql.Cond, with string) (string, []any, error) {
	texts := make([]string, len(parts))
	var args []any
	for i, part := range parts {
		text, more, err := c.cond(part)
		if err != nil {
			return "", nil, err
		}
		texts[i], args = text, append(args, more...)
	}
	return "(" + strings.Join(texts, with) + ")", args, nil
}

// left is the field side of a condition.
func (c *compiler) left(e soql.Expr) (string, selected, error) {
	if e.Func != "" {
		return c.function(e)
	}
	return c.resolve(e.Path)
}

func (c *compiler) compare(cond soql.Compare) (string, []any, error) {
	at, s, err := c.left(cond.Expr)
	if err != nil {
		return "", nil, err
	}
	f := s.field
	if f.Type == "textarea" && f.Length > 255 {
		return "", nil, schema.Fail(400, "INVALID_FIELD", "field '%s' can not be filtered in a query call", f.Name)
	}
	if cond.Value.Kind == soql.DateLiteral {
		return c.literal(at, f, cond)
	}
	value, err := c.bind(f, cond.Value)
	if err != nil {
		return "", nil, err
	}
	if value == nil {
		switch cond.Op {
		case "=":
			return at + " IS NULL", nil, nil
		case "!=":
			return at + " IS NOT NULL", nil, nil
		}
		return "", nil, schema.Fail(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on null")
	}
	switch cond.Op {
	case "LIKE":
		if f.Type == "id" || f.Type == "reference" {
			return "", nil, schema.Fail(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on id field")
		}
		text, args := at+` LIKE ? ESCAPE '\'`, []any{likePattern(cond.Value.Text)}
		if rev := lastDigits(cond.Value.Text); rev != "" && f.Type == "phone" && len(s.path) == 1 && c.object.Searchable && !c.all {
			// Numbers that end in these digits are found by them; the pattern then decides.
			text = `(` + c.base() + `."Id" IN (SELECT id FROM phone WHERE rev >= ? AND rev < ?) AND ` + text + `)`
			args = append([]any{rev, rev + ":"}, args...)
		}
		return text, args, nil
	case "!=":
		return "(" + at + " IS NULL OR " + at + " <> ?)", []any{value}, nil
	}
	if f.Type == "boolean" && cond.Op != "=" {
		return "", nil, schema.Fail(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid operator on boolean field")
	}
	return at + " " + cond.Op + " ?", []any{value}, nil
}

// lastDigits are the digits that whatever fits a pattern ends in, backwards; "" when it may end in fewer than four.
func lastDigits(pattern string) string {
	end := pattern[strings.LastIndexAny(pattern, `%_\`)+1:]
	if rev := reversed(digitsOf(end)); len(rev) >= minPhone {
		return rev
	}
	return ""
}

// likePattern keeps \_ and \% escaped and escapes other backslashes.
func likePattern(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && (i+1 == len(text) || text[i+1] != '_' && text[i+1] != '%') {
			b.WriteByte('\\')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// bind turns a literal into a stored value for a field; the platform refuses literals of another type.
func (c *compiler) bind(f schema.Field, v soql.Value) (any, error) {
	wrong := func() error {
		quoted := ""
		if f.Type == "string" || f.Type == "phone" {
			quoted = " and should be enclosed in quotes"
		}
		return schema.Fail(400, "INVALID_FIELD", "value of filter criterion for field '%s' must be of type %s%s", f.Name, f.Type, quoted)
	}
	if v.Kind == soql.Null {
		return nil, nil
	}
	switch f.Type {
	case "boolean":
		if v.Kind != soql.Bool {
			return nil, wrong()
		}
		return asInt(v.Text == "true"), nil
	case "int", "double", "currency", "percent":
		if v.Kind != soql.Number {
			return nil, wrong()
		}
		n, err := strconv.ParseFloat(v.Text, 64)
		return n, err
	case "id", "reference":
		if v.Kind != soql.String {
			return nil, wrong()
		}
		if v.Text == "" {
			return nil, nil
		}
		id := schema.To18(v.Text)
		if id == "" {
			return nil, schema.Fail(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: %.40s", v.Text)
		}
		return string(id), nil
	case "date", "datetime":
		return bindTime(f, v, wrong)
	}
	if v.Kind != soql.String {
		return nil, wrong()
	}
	if v.Text == "" {
		return nil, nil
	}
	return strings.NewReplacer(`\_`, `_`, `\%`, `%`).Replace(v.Text), nil
}

func bindTime(f schema.Field, v soql.Value, wrong func() error) (any, error) {
	if f.Type == "date" && v.Kind == soql.Date {
		return v.Text, nil
	}
	if f.Type == "datetime" && v.Kind == soql.DateTime {
		for _, form := range append([]string{"2006-01-02T15:04:05Z0700"}, times...) {
			if at, err := time.Parse(form, v.Text); err == nil {
				return at.UTC().Format(Stored), nil
			}
		}
	}
	return nil, wrong()
}

// literal compares with a stretch of days: = means within it, < before it, > after it.
func (c *compiler) literal(at string, f schema.Field, cond soql.Compare) (string, []any, error) {
	if f.Type != "date" && f.Type != "datetime" {
		return "", nil, schema.Fail(400, "INVALID_FIELD", "value of filter criterion for field '%s' must be of type %s", f.Name, f.Type)
	}
	from, to := stretch(cond.Value, c.now)
	form := time.DateOnly
	if f.Type == "datetime" {
		form = Stored
	}
	low, high := from.Format(form), to.Format(form)
	switch cond.Op {
	case "=":
		return fmt.Sprintf("(%s >= ? AND %s < ?)", at, at), []any{low, high}, nil
	case "!=":
		return fmt.Sprintf("(%s < ? OR %s >= ?)", at, at), []any{low, high}, nil
	case "<":
		return at + " < ?", []any{low}, nil
	case "<=":
		return at + " < ?", []any{high}, nil
	case ">":
		return at + " >= ?", []any{high}, nil
	}
	return at + " >= ?", []any{low}, nil
}

// stretch is the days that a date literal stands for, from the first to the one after the last. Source: SOQL reference, date literals.
func stretch(v soql.Value, now time.Time) (from, to time.Time) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	week := today.AddDate(0, 0, -int(today.Weekday()))
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	quarter := time.Date(now.Year(), (now.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	year := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	starts := map[string]time.Time{"WEEK": week, "MONTH": month, "QUARTER": quarter, "YEAR": year,
		"DAYS": today.AddDate(0, 0, 1), "WEEKS": week, "MONTHS": month, "QUARTERS": quarter, "YEARS": year}
	step := func(unit string, at time.Time, n int) time.Time {
		switch strings.TrimSuffix(unit, "S") {
		case "WEEK":
			return at.AddDate(0, 0, 7*n)
		case "MONTH":
			return at.AddDate(0, n, 0)
		case "QUARTER":
			return at.AddDate(0, 3*n, 0)
		case "YEAR":
			return at.AddDate(n, 0, 0)
		}
		return at.AddDate(0, 0, n)
	}
	switch v.Text {
	case "TODAY":
		return today, today.AddDate(0, 0, 1)
	case "YESTERDAY":
		return today.AddDate(0, 0, -1), today
	case "TOMORROW":
		return today.AddDate(0, 0, 1), today.AddDate(0, 0, 2)
	case "LAST_90_DAYS":
		return today.AddDate(0, 0, -89), today.AddDate(0, 0, 1)
	case "NEXT_90_DAYS":
		return today.AddDate(0, 0, 1), today.AddDate(0, 0, 91)
	}
	if unit, ago := strings.CutSuffix(v.Text, "_AGO"); ago {
		unit = strings.TrimPrefix(unit, "N_")
		at := starts[unit]
		if unit == "DAYS" {
			at = today
		}
		return step(unit, at, -v.N), step(unit, at, 1-v.N)
	}
	unit := v.Text[strings.LastIndex(v.Text, "_")+1:]
	start := starts[unit]
	n := max(v.N, 1)
	switch {
	case strings.HasPrefix(v.Text, "LAST_"):
		return step(unit, start, -n), start
	case strings.HasPrefix(v.Text, "NEXT_") && unit == "DAYS":
		return start, step(unit, start, n)
	case strings.HasPrefix(v.Text, "NEXT_"):
		return step(unit, start, 1), step(unit, start, n+1)
	}
	return start, step(unit, start, 1)
}

func (c *compiler) in(cond soql.In) (string, []any, error) {
	at, s, err := c.left(cond.Expr)
	if err != nil {
		return "", nil, err
	}
	not := strings.HasPrefix(cond.Op, "NOT")
	if cond.Op == "INCLUDES" || cond.Op == "EXCLUDES" {
		return "", nil, schema.Fail(400, "INVALID_QUERY_FILTER_OPERATOR", "%s can only be used with multi-select picklists",
			strings.ToLower(cond.Op))
	}
	if cond.Sub != nil {
		return c.semiJoin(at, cond, not)
	}
	marks, args, null := []string{}, []any{}, false
	for _, v := range cond.Values {
		value, err := c.bind(s.field, v)
		if err != nil {
			return "", nil, err
		}
		if value == nil {
			null = true
			continue
		}
		marks, args = append(marks, "?"), append(args, value)
	}
	text := at + " IN (" + strings.Join(marks, ", ") + ")"
	if null {
		text = "(" + text + " OR " + at + " IS NULL)"
	}
	if not {
		text = "NOT coalesce(" + text + ", 0)"
	}
	return text, args, nil
}

func (c *compiler) semiJoin(at string, cond soql.In, not bool) (string, []any, error) {
	o, err := c.access.object(cond.Sub.From)
	if err != nil {
		return "", nil, err
	}
	if len(cond.Sub.Fields) != 1 || cond.Sub.Fields[0].Sub != nil || cond.Sub.Limit != nil {
		return "", nil, schema.Fail(400, "MALFORMED_QUERY", "a nested select statement must select exactly one field and may have no limit")
	}
	inner := &compiler{access: c.access, object: o, all: c.all, now: c.now, nested: c.nested + 1}
	column, _, err := inner.resolveItem(cond.Sub.Fields[0].Expr.Path)
	if err != nil {
		return "", nil, err
	}
	tail, args, err := inner.tail(cond.Sub)
	word := " IN ("
	if not {
		word = " NOT IN ("
		tail += " AND " + column + " IS NOT NULL"
	}
	return at + word + "SELECT " + column + tail + ")", args, err
}
