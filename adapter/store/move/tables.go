package move

import "strings"

// table is one that is moved. Its first columns are its key, by whose order it is read.
type table struct {
	name     string
	key      int // how many columns
	columns  []column
	kept     string // a condition on the rows that are moved; "" for all
	numbered bool   // new rows are numbered by the database, in the column id
}

type column struct {
	name string
	kind kind
}

type kind uint8

const (
	text kind = iota
	number
	real
	raw
)

// tables are all that the store keeps.
var tables = []table{
	{name: "session", key: 1, columns: columns("token_hash text, user_id text, username text, name text, instance text, refresh raw, " +
		"access raw, expires number")},
	{name: "binding", key: 1, columns: columns("user_id text, username text, at number")},
	{name: "fact", key: 1, numbered: true, columns: columns("id number, user_id text, key text, at number, body raw, sum number")},
	{name: "state", key: 1, numbered: true, kept: "user_id <> ''", // nobody's shows whether there can be written
		columns: columns("id number, user_id text, contact text, at number, live number, body raw, sum number")},
	{name: "run", key: 1, numbered: true, columns: columns("id number, user_id text, contact text, lane text, kind text, flow text, " +
		"status text, waits text, open number, fence number, wake number, created number, ended number, problem text, body raw, sum number")},
	{name: "version", key: 1, columns: columns("hash text, script raw, at number")},
	{name: "call", key: 2, columns: columns("user_id text, contact text, at number, number text, queue text, outcome text, open number, " +
		"run number, made number, body raw, sum number")},
	{name: "rejection", key: 2, columns: columns("user_id text, contact text, at number, reason text, detail text, body raw, sum number")},
	{name: "property", key: 3, columns: columns("user_id text, contact text, key text, at number, body raw, sum number")},
	{name: "property_effect", key: 2, columns: columns("user_id text, effect text, contact text, at number, value real")},
	{name: "signed_out", key: 2, columns: columns("user_id text, at number, until number")},
	{name: "presence", key: 1, numbered: true, columns: columns("id number, user_id text, at number, body raw, sum number")},
}

// ofNodes are tables and columns that are not moved: what nodes know of each other is true of the moment only.
var ofNodes = []string{"node", "holding", "page", "letter", "finding", "bucket", "session.renewer", "session.renewing"}

var kinds = map[string]kind{"text": text, "number": number, "real": real, "raw": raw}

// columns reads a list of names with their kinds.
func columns(list string) (all []column) {
	for each := range strings.SplitSeq(list, ", ") {
		name, of, _ := strings.Cut(each, " ")
		all = append(all, column{name, kinds[of]})
	}
	return all
}

func (t table) names() string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// slice is the text that reads rows after one, or the first ones.
func (t table) slice(first bool) string {
	var conditions []string
	if t.kept != "" {
		conditions = append(conditions, t.kept)
	}
	names := strings.Join(strings.SplitN(t.names(), ", ", t.key+1)[:t.key], ", ")
	if !first {
		conditions = append(conditions, "("+names+") > ("+marks(t.key)+")")
	}
	where := ""
	if len(conditions) > 0 {
		where = " WHERE " + strings.Join(conditions, " AND ")
	}
	return "SELECT " + t.names() + " FROM " + t.name + where + " ORDER BY " + names + " LIMIT ?"
}

// insert is the text that writes so many rows.
func (t table) insert(rows int) string {
	row := "(" + marks(len(t.columns)) + ")"
	return "INSERT INTO " + t.name + " (" + t.names() + ") VALUES " + strings.Repeat(row+", ", rows-1) + row
}

func marks(n int) string { return strings.Repeat("?, ", n-1) + "?" }
