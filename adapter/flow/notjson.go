package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"unicode/utf8"
)

// notJSON says in words for people what keeps a text from being read as a flow, and where.
func notJSON(text []byte, err error) string {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return "not JSON: " + placeIn(text, syntax.Offset)
	}
	if shape, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("%q is %s where %s is wanted (%s)", shape.Field, given[shape.Value], wantedIn(shape.Type), placeIn(text, shape.Offset))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "not JSON: it ends too early, or is empty"
	}
	return "not JSON"
}

// placeIn is a place as an editor shows it: the byte before offset is the one at fault.
func placeIn(text []byte, offset int64) string {
	before := text[:max(0, min(int(offset)-1, len(text)))]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("line %d, character %d", 1+bytes.Count(before, []byte("\n")), 1+utf8.RuneCount(line))
}

// given are the values of JSON as people call them.
var given = map[string]string{
	"number": "a number", "string": "a text", "bool": "true or false", "array": "a list", "object": "an object",
}

func wantedIn(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "a text"
}
