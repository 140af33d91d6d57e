package records

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const maxFound = 2000

// index writes what a record can be found by: its words, and the digits of its telephone numbers.
func (t *Tx) index(ctx context.Context, o schema.Object, id schema.RecordID, row map[string]any) error {
	if !o.Searchable {
		return nil
	}
	if err := t.unindex(ctx, id); err != nil {
		return err
	}
	name, body, phones := searchable(o, row)
	for _, p := range phones {
		if _, err := t.DB.ExecContext(ctx, `INSERT OR IGNORE INTO phone (rev, object, id, field) VALUES (?, ?, ?, ?)`,
			p.rev, o.Name, string(id), p.field); err != nil {
			return err
		}
	}
	_, err := t.DB.ExecContext(ctx, `INSERT INTO words (rowid, name, body) VALUES (?, ?, ?)`, wordRow(id), name, body)
	return err
}

// number is a telephone number as it is found: by its last digits.
type number struct{ rev, field string }

// searchable is what a record can be found by: its name, its other words, its telephone numbers.
func searchable(o schema.Object, row map[string]any) (name, body string, phones []number) {
	var words []string
	for _, f := range o.Fields {
		value, _ := row[f.Name].(string)
		switch {
		case value == "":
		case f.Type == "phone":
			words = append(words, value)
			if rev := reversed(digitsOf(value)); rev != "" {
				phones = append(phones, number{rev, f.Name})
			}
		case f.NameField:
			name = value
		case f.Type == "string" || f.Type == "email" || f.Type == "textarea":
			words = append(words, value)
		}
	}
	return name, strings.Join(words, " "), phones
}

// wordRow is the row of a record in the index of words. All records of an object are in one stretch of rows, so that a search of one
// object never reads what it finds in others.
func wordRow(id schema.RecordID) int64 {
	return schema.Number(string(id[:3]))<<rowBits | schema.Number(string(id[6:15]))&(1<<rowBits-1)
}

// rowBits are enough for the number in any id that an org gives.
const rowBits = 44

// wordRows are the first and the last row that an object's records can have in the index of words.
func (s *Store) wordRows(object schema.Object) (first, last int64) {
	first = wordRow(schema.NewID(object.KeyPrefix, s.pod, 0))
	return first, first | (1<<rowBits - 1)
}

func (t *Tx) unindex(ctx context.Context, id schema.RecordID) error {
	if _, err := t.DB.ExecContext(ctx, `DELETE FROM phone WHERE id = ?`, string(id)); err != nil {
		return err
	}
	_, err := t.DB.ExecContext(ctx, `DELETE FROM words WHERE rowid = ?`, wordRow(id))
	return err
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func reversed(text string) string {
	b := []byte(text)
	slices.Reverse(b)
	return string(b)
}

// Found is a record that a search gave.
type Found struct {
	Object string
	ID     schema.RecordID
}

// minPhone is how many trailing digits find a number. Source: SOQL and SOSL reference.
const minPhone = 4

// FindPhone finds records whose stored number ends with these digits, formatting ignored, in the objects given, in their order.
func (a *Access) FindPhone(ctx context.Context, digits string, objects []string, limit int) ([]Found, error) {
	digits = digitsOf(digits)
	if len(digits) < minPhone {
		return nil, nil
	}
	rev := reversed(digits)
	rows, err := a.DB().QueryContext(ctx, `SELECT DISTINCT object, id FROM phone WHERE rev >= ? AND rev < ? LIMIT ?`, rev, rev+":", maxFound)
	if err != nil {
		return nil, err
	}
	return a.collect(ctx, rows, objects, limit)
}

// FindWords finds records by words: all must begin a word of the record. namesOnly looks at names alone.
func (a *Access) FindWords(ctx context.Context, term string, objects []string, namesOnly bool, limit int) ([]Found, error) {
	match := matchExpression(term)
	if match == "" {
		return nil, nil
	}
	if namesOnly {
		match = "name : (" + match + ")"
	}
	var found []Found
	for _, name := range objects {
		o, err := a.object(name)
		if err != nil {
			continue
		}
		matches, err := a.matching(ctx, o, match)
		if err != nil {
			return nil, err
		}
		if found = append(found, matches...); len(found) >= limit {
			return found[:limit], nil
		}
	}
	return found, nil
}

// matching asks the index of words for one object's records.
func (a *Access) matching(ctx context.Context, o schema.Object, match string) ([]Found, error) {
	first, last := a.Store.wordRows(o)
	rows, err := a.DB().QueryContext(ctx, `SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?`,
		match, first, last, maxFound)
	if err != nil {
		return nil, err
	}
	var found []Found
	for rows.Next() {
		var row int64
		if err := rows.Scan(&row); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		found = append(found, Found{o.Name, schema.NewID(o.KeyPrefix, a.Store.pod, row&(1<<rowBits-1))})
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	return a.seen(ctx, o, found)
}

type scanner interface {
	Next() bool
	Scan(into ...any) error
	Err() error
	Close() error
}

// collect keeps what is in the wanted objects and may be read, in the objects' order.
func (a *Access) collect(ctx context.Context, rows scanner, objects []string, limit int) ([]Found, error) {
	by := map[string][]Found{}
	for rows.Next() {
		var f Found
		if err := rows.Scan(&f.Object, &f.ID); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		by[f.Object] = append(by[f.Object], f)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	var found []Found
	for _, name := range objects {
		o, err := a.object(name)
		if err != nil {
			continue
		}
		seen, err := a.seen(ctx, o, by[o.Name])
		if err != nil {
			return nil, err
		}
		found = append(found, seen...)
	}
	return found[:min(limit, len(found))], nil
}

// seen leaves out records that sharing hides.
func (a *Access) seen(ctx context.Context, o schema.Object, found []Found) ([]Found, error) {
	condition, args := a.Shared(a.Schema(), o, "t0")
	if condition == "" || len(found) == 0 {
		return found, nil
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(found)), ", ")
	for _, f := range found {
		args = append(args, string(f.ID))
	}
	rows, err := a.DB().QueryContext(ctx, `SELECT "Id" FROM `+schema.Table(o.Name)+` t0 WHERE `+condition+` AND "Id" IN (`+marks+`)`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	kept := map[schema.RecordID]bool{}
	for rows.Next() {
		var id schema.RecordID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		kept[id] = true
	}
	return slices.DeleteFunc(found, func(f Found) bool { return !kept[f.ID] }), rows.Err()
}

// matchExpression turns a search term into the index's language: words and phrases, each quoted, AND between them unless OR stands there.
func matchExpression(term string) string {
	var parts []string
	or := false
	for _, word := range termWords(term) {
		switch strings.ToUpper(word) {
		case "AND":
			continue
		case "OR":
			or = len(parts) > 0
			continue
		}
		prefix := strings.HasSuffix(word, "*")
		clean := strings.Trim(strings.Map(func(r rune) rune {
			if r == '"' || r == '*' || r == '?' || r < ' ' {
				return ' '
			}
			return r
		}, word), " ")
		if clean == "" {
			continue
		}
		quoted := `"` + clean + `"`
		if prefix {
			quoted += "*"
		}
		if or {
			parts[len(parts)-1] += " OR " + quoted
			or = false
			continue
		}
		parts = append(parts, quoted)
	}
	for i, part := range parts {
		parts[i] = "(" + part + ")"
	}
	return strings.Join(parts, " AND ")
}

const maxWords = 30

// termWords cuts a term at spaces, phrases in quotes kept together, escapes undone.
func termWords(term string) []string {
	var words []string
	var word strings.Builder
	quoted := false
	end := func() {
		if word.Len() > 0 && len(words) < maxWords {
			words = append(words, word.String())
		}
		word.Reset()
	}
	for i := 0; i < len(term); i++ {
		switch c := term[i]; {
		case c == '\\' && i+1 < len(term):
			i++
			word.WriteByte(term[i])
		case c == '"':
			quoted = !quoted
			end()
		case !quoted && (c == ' ' || c == '(' || c == ')'):
			end()
		default:
			word.WriteByte(c)
		}
	}
	end()
	return words
}

// Search runs SOSL and gives the records, grouped as RETURNING orders them.
func (a *Access) Search(ctx context.Context, text string) ([]Record, error) {
	s, err := soql.ParseSearch(text)
	if err != nil {
		return nil, schema.Fail(400, "MALFORMED_SEARCH", "%s", err)
	}
	term := strings.TrimSpace(s.Term)
	if len([]rune(strings.Trim(term, `*?"\`))) < 2 {
		return nil, schema.Fail(400, "INVALID_SEARCH", "search term must be longer than one character: %s", term)
	}
	if len(s.Returning) == 0 {
		for _, o := range a.Schema().Objects() {
			if o.Searchable && a.On(o).Read {
				s.Returning = append(s.Returning, soql.Returning{Object: o.Name})
			}
		}
	}
	limit := maxFound
	if s.Limit > 0 {
		limit = min(limit, s.Limit)
	}
	var records []Record
	for _, r := range s.Returning {
		o, err := a.object(r.Object)
		if err != nil {
			return nil, err
		}
		found, err := a.find(ctx, s.Group, term, o.Name)
		if err != nil {
			return nil, err
		}
		more, err := a.returning(ctx, o, r, found, limit-len(records))
		if err != nil {
			return nil, err
		}
		records = append(records, more...)
	}
	return records, nil
}

// returning reads the wanted fields of what was found.
func (a *Access) returning(ctx context.Context, o schema.Object, r soql.Returning, found []Found, limit int) ([]Record, error) {
	if len(found) == 0 || limit <= 0 {
		return nil, nil
	}
	q := &soql.Query{From: o.Name, OrderBy: r.OrderBy, Offset: r.Offset}
	for _, name := range r.Fields {
		q.Fields = append(q.Fields, soql.Field{Expr: soql.Expr{Path: strings.Split(name, ".")}})
	}
	if len(q.Fields) == 0 {
		q.Fields = []soql.Field{{Expr: soql.Expr{Path: []string{"Id"}}}}
	}
	in := soql.In{Expr: soql.Expr{Path: []string{"Id"}}, Op: "IN"}
	for _, f := range found {
		in.Values = append(in.Values, soql.Value{Kind: soql.String, Text: string(f.ID)})
	}
	q.Where = in
	if r.Where != nil {
		q.Where = soql.And{Parts: []soql.Cond{in, r.Where}}
	}
	if r.Limit > 0 {
		limit = min(limit, r.Limit)
	}
	q.Limit = &limit
	page, err := a.page(ctx, q, 0, false)
	return page.Records, err
}
