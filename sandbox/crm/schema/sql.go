package schema

// Table is an object's table, quoted; the name comes from checked metadata.
func Table(object string) string { return `"o_` + object + `"` }

// Column is a field's column, quoted; the name comes from checked metadata.
func Column(field string) string { return `"` + field + `"` }
