package flow

import (
	"strings"
	"testing"
)

// Who mends a flow is an administrator, not a programmer.
func TestWhatIsNoFlowIsSaidInWords(t *testing.T) {
	for text, want := range map[string]string{
		`{ broken`:                              "not JSON: line 1, character 3",
		"{\n  \"actions\": [,]\n}":              "not JSON: line 2, character 15",
		``:                                      "not JSON: it ends too early, or is empty",
		`{"actions": 5}`:                        `"actions" is a number where a list is wanted`,
		`{"actions": [{"id": "a", "type": 5}]}`: `"actions.type" is a number where a text is wanted`,
		`{"actions": [], "name": ["x"]}`:        `"name" is a list where a text is wanted`,
		`[]`:                                    "is a list where an object is wanted",
	} {
		_, err := Parse([]byte(text), NewBlocks())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		for _, go_ := range []string{"json:", "Go ", "unmarshal", "struct", "invalid character"} {
			if err != nil && strings.Contains(err.Error(), go_) {
				t.Errorf("%s: %v speaks of %q", text, err, go_)
			}
		}
	}
}
