package interviews

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/screenflow"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// soqlOf writes a lookup as a query: names are those of the object's own fields, values are quoted.
func soqlOf(o crm.Object, q screenflow.Query) (string, error) {
	var names []string
	for _, name := range q.Fields {
		f, ok := o.Field(name)
		if !ok {
			return "", noColumn(name, o.Name)
		}
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		for _, f := range o.Fields {
			if f.Type != "address" {
				names = append(names, f.Name)
			}
		}
	}
	if !contains(names, "Id") {
		names = append([]string{"Id"}, names...)
	}
	text := "SELECT " + strings.Join(names, ", ") + " FROM " + o.Name
	var conditions []string
	for _, w := range q.Where {
		c, err := conditionOf(o, w)
		if err != nil {
			return "", err
		}
		conditions = append(conditions, c)
	}
	if len(conditions) > 0 {
		text += " WHERE " + together(q.Logic, conditions)
	}
	if q.Sort != "" {
		f, ok := o.Field(q.Sort)
		if !ok {
			return "", noColumn(q.Sort, o.Name)
		}
		text += " ORDER BY " + f.Name + map[bool]string{true: " DESC", false: " ASC"}[q.Descending]
	}
	return text + " LIMIT " + strconv.Itoa(q.Limit), nil
}

func contains(names []string, name string) bool {
	for _, have := range names {
		if strings.EqualFold(have, name) {
			return true
		}
	}
	return false
}

func noColumn(field, object string) error {
	return &screenflow.Refused{Reason: fmt.Sprintf("INVALID_FIELD: No such column '%s' on entity '%s'.", field, object)}
}

var numbers = regexp.MustCompile(`\d+`)

// together puts conditions into a lookup's logic. AND and OR are set in parentheses of their own, so that nothing is mixed.
func together(logic string, conditions []string) string {
	switch strings.ToLower(strings.TrimSpace(logic)) {
	case "", "and":
		return strings.Join(conditions, " AND ")
	case "or":
		return strings.Join(conditions, " OR ")
	}
	return numbers.ReplaceAllStringFunc(logic, func(n string) string {
		at, err := strconv.Atoi(n)
		if err != nil || at < 1 || at > len(conditions) {
			return n // the flow's check lets no such logic through
		}
		return "(" + conditions[at-1] + ")"
	})
}

var comparisons = map[string]string{"EqualTo": "=", "NotEqualTo": "!=", "GreaterThan": ">", "GreaterThanOrEqualTo": ">=", "LessThan": "<", "LessThanOrEqualTo": "<="}

func conditionOf(o crm.Object, w screenflow.Where) (string, error) {
	f, ok := o.Field(w.Field)
	if !ok {
		return "", noColumn(w.Field, o.Name)
	}
	switch w.Operator {
	case "IsNull":
		return f.Name + map[bool]string{true: " = null", false: " != null"}[w.Value.Flag], nil
	case "Contains":
		return f.Name + " LIKE '%" + soql.EscapeLike(w.Value.String()) + "%'", nil
	case "StartsWith":
		return f.Name + " LIKE '" + soql.EscapeLike(w.Value.String()) + "%'", nil
	case "EndsWith":
		return f.Name + " LIKE '%" + soql.EscapeLike(w.Value.String()) + "'", nil
	}
	sign, ok := comparisons[w.Operator]
	if !ok {
		return "", &screenflow.Refused{Reason: "The operator " + w.Operator + " isn't supported in this org"}
	}
	literal, err := literalOf(f, w.Value)
	return f.Name + " " + sign + " " + literal, err
}

var (
	day    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	moment = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$`)
)

// literalOf writes a value as the field's type wants it.
func literalOf(f crm.Field, v screenflow.Value) (string, error) {
	text := v.String()
	wrong := &screenflow.Refused{Reason: fmt.Sprintf("INVALID_QUERY_FILTER_OPERATOR: value of filter criterion for field '%s' must be of type %s and should not be enclosed in quotes", f.Name, f.Type)}
	if v.Kind == screenflow.Null {
		return "null", nil
	}
	switch f.Type {
	case "boolean":
		if _, err := strconv.ParseBool(text); err != nil {
			return "", wrong
		}
		return strings.ToLower(text), nil
	case "int", "double", "currency", "percent":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return "", wrong
		}
		return text, nil
	case "date":
		if text = text[:min(len(text), 10)]; !day.MatchString(text) {
			return "", wrong
		}
		return text, nil
	case "datetime":
		if !moment.MatchString(text) {
			return "", wrong
		}
		return text, nil
	}
	return soql.Quote(text), nil
}
