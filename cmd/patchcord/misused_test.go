package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// A mistake on the command line is told in one line that says what to do.
func TestMistakesAreSaidInWords(t *testing.T) {
	for line, want := range map[string]string{
		"":                                "name a command, one of",
		"bogus":                           "there is no command or argument bogus",
		"setup plan --confg x":            "there is no flag --confg",
		"calls forget":                    "name the number",
		"unbind":                          "name the user",
		"calls --limit many":              `--limit: write a whole number, not "many"`,
		"calls -o xml":                    `--output must be one of "text","json"`,
		"setup":                           "name a command, one of",
		"setup plan --config":             "--config: give it a value",
		"call --duration soon":            `--duration: write a time such as 30s, not "soon"`,
		"call --wav none.wav":             "none.wav is not there",
		"setup plan --config a.yaml more": "there is no command or argument more",
	} {
		var c commands
		parser, err := kong.New(&c, kong.Name("patchcord"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = parser.Parse(strings.Fields(line))
		if err == nil {
			t.Errorf("%q is taken", line)
			continue
		}
		got := usage(err.Error())
		for _, tech := range []string{" bit int", "stat ", "expected ", "\n"} {
			if strings.Contains(got, tech) {
				t.Errorf("%q: %q speaks of %q", line, got, tech)
			}
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
