package connect

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/rules.txt
var rulesText string

// readRules reads lines of "state + event -> what follows"; "=" is no change.
func readRules(t *testing.T) map[string]string {
	t.Helper()
	rules := map[string]string{}
	for line := range strings.Lines(rulesText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, want, ok := strings.Cut(line, " -> ")
		if _, twice := rules[name]; !ok || twice {
			t.Fatalf("no rule, or one twice: %s", line)
		}
		rules[name] = want
	}
	return rules
}
