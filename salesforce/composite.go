package salesforce

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Composite is requests that the org carries out in turn and counts as one. Source: REST API developer guide, Composite.
type Composite struct {
	Parts []Part // at most 25, five of them queries
	// AllOrNone takes all back when one fails.
	AllOrNone bool
	// Repeatable says that a second one does no harm, as where all of it fails on a value that is unique: it is sent again when no
	// whole answer came, too.
	Repeatable bool
}

const (
	maxParts   = 25
	maxQueries = 5 // among them
)

// Part is one of its requests.
type Part struct {
	Name         string // letters and digits; what later parts and answers call it
	method, path string
	body         map[string]json.RawMessage
	bad          error // of values that are no JSON
}

// Ref is where a value comes from: it is known, or an earlier part's answer has it. It may stand among Values.
type Ref struct{ text, known string }

// From is a field of an earlier part's answer, by a path such as id or records[0].Name.
func From(part, path string) Ref { return Ref{text: "@{" + part + "." + path + "}"} }

// ID is a record's id that is known.
func ID(id string) Ref { return Ref{known: id} }

// MarshalJSON writes it as a text.
func (r Ref) MarshalJSON() ([]byte, error) { return json.Marshal(r.text + r.known) }

func (r Ref) inPath() string { return r.text + url.PathEscape(r.known) }

// Insert creates a record; its answer has the field id.
func Insert(name, object string, values Values) Part {
	return Part{Name: name, method: http.MethodPost, path: "/sobjects/" + url.PathEscape(object)}.with(values)
}

// Change updates a record.
func Change(name, object string, id Ref, values Values) Part {
	return Part{Name: name, method: http.MethodPatch, path: "/sobjects/" + url.PathEscape(object) + "/" + id.inPath()}.with(values)
}

// Read reads fields of a record.
func Read(name, object string, id Ref, fields ...string) Part {
	where := "/sobjects/" + url.PathEscape(object) + "/" + id.inPath()
	return Part{Name: name, method: http.MethodGet, path: where + "?fields=" + strings.Join(fields, ",")}
}

const queryPath = "/query"

// Ask runs SOQL; its answer has the field records.
func Ask(name, soql string) Part {
	return Part{Name: name, method: http.MethodGet, path: queryPath + query(map[string]string{"q": soql})}
}

// with gives a part its body. A text that looks like a reference to another part is none: people write it, and it would name what the
// org put there. The platform has no escape for it, so a space is put into it.
func (p Part) with(values Values) Part {
	p.body = map[string]json.RawMessage{}
	for name, value := range values {
		text, err := json.Marshal(value)
		if err != nil {
			p.bad = fmt.Errorf("%s: %w", name, err)
			return p
		}
		if _, isRef := value.(Ref); !isRef {
			text = harmless(text)
		}
		p.body[name] = text
	}
	return p
}

// harmless has no reference in any text. In JSON, @ stands in texts only.
func harmless(text []byte) []byte {
	if bytes.Contains(text, []byte(`\u00`)) { // written by somebody else, perhaps with @ or { escaped
		var value any
		in := json.NewDecoder(bytes.NewReader(text))
		in.UseNumber()
		if in.Decode(&value) == nil {
			if plain, err := json.Marshal(value); err == nil {
				text = plain
			}
		}
	}
	return bytes.ReplaceAll(text, []byte("@{"), []byte("@ {"))
}

// Answer is what became of one part.
type Answer struct {
	Name   string
	Status int // HTTP status
	Body   json.RawMessage
	Err    *Error // nil if it went well
}

// Answers are those of a composite, in the order of its parts.
type Answers []Answer

// Into decodes the answer of a part; the error is the part's own, or that there is no such answer.
func (a Answers) Into(name string, out any) error {
	for _, one := range a {
		switch {
		case one.Name != name:
			continue
		case one.Err != nil:
			return one.Err
		}
		if err := json.Unmarshal(one.Body, out); err != nil {
			return fmt.Errorf("composite, %s: %w", name, err)
		}
		return nil
	}
	return fmt.Errorf("composite: no answer to %s", name)
}

// ID is the id that a part's answer has.
func (a Answers) ID(name string) (string, error) {
	var made struct {
		ID string `json:"id"`
	}
	err := a.Into(name, &made)
	return made.ID, err
}

// PartError is why a composite of all or none was taken back.
type PartError struct {
	Part string
	Err  *Error
}

// Error names the part.
func (e *PartError) Error() string { return "composite, " + e.Part + ": " + e.Err.Error() }

// Unwrap is the platform's error.
func (e *PartError) Unwrap() error { return e.Err }

const halted = "PROCESSING_HALTED" // the code of a part that failed because another did

type partIn struct {
	Method string                     `json:"method"`
	URL    string                     `json:"url"`
	Name   string                     `json:"referenceId"`
	Body   map[string]json.RawMessage `json:"body,omitempty"`
}

type partOut struct {
	Body   json.RawMessage `json:"body"`
	Status int             `json:"httpStatusCode"`
	Name   string          `json:"referenceId"`
}

// Composite carries out parts in turn. With AllOrNone the error is a *PartError when one failed; without it each Answer has its own.
func (c *Client) Composite(ctx context.Context, all Composite) (Answers, error) {
	queries := 0
	for _, p := range all.Parts {
		if strings.HasPrefix(p.path, queryPath) {
			queries++
		}
	}
	if len(all.Parts) == 0 || len(all.Parts) > maxParts || queries > maxQueries {
		return nil, fmt.Errorf("composite: %d parts, %d of them queries", len(all.Parts), queries)
	}
	in := struct {
		AllOrNone bool     `json:"allOrNone"`
		Parts     []partIn `json:"compositeRequest"`
	}{AllOrNone: all.AllOrNone}
	for _, p := range all.Parts {
		if p.bad != nil {
			return nil, fmt.Errorf("composite, %s: %w", p.Name, p.bad)
		}
		in.Parts = append(in.Parts, partIn{p.method, dataPath + p.path, p.Name, p.body})
	}
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	var out struct {
		Parts []partOut `json:"compositeResponse"`
	}
	var answers Answers
	r := request{method: http.MethodPost, path: dataPath + "/composite", body: body, kind: jsonKind, repeatable: all.Repeatable}
	r.check = func() error {
		if len(out.Parts) != len(all.Parts) {
			return fmt.Errorf("composite: %d answers to %d parts", len(out.Parts), len(all.Parts))
		}
		answers = answered(all.Parts, out.Parts)
		if all.AllOrNone {
			return answers.failed()
		}
		return nil
	}
	if err = c.send(ctx, r, &out); err == nil && answers == nil {
		err = errors.New("composite: no answer")
	}
	return answers, err
}

func answered(parts []Part, out []partOut) Answers {
	answers := make(Answers, len(out))
	for i, one := range out {
		answers[i] = Answer{Name: one.Name, Status: one.Status, Body: one.Body}
		if one.Status >= http.StatusMultipleChoices {
			answers[i].Err = decodeError(one.Status, parts[i].method, pathOnly(parts[i].path), one.Body)
		}
	}
	return answers
}

// failed is the error that took the others back; nil if there is none.
func (a Answers) failed() error {
	var first *PartError
	for _, one := range a {
		if one.Err == nil {
			continue
		}
		if one.Err.Code != halted {
			return &PartError{one.Name, one.Err}
		}
		if first == nil {
			first = &PartError{one.Name, one.Err}
		}
	}
	if first == nil {
		return nil
	}
	return first
}
