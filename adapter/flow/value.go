package flow

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Value is what stands in a control: text, a boolean, a number, an expression, or a map or list of such.
type Value struct{ raw any }

// UnmarshalJSON takes any JSON.
func (v *Value) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, &v.raw) }

// unset is true for null and for empty text, which both forms use for a control that nobody filled.
func (v Value) unset() bool { return v.raw == nil || v.raw == "" }

// resolve evaluates expressions against the run's data. The second result is false where a path leads nowhere.
func (v Value) resolve(data map[string]any) (any, bool) { return resolve(v.raw, data) }

func resolve(raw any, data map[string]any) (any, bool) {
	switch raw := raw.(type) {
	case string:
		if strings.HasPrefix(raw, "$.") || strings.HasPrefix(raw, "$[") {
			return lookUp(raw, data)
		}
		return raw, true
	case map[string]any:
		out := map[string]any{}
		for key, inner := range raw {
			if value, found := resolve(inner, data); found {
				out[key] = value
			}
		}
		return out, true
	case []any:
		out := make([]any, 0, len(raw))
		for _, inner := range raw {
			value, _ := resolve(inner, data)
			out = append(out, value)
		}
		return out, true
	}
	return raw, raw != nil
}

// lookUp follows a path such as $.actions.uid-1.results.value.[0].Name. Index 0 of a single object is the object itself, because
// the original hands out one record where its manual shows a list. Source: cti-flows.md §1.4.
func lookUp(path string, data map[string]any) (any, bool) {
	steps, ok := splitPath(path)
	if !ok {
		return nil, false
	}
	var at any = data
	for _, step := range steps {
		switch here := at.(type) {
		case map[string]any:
			next, found := here[step]
			if !found && step == "0" {
				continue
			}
			if !found {
				return nil, false
			}
			at = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(here) {
				return nil, false
			}
			at = here[i]
		default:
			return nil, false
		}
	}
	return at, at != nil
}

// maxSteps bounds a path.
const maxSteps = 64

// splitPath cuts a path into its steps: .name, .[n], [n], ['name'].
func splitPath(path string) (steps []string, ok bool) {
	rest, found := strings.CutPrefix(path, "$")
	if !found {
		return nil, false
	}
	for rest != "" {
		if len(steps) == maxSteps {
			return nil, false
		}
		rest = strings.TrimPrefix(rest, ".")
		var step string
		if inner, bracket := strings.CutPrefix(rest, "["); bracket {
			if step, rest, ok = strings.Cut(inner, "]"); !ok {
				return nil, false
			}
			step = strings.Trim(step, `'"`)
		} else {
			end := strings.IndexAny(rest, ".[")
			if end < 0 {
				end = len(rest)
			}
			step, rest = rest[:end], rest[end:]
		}
		if step == "" {
			return nil, false
		}
		steps = append(steps, step)
	}
	return steps, true
}

// text writes a value as people read it: true, 12, "text"; objects as JSON.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(out)
}
