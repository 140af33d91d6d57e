package rest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// answers are what earlier subrequests of a composite have answered, by their reference ids.
type answers map[string]any

func (a answers) keep(reference string, body json.RawMessage) {
	var value any
	if json.Unmarshal(body, &value) == nil {
		a[reference] = value
	}
}

// reference is @{ref.field}, @{ref[0].id} or @{ref.records[0].Name}.
var reference = regexp.MustCompile(`@\{(\w+)((?:\.\w+|\[\d{1,4}\])*)\}`)

// fill puts values in the place of their references; a complaint is about one that has none.
func (a answers) fill(text string, escape func(string) string) (out, complaint string) {
	out = reference.ReplaceAllStringFunc(text, func(found string) string {
		parts := reference.FindStringSubmatch(found)
		value, has := step(a[parts[1]], parts[2])
		if !has {
			complaint = fmt.Sprintf("Invalid reference specified. No value for %s%s found in %s", parts[1], parts[2], parts[1])
			return ""
		}
		return escape(value)
	})
	return out, complaint
}

var oneStep = regexp.MustCompile(`\.(\w+)|\[(\d+)\]`)

// step follows a path to a value that is no list and no object.
func step(value any, path string) (string, bool) {
	for _, part := range oneStep.FindAllStringSubmatch(path, -1) {
		switch v := value.(type) {
		case map[string]any:
			value = member(v, part[1])
		case []any:
			i, err := strconv.Atoi(part[2])
			if err != nil || i >= len(v) {
				return "", false
			}
			value = v[i]
		default:
			return "", false
		}
	}
	switch v := value.(type) {
	case string:
		return v, true
	case float64, bool:
		return fmt.Sprint(v), true
	}
	return "", false
}

// member finds a field by its name, whatever its case.
func member(fields map[string]any, name string) any {
	if v, exact := fields[name]; exact {
		return v
	}
	for field, v := range fields {
		if strings.EqualFold(field, name) {
			return v
		}
	}
	return nil
}

// inJSON escapes a value that stands within a text of JSON.
func inJSON(value string) string {
	quoted, _ := json.Marshal(value) // text always is JSON
	return string(quoted[1 : len(quoted)-1])
}
