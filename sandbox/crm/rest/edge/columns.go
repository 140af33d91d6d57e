package edge

import (
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// RecordColumns describes the columns of a query of records that is known to run.
func RecordColumns(actor *crm.Actor, text string) (map[string]any, error) {
	q, err := soql.Parse(text)
	if err != nil {
		return nil, err
	}
	d, err := actor.Describe(q.From)
	if err != nil {
		return nil, err
	}
	return Columns(q, d), nil
}

// Columns describes the columns of a query of an object. Parents and sub-queries hold their own. Source:
// REST API developer guide.
func Columns(q *soql.Query, d records.Described) map[string]any {
	list, hasID := []map[string]any{}, false
	for i, f := range q.Fields {
		column := plainColumn("")
		var name, shown string
		switch {
		case f.Sub != nil:
			var joins []any
			for _, sub := range f.Sub.Fields {
				joins = append(joins, plainColumn(sub.Expr.String()))
			}
			name, shown, column["aggregate"], column["joinColumns"] = f.Sub.From, f.Sub.From, true, joins
		case f.Expr.Func != "":
			if name = f.Alias; name == "" {
				name = "expr" + strconv.Itoa(i%10)
			}
			shown, column["aggregate"] = f.Expr.String(), true
		case len(f.Expr.Path) > 1:
			name, shown = f.Expr.Path[0], f.Expr.Path[0]
			column["joinColumns"] = []any{plainColumn(strings.Join(f.Expr.Path[1:], "."))}
		default:
			name = f.Expr.Path[0]
			hasID = hasID || strings.EqualFold(name, "Id")
			if field, found := d.Field(name); found {
				name = field.Name
				column["booleanType"], column["custom"] = field.Type == "boolean", field.Custom
			}
			shown = name
		}
		column["columnName"], column["displayName"] = name, shown
		list = append(list, column)
	}
	var prefix any
	if d.KeyPrefix != "" {
		prefix = d.KeyPrefix
	}
	return map[string]any{
		"columnMetadata": list, "entityName": d.Name, "groupBy": len(q.GroupBy) > 0, "idSelected": hasID,
		"keyPrefix": prefix,
	}
}

func plainColumn(name string) map[string]any {
	return map[string]any{
		"aggregate": false, "apexType": "string", "booleanType": false, "columnName": name, "custom": false,
		"displayName": name, "foreignKeyName": nil, "insertable": true, "joinColumns": []any{}, "numberType": false,
		"textType": true, "updatable": true,
	}
}
