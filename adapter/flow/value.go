package flow

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow/js"
)

// Value is what stands in a control: text, a boolean, a number, an expression, or a map or list of such. It is read once, when the
// flow is parsed.
type Value struct{ node any }

// What a node may be beside plain JSON: an expression, and a map or list that holds one.
type (
	path struct {
		steps []string // none: it leads nowhere
		text  string
	}
	mapNode map[string]any
	list    []any
)

// valueOf finds the expressions in plain JSON.
func valueOf(raw any) Value {
	node, _ := compile(raw)
	return Value{node}
}

// compile finds the expressions; the second result is true where there are none, so that the value can be used as it is.
func compile(raw any) (node any, plain bool) {
	switch raw := raw.(type) {
	case string:
		if IsExpression(raw) {
			steps, _ := Path(raw)
			return path{steps, raw}, false
		}
	case map[string]any:
		out, plain := mapNode{}, true
		for key, inner := range raw {
			node, isPlain := compile(inner)
			out[key], plain = node, plain && isPlain
		}
		if !plain {
			return out, false
		}
	case []any:
		out, plain := make(list, len(raw)), true
		for i, inner := range raw {
			node, isPlain := compile(inner)
			out[i], plain = node, plain && isPlain
		}
		if !plain {
			return out, false
		}
	}
	return raw, true
}

// unset is true for null and for empty text, which both forms use for a control that nobody filled.
func (v Value) unset() bool { return v.node == nil || v.node == "" }

// Plain is the value as the file has it: text, booleans, numbers, maps and lists. It must not be changed.
func (v Value) Plain() any { return plain(v.node) }

func plain(node any) any {
	switch node := node.(type) {
	case path:
		return node.text
	case mapNode:
		out := make(map[string]any, len(node))
		for key, inner := range node {
			out[key] = plain(inner)
		}
		return out
	case list:
		out := make([]any, len(node))
		for i, inner := range node {
			out[i] = plain(inner)
		}
		return out
	}
	return node
}

// Texts visits every text in the value, expressions too, in an order that is the same each time.
func (v Value) Texts(visit func(text string)) { texts(v.node, visit) }

func texts(node any, visit func(string)) {
	switch node := node.(type) {
	case string:
		visit(node)
	case path:
		visit(node.text)
	case map[string]any:
		for _, key := range SortedKeys(node) {
			texts(node[key], visit)
		}
	case mapNode:
		for _, key := range SortedKeys(node) {
			texts(node[key], visit)
		}
	case []any:
		for _, inner := range node {
			texts(inner, visit)
		}
	case list:
		for _, inner := range node {
			texts(inner, visit)
		}
	}
}

// resolve evaluates expressions against the run's data, as far as the meter goes. The second result is false where a path leads
// nowhere: in a map its key is left out.
func (v Value) resolve(s *scope, m *meter) (any, bool) { return resolve(v.node, s, m) }

func resolve(node any, s *scope, m *meter) (any, bool) {
	switch node := node.(type) {
	case path:
		value, found := s.find(node.steps)
		m.take(perNode)
		m.add(value)
		return value, found
	case mapNode:
		out := map[string]any{}
		for key, inner := range node {
			if m.over() {
				return nil, false
			}
			m.take(perNode + len(key))
			if value, found := resolve(inner, s, m); found {
				out[key] = value
			}
		}
		return out, true
	case list:
		out := make([]any, 0, len(node))
		for _, inner := range node {
			if m.over() {
				return nil, false
			}
			value, _ := resolve(inner, s, m)
			out = append(out, value)
		}
		return out, true
	}
	m.add(node)
	return node, node != nil
}

// Follow walks from a value by a key path, such as Account.Name or [0].Id; false where that leads nowhere.
func Follow(value any, keyPath string) (any, bool) {
	steps, ok := Path("$." + keyPath)
	if !ok {
		return nil, false
	}
	return follow(value, steps)
}

// follow walks on from a value. Index 0 of a single object is the object itself, because the original hands out one record where its
// manual shows a list. Source: the original adapter's manual.
func follow(at any, steps []string) (any, bool) {
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

// maxPath bounds the steps of a path.
const maxPath = 64

// IsExpression says whether text stands for what a path leads to.
func IsExpression(text string) bool {
	return strings.HasPrefix(text, "$.") || strings.HasPrefix(text, "$[")
}

// Path cuts a path such as $.actions.uid-1.results.value.[0].Name into its steps: .name, .[n], [n], ['name'].
func Path(path string) (steps []string, ok bool) {
	rest, found := strings.CutPrefix(path, "$")
	if !found {
		return nil, false
	}
	for rest != "" {
		if len(steps) == maxPath {
			return nil, false
		}
		var step string
		if step, rest, ok = cutStep(rest); !ok {
			return nil, false
		}
		steps = append(steps, step)
	}
	return steps, true
}

// cutStep takes the first step of what is left of a path; false if that is none.
func cutStep(path string) (step, rest string, ok bool) {
	rest = strings.TrimPrefix(path, ".")
	if inner, bracket := strings.CutPrefix(rest, "["); bracket {
		if step, rest, ok = strings.Cut(inner, "]"); !ok {
			return "", "", false
		}
		step = strings.Trim(step, `'"`)
		return step, rest, step != ""
	}
	end := strings.IndexAny(rest, ".[")
	if end < 0 {
		end = len(rest)
	}
	return rest[:end], rest[end:], end > 0
}

// text writes a value as people read it: true, 12, "text"; objects and lists as JSON.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return js.Format(v)
	}
	out, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(out)
}
