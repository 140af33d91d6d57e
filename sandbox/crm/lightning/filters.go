package lightning

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// The operators of a list view's filters are named as the Metadata API names them.
var comparisons = map[string]string{
	"equals": "=", "notEqual": "!=", "lessThan": "<", "greaterThan": ">", "lessOrEqual": "<=", "greaterOrEqual": ">=",
}

const (
	mostFilters   = 10
	longestFilter = 1000 // bytes of one filter's value
)

// where is the condition of a list view in SOQL, with " WHERE " before it; empty for none.
func (v shape) where(o object, user people.User) (string, error) {
	var parts []string
	if _, owned := o.field("OwnerId"); v.Scope == "Mine" && owned {
		parts = append(parts, "OwnerId = '"+string(user.ID)+"'")
	}
	for _, f := range v.Filters {
		part, err := f.condition(o, zoneOf(user))
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(parts, " AND "), nil
}

func badFilter(field, format string, args ...any) error {
	return edge.Refuse(http.StatusBadRequest, "INVALID_FILTER", fmt.Sprintf(format, args...), field)
}

// condition is one filter in SOQL. A field that the user may not see any more is an error: rows that a filter should hide must not show.
func (f filterOut) condition(o object, zone *time.Location) (string, error) {
	field, known := o.field(f.Field)
	switch {
	case !known:
		return "", badFilter(f.Field, "Your filter refers to a field that isn't available: %s.", f.Field)
	case len(f.Value) > longestFilter:
		return "", badFilter(f.Field, "The filter's value is too long.")
	case !filterable(field):
		return "", badFilter(f.Field, "You can't filter by %s.", labelOf(o, field))
	}
	path := field.Name
	if field.Type == "reference" {
		path = field.Relationship + "." + nameField(field.References[0])
	}
	if _, compares := comparisons[f.Operation]; !compares && !slices.Contains([]string{"contains", "notContain", "startsWith"}, f.Operation) {
		return "", badFilter(f.Field, "There is no operator %s.", f.Operation)
	}
	switch field.Type {
	case "boolean":
		return compareFlag(path, f, labelOf(o, field))
	case "int", "double", "currency", "percent":
		return compareNumber(path, f, labelOf(o, field))
	case "date", "datetime":
		return compareDate(path, field.Type, f, labelOf(o, field), zone)
	}
	return compareText(path, f), nil
}

// filterable says whether a filter may name a field: long texts and fields that point to several objects are left out, but for owners.
func filterable(f schema.Field) bool {
	switch f.Type {
	case "textarea":
		return f.Length <= 255
	case "reference":
		return (len(f.References) == 1 || f.Name == "OwnerId") && f.Relationship != ""
	case "id":
		return false
	}
	return true
}

// compareText takes commas for "or", as list views do; an empty value is no value at all.
func compareText(path string, f filterOut) string {
	values := []string{}
	for _, part := range strings.Split(f.Value, ",") {
		if part = strings.TrimSpace(part); part != "" {
			values = append(values, part)
		}
	}
	if len(values) == 0 {
		if f.Operation == "notEqual" || f.Operation == "notContain" {
			return path + " != null"
		}
		return path + " = null"
	}
	var parts []string
	for _, value := range values {
		switch f.Operation {
		case "contains", "notContain":
			parts = append(parts, path+" LIKE '%"+soql.EscapeLike(value)+"%'")
		case "startsWith":
			parts = append(parts, path+" LIKE '"+soql.EscapeLike(value)+"%'")
		case "notEqual":
			parts = append(parts, path+" = "+soql.Quote(value))
		default:
			parts = append(parts, path+" "+comparisons[f.Operation]+" "+soql.Quote(value))
		}
	}
	either := "(" + strings.Join(parts, " OR ") + ")"
	if f.Operation == "notEqual" || f.Operation == "notContain" {
		return "(NOT " + either + ")"
	}
	return either
}

func compareFlag(path string, f filterOut, label string) (string, error) {
	if f.Operation != "equals" && f.Operation != "notEqual" {
		return "", badFilter(f.Field, "%s can only be compared with equals and not equal to.", label)
	}
	switch strings.ToLower(strings.TrimSpace(f.Value)) {
	case "true", "1":
		return path + " " + comparisons[f.Operation] + " true", nil
	case "false", "0", "":
		return path + " " + comparisons[f.Operation] + " false", nil
	}
	return "", badFilter(f.Field, "%s must be True or False.", label)
}

func compareNumber(path string, f filterOut, label string) (string, error) {
	sign, ok := comparisons[f.Operation]
	if !ok {
		return "", badFilter(f.Field, "%s is a number; it can't be compared with %s.", label, f.Operation)
	}
	value := strings.TrimSpace(f.Value)
	if value == "" && (sign == "=" || sign == "!=") {
		return path + " " + sign + " null", nil
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return "", badFilter(f.Field, "Enter a number for %s.", label)
	}
	return path + " " + sign + " " + strconv.FormatFloat(n, 'f', -1, 64), nil
}

var relativeDate = regexp.MustCompile(`^(TODAY|YESTERDAY|TOMORROW|(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)|LAST_90_DAYS|` +
	`(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|YEARS):\d{1,4})$`)

var spokenDays = regexp.MustCompile(`^(LAST|NEXT) (\d{1,4}) (DAYS|WEEKS|MONTHS|YEARS)$`)

// compareDate takes 2026-01-31 and the relative words of list views: TODAY, LAST WEEK, LAST 30 DAYS.
func compareDate(path, kind string, f filterOut, label string, zone *time.Location) (string, error) {
	sign, ok := comparisons[f.Operation]
	if !ok {
		return "", badFilter(f.Field, "%s is a date; it can't be compared with %s.", label, f.Operation)
	}
	value := strings.ToUpper(strings.TrimSpace(f.Value))
	if value == "" && (sign == "=" || sign == "!=") {
		return path + " " + sign + " null", nil
	}
	value = spokenDays.ReplaceAllString(value, "${1}_N_${3}:${2}")
	if word := strings.ReplaceAll(value, " ", "_"); relativeDate.MatchString(word) {
		return path + " " + sign + " " + word, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, value, zone)
	if err != nil {
		return "", badFilter(f.Field, "Enter a date for %s as YYYY-MM-DD, or a word such as TODAY or LAST 30 DAYS.", label)
	}
	if kind == "date" {
		return path + " " + sign + " " + value, nil
	}
	start, end := day.UTC().Format(time.RFC3339), day.AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	switch sign {
	case "=":
		return fmt.Sprintf("(%s >= %s AND %s < %s)", path, start, path, end), nil
	case "!=":
		return fmt.Sprintf("(%s < %s OR %s >= %s)", path, start, path, end), nil
	case "<", ">=":
		return path + " " + sign + " " + start, nil
	case "<=":
		return path + " < " + end, nil
	}
	return path + " >= " + end, nil
}

// searchedIn is the condition that one of the shown columns holds the words; empty when none can.
func searchedIn(o object, columns []string, words string) string {
	words = strings.TrimSpace(words)
	if words == "" {
		return ""
	}
	var parts []string
	for _, name := range columns {
		f, ok := o.field(name)
		if !ok || !filterable(f) {
			continue
		}
		switch f.Type {
		case "boolean", "int", "double", "currency", "percent", "date", "datetime":
			continue
		case "reference":
			name = f.Relationship + "." + nameField(f.References[0])
		}
		parts = append(parts, name+" LIKE '%"+soql.EscapeLike(words)+"%'")
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}
