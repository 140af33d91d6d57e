package flow

import (
	"bytes"
	"math"
	"strconv"

	"github.com/tailscale/hujson"
)

// member is an object's value of a key; nil if it has none. Of several the last counts, as for everybody who reads JSON.
func member(of *hujson.Object, key string) *hujson.Value {
	if of == nil {
		return nil
	}
	for i := len(of.Members) - 1; i >= 0; i-- {
		if keyOf(&of.Members[i]) == key {
			return &of.Members[i].Value
		}
	}
	return nil
}

func keyOf(m *hujson.ObjectMember) string {
	literal, _ := m.Name.Value.(hujson.Literal)
	return unquote(literal)
}

func unquote(literal hujson.Literal) string {
	if inner := literal[1 : len(literal)-1]; bytes.IndexByte(inner, '\\') < 0 {
		return string(bytes.ToValidUTF8(inner, []byte("\uFFFD")))
	}
	return literal.String()
}

// textOf is a value that is text.
func textOf(v *hujson.Value) (string, bool) {
	if v == nil {
		return "", false
	}
	if literal, ok := v.Value.(hujson.Literal); ok && literal.Kind() == '"' {
		return unquote(literal), true
	}
	return "", false
}

func isNull(v *hujson.Value) bool {
	literal, ok := v.Value.(hujson.Literal)
	return ok && literal.Kind() == 'n'
}

// objectOf is a value that is an object. Absent and null are an empty one.
func objectOf(v *hujson.Value) (*hujson.Object, bool) {
	if v == nil || isNull(v) {
		return nil, true
	}
	object, ok := v.Value.(*hujson.Object)
	return object, ok
}

// members are an object's keys and values in the order of the file, of a key that is there twice the last.
func members(of *hujson.Object, each func(key string, value *hujson.Value)) {
	if of == nil {
		return
	}
	last := lastOf(of)
	for i := range of.Members {
		if key := keyOf(&of.Members[i]); last[key] == i {
			each(key, &of.Members[i].Value)
		}
	}
}

func lastOf(of *hujson.Object) map[string]int {
	last := make(map[string]int, len(of.Members))
	for i := range of.Members {
		last[keyOf(&of.Members[i])] = i
	}
	return last
}

// repeated is a key that an object, or one in it, has twice.
func repeated(v *hujson.Value) (key string, found bool) {
	for inner := range v.All() {
		object, ok := inner.Value.(*hujson.Object)
		if !ok || len(lastOf(object)) == len(object.Members) {
			continue
		}
		seen := map[string]bool{}
		for i := range object.Members {
			if key = keyOf(&object.Members[i]); seen[key] {
				return key, true
			}
			seen[key] = true
		}
	}
	return "", false
}

// plainOf is a value as Go has it; false for a number that is too large to be one.
func plainOf(v *hujson.Value) (any, bool) {
	switch value := v.Value.(type) {
	case *hujson.Object:
		out, fits := make(map[string]any, len(value.Members)), true
		for i := range value.Members {
			inner, ok := plainOf(&value.Members[i].Value)
			out[keyOf(&value.Members[i])], fits = inner, fits && ok
		}
		return out, fits
	case *hujson.Array:
		out, fits := make([]any, len(value.Elements)), true
		for i := range value.Elements {
			inner, ok := plainOf(&value.Elements[i])
			out[i], fits = inner, fits && ok
		}
		return out, fits
	case hujson.Literal:
		switch value.Kind() {
		case '"':
			return unquote(value), true
		case 't', 'f':
			return value.Bool(), true
		case '0':
			n, _ := strconv.ParseFloat(string(value), 64)
			return n, !math.IsInf(n, 0)
		}
	}
	return nil, true
}
