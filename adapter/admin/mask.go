package admin

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/store"
)

// Hidden stands in the place of what is masked.
const Hidden = "••••"

// Mask hides the values of some attributes of contacts, wherever they stand. The zero value hides nothing.
type Mask struct{ names map[string]bool }

// NewMask hides the values of attributes by their names; capital letters do not matter.
func NewMask(names []string) Mask {
	m := Mask{map[string]bool{}}
	for _, name := range names {
		m.names[strings.ToLower(name)] = true
	}
	return m
}

// hides says whether there is anything to hide.
func (m Mask) hides() bool { return len(m.names) > 0 }

// Attributes are a contact's with the hidden ones masked.
func (m Mask) Attributes(all map[string]string) map[string]string {
	if len(m.names) == 0 || len(all) == 0 {
		return all
	}
	out := maps.Clone(all)
	for name := range out {
		if m.names[strings.ToLower(name)] {
			out[name] = Hidden
		}
	}
	return out
}

// secrets are the values that must not be seen, the longest first, so that none is left in a part.
func (m Mask) secrets(attributes map[string]string) (values []string) {
	for name, value := range attributes {
		if m.names[strings.ToLower(name)] && value != "" && value != Hidden {
			values = append(values, value)
		}
	}
	slices.SortFunc(values, func(x, y string) int { return len(y) - len(x) })
	return values
}

// Run is a run without the values of its contact's hidden attributes: in its fact, in what its steps were given and gave, in its problem.
func (m Mask) Run(r store.Run) store.Run {
	c := r.Body.Fact.Contact
	if c == nil {
		return r
	}
	secrets := m.secrets(c.Attributes)
	if len(secrets) == 0 {
		return r
	}
	shown := *c
	shown.Attributes = m.Attributes(c.Attributes)
	r.Body.Fact.Contact = &shown
	r.Problem = hide(r.Problem, secrets)
	r.Body.Steps = hideIn(r.Body.Steps, secrets)
	r.Body.Fact.Payload = hideIn(r.Body.Fact.Payload, secrets)
	return r
}

func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, Hidden)
	}
	return text
}

// hideIn hides in every text of a JSON document. One that cannot be read is left out.
func hideIn(document json.RawMessage, secrets []string) json.RawMessage {
	if len(document) == 0 {
		return document
	}
	decoder := json.NewDecoder(strings.NewReader(string(document)))
	decoder.UseNumber() // as they were written
	var v any
	if decoder.Decode(&v) != nil {
		return nil
	}
	out, err := json.Marshal(hideValue(v, secrets))
	if err != nil {
		return nil
	}
	return out
}

func hideValue(v any, secrets []string) any {
	switch v := v.(type) {
	case string:
		return hide(v, secrets)
	case json.Number:
		if slices.Contains(secrets, v.String()) {
			return Hidden
		}
	case []any:
		for i := range v {
			v[i] = hideValue(v[i], secrets)
		}
	case map[string]any:
		for key, inner := range v {
			v[key] = hideValue(inner, secrets)
		}
	}
	return v
}
