package flow

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// notJSON says in words for people what keeps a text from being JSON, and where.
func notJSON(text []byte) string {
	var any json.RawMessage
	if syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(text, &any)); ok && syntax.Offset < int64(len(text)) {
		return "it is not JSON: " + placeIn(text, syntax.Offset)
	}
	return "it is not JSON: it ends too early, or is empty"
}

// placeIn is a place as an editor shows it: the byte before offset is the one at fault.
func placeIn(text []byte, offset int64) string {
	before := text[:max(0, min(int(offset)-1, len(text)))]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("line %d, character %d", 1+bytes.Count(before, []byte("\n")), 1+utf8.RuneCount(line))
}
