package flow

import (
	"strings"
	"testing"
)

func TestWhatIsNotJSONIsSaidInWords(t *testing.T) {
	for text, want := range map[string]string{
		`{ broken`:                 "not JSON: line 1, character 3",
		"{\n  \"actions\": [,]\n}": "not JSON: line 2, character 15",
		``:                         "not JSON: it ends too early, or is empty",
		`{"actions": [`:            "not JSON: it ends too early, or is empty",
		`[]`:                       "no object",
	} {
		_, err := Read([]byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		for _, word := range []string{"json:", "Go ", "unmarshal", "struct", "invalid character"} {
			if err != nil && strings.Contains(err.Error(), word) {
				t.Errorf("%s: %v speaks of %q", text, err, word)
			}
		}
	}
}
