package told

import (
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/number"
)

// What is found in a flow is said by the same words, whether the language says it or the catalogue.
func TestCatalogueHasWhatIsFoundInFlows(t *testing.T) {
	if len(flow.Sentences) < 40 {
		t.Fatalf("only %d codes", len(flow.Sentences))
	}
	for code := range flow.Sentences {
		args := flow.Args("label", "a block", "type", "X", "path", "$.a", "name", "b", "other", "c", "n", "1", "most", "2", "problem", "p",
			"target", "t", "key", "k", "holds", "h", "wants", "w", "text", "x", "event", "onRefresh", "others", "o", "first", "f", "what", "y")
		found := flow.Finding{Code: code, Control: "number", Port: flow.Failure, Args: args}.Message()
		args["control"], args["port"] = "number", string(flow.Failure)
		said := English(OfFlow+string(code), args)
		if !strings.EqualFold(said, found) || strings.ContainsAny(said, "{}") || said == OfFlow+string(code) {
			t.Errorf("%s: the catalogue says %q, the language %q", code, said, found)
		}
	}
}

func TestNoCodeIsThereTwice(t *testing.T) {
	seen := map[string]bool{}
	for _, part := range []map[string]string{ofCalls, ofPresence, ofPage, ofBoth, number.Sentences, ofFlows()} {
		for code := range part {
			if seen[code] {
				t.Errorf("%s is in the catalogue twice", code)
			}
			seen[code] = true
		}
	}
	if len(seen) != len(english) {
		t.Errorf("%d codes of %d", len(english), len(seen))
	}
}
