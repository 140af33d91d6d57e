package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/patchcord/patchcord/internal/plain"
)

// misused says in one line what is wrong with the command line, and where it is said how it is right.
func misused(parser *kong.Kong, err error) int {
	where := parser.Model.Name
	if failed, ok := errors.AsType[*kong.ParseError](err); ok && failed.Context.Selected() != nil {
		where = failed.Context.Selected().FullPath()
	}
	fmt.Fprintf(os.Stderr, "patchcord: %s; see %s --help\n", plain.Text(usage(err.Error())), where)
	if where == "patchcord flow" || strings.HasPrefix(where, "patchcord flow ") {
		return int(exitTrouble)
	}
	return 1
}

// inWords are what the parser says, and how a person would.
var inWords = []struct {
	said *regexp.Regexp
	word string
}{
	{regexp.MustCompile(`^expected one of (.*)$`), "name a command, one of $1"},
	{regexp.MustCompile(`^expected "<(.+?)>( \.\.\.)?"$`), "name the $1"},
	{regexp.MustCompile(`^expected (".*")$`), "name a command: $1"},
	{regexp.MustCompile(`^unexpected argument (\S+)`), "there is no command or argument $1"},
	{regexp.MustCompile(`^unknown flag (\S+)`), "there is no flag $1"},
	{regexp.MustCompile(`: expected \S+ value but got "EOL".*$`), ": give it a value"},
	{regexp.MustCompile(`: expected a valid \d+ bit u?int but got (".*?").*$`), ": write a whole number, not $1"},
	{regexp.MustCompile(`: expected duration but got (".*?").*$`), ": write a time such as 30s, not $1"},
	{regexp.MustCompile(`: stat (.+): no such file or directory$`), ": $1 is not there"},
}

func usage(said string) string {
	for _, w := range inWords {
		said = w.said.ReplaceAllString(said, w.word)
	}
	return strings.ReplaceAll(said, "\n", " ")
}
