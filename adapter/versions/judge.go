package versions

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf16"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Held is a version with its file, as it was found; Err if it cannot be run.
type Held struct {
	Version Version
	Raw     []byte
	Err     error
}

// Verdict says what is to be done with a flow.
type Verdict struct {
	Run     []byte // the file that runs; nil for none
	Number  int    // its version; 0 if it is none yet
	TakeIn  []byte // what somebody wrote into the CRM, which is to be kept as a version; nil for nothing
	Adopt   bool   // that version is then the active one
	Refused string // why what was written does not run, as a part of a sentence; "" if it does, or nothing was
	Damaged string // why the active version does not run, as a sentence; "" if it is well
}

// Rules say what a file must be: to be made active, and to run at all.
type Rules struct{ May, Can func(raw []byte) error }

// Judge compares a flow's Script, which anybody may edit in the CRM, with the version that is active; held is nil if none ever was. Such
// a flow goes on as it did before there were versions, if it can run at all.
func Judge(script string, held *Held, rules Rules) Verdict {
	var v Verdict
	switch {
	case held == nil:
	case held.Err != nil: // it never runs; what the CRM shows of it is all that is left
		v.Damaged = fmt.Sprintf("Version %d is damaged (%s) and never runs", held.Version.Number,
			strings.TrimPrefix(held.Err.Error(), ErrDamaged.Error()+": "))
	case Same(script, held.Raw):
		return Verdict{Run: held.Raw, Number: held.Version.Number}
	default:
		v.Run, v.Number = held.Raw, held.Version.Number
	}
	written := []byte(script)
	if strings.TrimSpace(script) == "" {
		v.Refused = "its Script is empty"
		return v
	}
	v.TakeIn = written
	if err := rules.May(written); err != nil {
		v.Refused = reason(err)
		if held == nil && rules.Can(written) == nil {
			v.Run = written
		}
		return v
	}
	v.Adopt = true
	if v.Number == 0 {
		v.Run = written // before the version is there; an edit waits for it, so that all nodes run the same
	}
	return v
}

// reason is an error as a part of a sentence.
func reason(err error) string {
	return strings.TrimSuffix(strings.TrimPrefix(err.Error(), "flow: "), ".")
}

// Same says whether a text of the CRM is the flow of a file: the platform trims texts and writes line breaks its own way, so what counts
// is what it says as JSON.
func Same(script string, raw []byte) bool {
	a, err := flow.Read([]byte(script))
	if err != nil {
		return false
	}
	b, err := flow.Read(raw)
	if err != nil {
		return false
	}
	x, y := valueOf(a), valueOf(b)
	return x != nil && reflect.DeepEqual(x, y)
}

// valueOf is a flow as JSON has it, with its numbers as they are spelled; nil if it is none.
func valueOf(d flow.Document) (value any) {
	in := json.NewDecoder(bytes.NewReader(d.Text()))
	in.UseNumber()
	if in.Decode(&value) != nil {
		return nil
	}
	return value
}

// scriptOf is a file as the CRM's field shows it to people and to the original. An error if it does not fit.
func scriptOf(d flow.Document) (string, error) {
	text := d.Text()
	if lengthOf(text) > flow.MaxScript {
		var small bytes.Buffer
		if err := json.Compact(&small, text); err != nil {
			return "", err
		}
		text = small.Bytes()
	}
	if n := lengthOf(text); n > flow.MaxScript {
		return "", fmt.Errorf("it has %d characters, and the field Script of the CRM, where people see the active flow, holds %d", n,
			flow.MaxScript)
	}
	// To the API, @{ in a text is a name of an earlier answer. In JSON it stands in strings only.
	return strings.ReplaceAll(strings.ToValidUTF8(string(text), "\uFFFD"), "@{", `@\u007b`), nil
}

// lengthOf counts as the platform does: UTF-16, and two for a line break.
func lengthOf(text []byte) int {
	return len(utf16.Encode([]rune(string(text)))) + bytes.Count(text, []byte("\n")) + 5*bytes.Count(text, []byte("@{"))
}
