package screenflow

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind says which member of a Value counts.
type Kind int

// The kinds of values. Dates and moments are text of a fixed form.
const (
	Null Kind = iota
	Text
	Number
	Boolean
	Date     // 2006-01-02
	DateTime // RFC 3339
	Single   // a record
	List     // records
)

// Value is what a variable holds. It is copied, never changed in place.
type Value struct {
	Kind    Kind
	Text    string // of Text, Date and DateTime
	Number  float64
	Flag    bool
	Record  Record
	Records []Record
}

// Record is a row, or what is to become one. Its fields are not changed in place.
type Record struct {
	Object string
	Fields map[string]Value
}

// Get is a field whatever the case of its name.
func (r Record) Get(name string) Value {
	if v, ok := r.Fields[name]; ok {
		return v
	}
	for have, v := range r.Fields {
		if strings.EqualFold(have, name) {
			return v
		}
	}
	return Value{}
}

// with is the record with a field set.
func (r Record) with(name string, v Value) Record {
	fields := maps.Clone(r.Fields)
	if fields == nil {
		fields = map[string]Value{}
	}
	for have := range fields {
		if strings.EqualFold(have, name) {
			delete(fields, have)
		}
	}
	fields[name] = v
	return Record{r.Object, fields}
}

// TextOf, NumberOf and FlagOf make values.
func TextOf(s string) Value { return Value{Kind: Text, Text: s} }

// NumberOf makes a number.
func NumberOf(n float64) Value { return Value{Kind: Number, Number: n} }

// FlagOf makes true or false.
func FlagOf(b bool) Value { return Value{Kind: Boolean, Flag: b} }

// empty is true of nothing and of a text without characters.
func (v Value) empty() bool {
	return v.Kind == Null || v.Kind == Text && v.Text == "" || v.Kind == List && len(v.Records) == 0
}

// String is the value as a merge field shows it.
func (v Value) String() string {
	switch v.Kind {
	case Text, Date, DateTime:
		return v.Text
	case Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case Boolean:
		return strconv.FormatBool(v.Flag)
	case Single:
		return v.Record.Get("Id").String()
	case List:
		ids := make([]string, 0, len(v.Records))
		for _, r := range v.Records {
			ids = append(ids, r.Get("Id").String())
		}
		return strings.Join(ids, ", ")
	}
	return ""
}

// as turns a value into one of a declared type; false if it is none.
func (v Value) as(kind string) (Value, bool) {
	if v.Kind == Null || v.Kind == Single || v.Kind == List {
		return v, true
	}
	text := strings.TrimSpace(v.String())
	switch kind {
	case "Number", "Currency":
		if text == "" {
			return Value{}, true
		}
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || n-n != 0 { // neither infinite nor none
			return Value{}, false
		}
		return NumberOf(n), true
	case "Boolean":
		if text == "" {
			return FlagOf(false), true
		}
		b, err := strconv.ParseBool(strings.ToLower(text))
		return FlagOf(b), err == nil
	case "Date":
		if text == "" {
			return Value{}, true
		}
		at, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
		return Value{Kind: Date, Text: at.Format(time.DateOnly)}, err == nil
	case "DateTime":
		if text == "" {
			return Value{}, true
		}
		at, err := moment(text)
		return Value{Kind: DateTime, Text: at.UTC().Format(time.RFC3339)}, err == nil
	}
	if v.Kind == Text {
		return v, true
	}
	return TextOf(v.String()), true
}

// moments are the forms in which a moment is written.
var moments = []string{time.RFC3339, "2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04", time.DateOnly}

func moment(text string) (time.Time, error) {
	var failed error
	for _, form := range moments {
		at, err := time.Parse(form, text)
		if err == nil {
			return at, nil
		}
		failed = err
	}
	return time.Time{}, failed
}

// compare orders two values: numbers as such, all else as text; false if there is nothing to compare.
func compare(a, b Value) (int, bool) {
	if a.empty() || b.empty() {
		return 0, false
	}
	if a.Kind == Number || b.Kind == Number {
		x, ok := a.as("Number")
		y, fits := b.as("Number")
		return cmp.Compare(x.Number, y.Number), ok && fits
	}
	if a.Kind == DateTime || b.Kind == DateTime {
		x, ok := a.as("DateTime")
		y, fits := b.as("DateTime")
		return strings.Compare(x.Text, y.Text), ok && fits
	}
	return strings.Compare(a.String(), b.String()), true
}

// equal treats nothing and an empty text alike.
func equal(a, b Value) bool {
	if a.empty() || b.empty() {
		return a.empty() && b.empty()
	}
	order, ok := compare(a, b)
	return ok && order == 0
}

func sorted[T any](m map[string]T) []T {
	all := make([]T, 0, len(m))
	for _, name := range slices.Sorted(maps.Keys(m)) {
		all = append(all, m[name])
	}
	return all
}
