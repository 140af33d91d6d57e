package flow

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"github.com/tailscale/hujson"
)

// Bounds of a flow file.
const (
	MaxFlow    = 256 << 10 // bytes in UTF-8; the CRM's field holds half of it
	MaxActions = 2000
	maxNesting = 64 // of the file's lists and objects
)

// Document is a flow as its file has it. Bytes gives back what was read, to the byte; an edit gives another document in which all that
// it does not change stays as it was written: order, spelling of numbers, white space, keys that nobody knows. It must not be changed.
type Document struct {
	raw  []byte
	text []byte // the same in UTF-8, without its byte-order mark
	form form
	root *hujson.Object
}

// form is how a file's text is written.
type form struct {
	mark []byte // byte-order mark
	wide wide   // the order of UTF-16's bytes; nil for UTF-8
}

type wide interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

var (
	markUTF8 = []byte("\xef\xbb\xbf")
	markLE   = []byte("\xff\xfe")
	markBE   = []byte("\xfe\xff")
)

// Read takes a flow in the old or the new form, in UTF-8 or UTF-16. *Invalid for what is no JSON object, or too large or too deep to be a
// flow; what the flow says is for Compile to judge.
func Read(raw []byte) (Document, error) {
	d := Document{raw: raw, form: formOf(raw)}
	tooLarge := &Invalid{Reason: fmt.Sprintf("it is larger than %d kB, the most that a flow may have", MaxFlow>>10)}
	if len(raw) > 2*MaxFlow+len(markBE) {
		return Document{}, tooLarge
	}
	var whole bool
	if d.text, whole = d.form.decode(raw); !whole {
		return Document{}, &Invalid{Reason: "it begins as UTF-16 and does not go on as such: save it as UTF-8"}
	}
	if len(d.text) > MaxFlow {
		return Document{}, tooLarge
	}
	if nesting(d.text) > maxNesting {
		return Document{}, &Invalid{Reason: fmt.Sprintf("its lists and objects are nested more than %d deep", maxNesting)}
	}
	root, err := hujson.Parse(d.text)
	if err != nil {
		return Document{}, &Invalid{Reason: notJSON(d.text)}
	}
	if !root.IsStandard() {
		return Document{}, &Invalid{Reason: "it is not JSON: comments, and commas before a closing bracket, are not allowed"}
	}
	object, ok := root.Value.(*hujson.Object)
	if !ok {
		return Document{}, &Invalid{Reason: "it is JSON, and no object with the key actions"}
	}
	d.root = object
	return d, nil
}

// Bytes are the file. They must not be changed.
func (d Document) Bytes() []byte { return d.raw }

// Text is the file's text in UTF-8, without its byte-order mark. It must not be changed.
func (d Document) Text() []byte { return d.text }

// Name is what the file calls the flow; "" if it does not say.
func (d Document) Name() string {
	if d.root == nil {
		return ""
	}
	name, _ := textOf(member(d.root, "name"))
	return name
}

// formOf tells by the first bytes. JSON begins with a character of ASCII, so a zero beside it is half of UTF-16.
func formOf(raw []byte) form {
	switch {
	case bytes.HasPrefix(raw, markUTF8):
		return form{mark: markUTF8}
	case bytes.HasPrefix(raw, markLE):
		return form{markLE, binary.LittleEndian}
	case bytes.HasPrefix(raw, markBE):
		return form{markBE, binary.BigEndian}
	case len(raw) > 1 && raw[0] != 0 && raw[1] == 0:
		return form{wide: binary.LittleEndian}
	case len(raw) > 1 && raw[0] == 0 && raw[1] != 0:
		return form{wide: binary.BigEndian}
	}
	return form{}
}

// decode gives the text in UTF-8; false if encode would not lead back.
func (f form) decode(raw []byte) (text []byte, whole bool) {
	body := raw[len(f.mark):]
	if f.wide == nil {
		return body, true
	}
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = f.wide.Uint16(body[2*i:])
	}
	text = []byte(string(utf16.Decode(units)))
	return text, bytes.Equal(f.encode(text), raw)
}

func (f form) encode(text []byte) []byte {
	raw := bytes.Clone(f.mark)
	if f.wide == nil {
		return append(raw, text...)
	}
	for _, unit := range utf16.Encode([]rune(string(text))) {
		raw = f.wide.AppendUint16(raw, unit)
	}
	return raw
}

// nesting is how deep brackets stand in each other, strings left out.
func nesting(text []byte) int {
	depth, deepest, inString := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}

// Invalid says what is wrong with a flow and where.
type Invalid struct {
	Action ActionID // "" when the trouble is not in one action
	Reason string
}

// Error names the action.
func (e *Invalid) Error() string {
	if e.Action == "" {
		return "flow: " + e.Reason
	}
	return fmt.Sprintf("flow: action %s: %s", e.Action, e.Reason)
}

// Load reads and compiles a flow that is to run. *Invalid with the first error that is found.
func Load(raw []byte, blocks Blocks) (Program, error) {
	d, err := Read(raw)
	if err != nil {
		return Program{}, err
	}
	p, findings := Compile(d, blocks)
	return p, Broken(findings)
}

// Broken is the first error among findings, as *Invalid; nil if there is none.
func Broken(findings []Finding) error {
	for _, f := range findings {
		if f.Severity == SeverityError {
			return &Invalid{Action: f.Action, Reason: f.Message()}
		}
	}
	return nil
}
