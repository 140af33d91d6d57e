package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowMapCommand struct {
	Files  []string `arg:"" optional:"" help:"Flows as JSON, folders, zip files."`
	Map    string   `default:"map.json" help:"The org's map: unknown types, and what they stand for." placeholder:"FILE"`
	Push   string   `help:"Bring this map to the org, in place of the one that it has: its flows run by it." placeholder:"FILE"`
	Accept bool     `help:"Write the likeliest block of each unknown type into the map, where it is beyond doubt."`
	Write  bool     `help:"Write the types of the map into the flows' files; all else in them stays."`
	Output string   `short:"o" enum:"text,json" default:"text" help:"text or json."`
	flowDoor
}

// Help is shown by patchcord flow map --help.
func (flowMapCommand) Help() string {
	return "A type that nobody knows is matched by its inputs, its ports and its name. What is chosen stands in a file, once for an org:\n" +
		`{"SE_SFFindLead": "SE_SFGetLeadId"}. It is yours to edit.` + "\n" +
		"Status 1: types are left for which the map has no block.\n\n" +
		"With --push: " + doorHelp
}

// unknownType is a type that no block has, with what it may stand for.
type unknownType struct {
	Type    string       `json:"type"`
	File    string       `json:"file"` // where it was seen first
	Mapped  string       `json:"mapped,omitempty"`
	Matches []lint.Match `json:"matches"`
}

// Run matches unknown types.
func (c flowMapCommand) Run(e *env) error {
	if c.Push != "" {
		return refused(e, c.push(e))
	}
	return trouble(e, c.run(e))
}

// push brings a map that a person has confirmed to the org.
func (c flowMapCommand) push(e *env) error {
	if len(c.Files) > 0 || c.Accept || c.Write {
		return errors.New("--push stands alone: look at flows and write the map first, then push it")
	}
	if _, err := os.Stat(c.Push); err != nil {
		return fmt.Errorf("--push: %s is not there", c.Push)
	}
	types, err := readMap(c.Push)
	if err != nil {
		return err
	}
	all, _, done, err := c.open(e)
	if err != nil {
		return err
	}
	defer done()
	records, err := all.SetTypes(e.ctx, types)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		return printIndented(e, map[string]any{"types": types, "records": records})
	}
	_, err = fmt.Fprintf(e.stdout, "The map, of %s, is in %s of the org now.\n", counted.Noun(len(types), "type"),
		counted.Noun(records, "AC CTI Adapter record"))
	return err
}

func (c flowMapCommand) run(e *env) error {
	if len(c.Files) == 0 {
		return errors.New("name flows whose types are to be looked at, or a map with --push")
	}
	flows, err := readFlows(c.Files, "")
	if err != nil {
		return err
	}
	types, err := readMap(c.Map)
	if err != nil {
		return err
	}
	for from, to := range types {
		if !blocks.All.Has(to) {
			return fmt.Errorf("%s: %s stands for %s, and there is no such block; patchcord flow blocks lists them", c.Map, from, to)
		}
	}
	unknown, changed := c.match(flows, types)
	if changed {
		if err := writeMap(c.Map, types); err != nil {
			return err
		}
	}
	if c.Write {
		if err := writeTypes(e, flows, types); err != nil {
			return err
		}
	}
	left := false
	for _, u := range unknown {
		left = left || u.Mapped == ""
	}
	if err := c.print(e, unknown); err != nil {
		return err
	}
	if left {
		return exitFound
	}
	return nil
}

// match finds the unknown types of flows, and takes what is beyond doubt into the map if that is wanted.
func (c flowMapCommand) match(flows []flowFile, types map[string]string) (unknown []unknownType, changed bool) {
	seen := map[string]bool{}
	for _, f := range flows {
		if f.err != nil {
			continue
		}
		program, _ := flow.Compile(f.document, blocks.All)
		for _, a := range program.Actions {
			if !a.Unmapped() || seen[a.Type] {
				continue
			}
			seen[a.Type] = true
			u := unknownType{Type: a.Type, File: f.name, Mapped: types[a.Type], Matches: lint.Matches(f.document, program, a.Type, blocks.All)}
			if u.Mapped == "" && c.Accept && lint.Sure(u.Matches) {
				u.Mapped, changed = u.Matches[0].Type, true
				types[a.Type] = u.Mapped
			}
			unknown = append(unknown, u)
		}
	}
	return unknown, changed
}

func (c flowMapCommand) print(e *env, unknown []unknownType) error {
	if c.Output == "json" {
		return printIndented(e, map[string]any{"types": unknown})
	}
	if len(unknown) == 0 {
		_, err := fmt.Fprintln(e.stdout, "All types are known.")
		return err
	}
	for _, u := range unknown {
		var likely []string
		for _, m := range u.Matches {
			likely = append(likely, fmt.Sprintf("%s (%s, %.2f)", m.Type, m.Label, m.Score))
		}
		line := fmt.Sprintf("%s, in %s: ", u.Type, u.File)
		switch {
		case u.Mapped != "":
			line += "stands for " + u.Mapped
		case len(likely) == 0:
			line += "nothing is like it"
		default:
			line += "perhaps " + strings.Join(likely, ", ")
		}
		if _, err := fmt.Fprintln(e.stdout, plain.Text(line)); err != nil {
			return err
		}
	}
	return nil
}

func writeMap(name string, types map[string]string) error {
	body, err := json.MarshalIndent(types, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(body, '\n'), 0o644)
}

var errPacked = errors.New("a flow in a zip file is not written: unpack it first")

// writeTypes writes the files in which a type is mapped.
func writeTypes(e *env, flows []flowFile, types map[string]string) error {
	for _, f := range flows {
		if f.err != nil {
			continue
		}
		mapped, err := f.document.WithTypes(types)
		if err == nil {
			mapped, err = mapped.Mended()
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if string(mapped.Bytes()) == string(f.document.Bytes()) {
			continue
		}
		if f.packed {
			return fmt.Errorf("%s: %w", f.name, errPacked)
		}
		if err := os.WriteFile(f.name, mapped.Bytes(), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(e.stderr, "%s is written.\n", plain.Text(f.name))
	}
	return nil
}
