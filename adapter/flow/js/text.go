package js

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// space is what the language trims: white space and ends of lines. Source: ECMA-262, 12.2 and 12.3.
const space = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a" +
	"\u2028\u2029\u202f\u205f\u3000\ufeff"

// Trim is s.trim().
func Trim(s string) string { return strings.Trim(s, space) }

// Length is how many UTF-16 units a text has, or a list elements; other values have none.
func Length(v any) int {
	switch v := v.(type) {
	case string:
		n := 0
		for _, r := range v {
			n += max(1, utf16.RuneLen(r))
		}
		return n
	case []any:
		return len(v)
	}
	return 0
}

// Slice is v.slice(start, end) of a text or a list; an end that is nil is the end. Half of a surrogate pair becomes U+FFFD. nil for others.
func Slice(v any, start, end any) any {
	n := Length(v)
	from, to := position(Integer(start), n), n
	if end != nil {
		to = position(Integer(end), n)
	}
	to = max(from, to)
	switch v := v.(type) {
	case string:
		return string(utf16.Decode(utf16.Encode([]rune(v))[from:to]))
	case []any:
		return slices.Clone(v[from:to])
	}
	return nil
}

// position counts from the end where it is negative, and keeps within n.
func position(i, n int) int {
	if i < 0 {
		i += n
	}
	return max(0, min(i, n))
}

// Equal says whether two values are the same: as numbers if both are numbers or texts of such, else as texts. What is unset is the same as
// what is unset or empty.
func Equal(a, b any) bool {
	if x, ok := Numeric(a); ok {
		if y, ok := Numeric(b); ok {
			return x == y
		}
	}
	return Text(a) == Text(b)
}

// Less says whether a is before b: as numbers if both are numbers or texts of such, else as texts by their UTF-16 units. What is unset is
// neither before nor after anything.
func Less(a, b any) bool {
	if a == nil || b == nil {
		return false
	}
	if x, ok := Numeric(a); ok {
		if y, ok := Numeric(b); ok {
			return x < y
		}
	}
	return slices.Compare(utf16.Encode([]rune(Text(a))), utf16.Encode([]rune(Text(b)))) < 0
}
