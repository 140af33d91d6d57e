// Package js says of JSON-like values what JavaScript says of them: casts, comparisons, texts in UTF-16, dates.
//
// Read first: Text, Number, Equal. It is pure and knows no flows. nil stands for undefined, and for null inside a list.
package js

import (
	"math"
	"strconv"
	"strings"
)

// maxDepth is how deep lists are written; JSON-like values are never so deep.
const maxDepth = 64

// Text is String(v), but empty for a value that is unset. An object is "[object Object]", a list its elements with commas.
func Text(v any) string {
	var b strings.Builder
	writeText(&b, v, 0)
	return b.String()
}

func writeText(b *strings.Builder, v any, depth int) {
	switch v := v.(type) {
	case nil:
	case string:
		b.WriteString(v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case float64:
		b.WriteString(Format(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case []any:
		for i, inner := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			if depth < maxDepth {
				writeText(b, inner, depth+1)
			}
		}
	default:
		b.WriteString("[object Object]")
	}
}

// Truthy is Boolean(v): unset, "", 0, NaN and false are not.
func Truthy(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	case int:
		return v != 0
	}
	return true
}

// Plain is a number as JSON keeps it: nil for NaN and the infinities, 0 for -0.
func Plain(f float64) any {
	switch {
	case math.IsNaN(f), math.IsInf(f, 0):
		return nil
	case f == 0:
		return 0.0
	}
	return f
}
