// Package features writes down what works: a row for each block, source and event of the original adapter.
//
// Read first: Document. It reads the registry of blocks and the list of events, so that what it says is so.
package features

//go:generate go run ./generate ../../../docs/features.md

import (
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

const (
	notYet = "not yet"
	never  = "is kept and never run: "
	waits  = "waits for "
)

// Document is docs/features.md.
func Document() []byte {
	var out strings.Builder
	out.WriteString(`# What works

Generated from the registry of blocks and the list of events by ` + "`make generate`" + `: edit those. *Works differently* says in what.
A type with a question mark was never seen in an exported flow and may be named otherwise there: ` + "`patchcord flow map`" + ` finds out.

`)
	out.WriteString(count())
	for _, g := range manual {
		fmt.Fprintf(&out, "\n## %s\n\n| block | type | state |\n| --- | --- | --- |\n", g.title)
		for _, n := range g.names {
			mark := ""
			if !n.sure {
				mark = " ?"
			}
			fmt.Fprintf(&out, "| %s | `%s`%s | %s |\n", n.label, n.kind, mark, n.state())
		}
	}
	ownBlocks(&out)
	events(&out)
	return []byte(out.String())
}

// state is what can be said of a block.
func (n name) state() string {
	b := blocks.All.Of(n.kind)
	switch {
	case b == nil:
		return notYet
	case b.Waits != "":
		return waits + b.Waits
	case strings.HasPrefix(n.differs, never):
		return n.differs
	case n.differs != "":
		return "works differently: " + n.differs
	}
	return "works"
}

// count says in a sentence how many blocks are in which state.
func count() string {
	all, of := 0, map[string]int{}
	for _, g := range manual {
		for _, n := range g.names {
			all++
			for _, state := range []string{"works", waits, never, notYet} {
				if strings.HasPrefix(n.state(), state) {
					of[state]++
				}
			}
		}
	}
	return fmt.Sprintf("Of %d blocks %d work, %d wait for something, %d are never run, %d are to come.\n", all, of["works"], of[waits],
		of[never], of[notYet])
}

// ownBlocks are what the original does not have.
func ownBlocks(out *strings.Builder) {
	var rows []string
	for _, b := range blocks.All.All() {
		if b.Ours {
			rows = append(rows, fmt.Sprintf("| %s | `%s` | %s |\n", b.Label, b.Type, strings.TrimSuffix(b.Help, ".")))
		}
	}
	if len(rows) > 0 {
		out.WriteString("\n## Patchcord's own\n\nThe original adapter cannot run flows with these.\n\n| block | type | what it does |\n" +
			"| --- | --- | --- |\n" + strings.Join(rows, ""))
	}
}

// events are what fires flows, a table for each source.
func events(out *strings.Builder) {
	out.WriteString("\n## Events\n\n| source | event | state |\n| --- | --- | --- |\n")
	for _, e := range lint.Events {
		state, event := "works", "`"+e.Event+"`"
		if e.Waits != "" {
			state = waits + e.Waits
		}
		if e.Event == "" {
			event = "–"
		}
		fmt.Fprintf(out, "| `%s` | %s | %s |\n", e.Source, event, state)
	}
}

// Undocumented are blocks that no table of the manual has, and that are not said to be Patchcord's own.
func Undocumented(all flow.Blocks) (types []string) {
	known := map[string]bool{}
	for _, g := range manual {
		for _, n := range g.names {
			known[n.kind] = true
		}
	}
	for _, b := range all.All() {
		if !known[b.Type] && !b.Ours {
			types = append(types, b.Type)
		}
	}
	return types
}
