package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowDiffCommand struct {
	A      string `arg:"" help:"A flow as JSON."`
	B      string `arg:"" help:"Another one."`
	All    bool   `help:"Tell of titles, positions and unknown keys too."`
	Output string `short:"o" enum:"text,json" default:"text" help:"text or json."`
}

// Help is shown by patchcord flow diff --help.
func (flowDiffCommand) Help() string {
	return "Compares flows by the ids of their actions. Status 0: they do the same; 1: they differ; 2: a file is not as it must be."
}

// Run compares two flows.
func (c flowDiffCommand) Run(e *env) error { return trouble(e, c.run(e)) }

func (c flowDiffCommand) run(e *env) error {
	var two []flow.Document
	for _, name := range []string{c.A, c.B} {
		flows, err := readFlows([]string{name}, "")
		if err != nil {
			return err
		}
		if len(flows) != 1 {
			return fmt.Errorf("%s holds %d flows: name one", name, len(flows))
		}
		if flows[0].err != nil {
			return fmt.Errorf("%s: %s", name, reason(flows[0].err))
		}
		two = append(two, flows[0].document)
	}
	changes := flow.Diff(two[0], two[1], c.All)
	if c.Output == "json" {
		if err := printIndented(e, map[string]any{"changes": append([]flow.Change{}, changes...)}); err != nil {
			return err
		}
	}
	for _, change := range changes {
		if c.Output == "json" {
			break
		}
		if _, err := fmt.Fprintln(e.stdout, plain.Text(describe(change))); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		return exitFound
	}
	return nil
}

// describe is a change in one line, with a sign: + added, - removed, ~ changed.
func describe(c flow.Change) string {
	switch c.Kind {
	case flow.ActionAdded:
		return fmt.Sprintf("+ %s %s", c.Action, c.New)
	case flow.ActionRemoved:
		return fmt.Sprintf("- %s %s", c.Action, c.Old)
	case flow.TypeChanged:
		return fmt.Sprintf("~ %s: %s → %s", c.Action, c.Old, c.New)
	}
	where := "flow"
	if c.Action != "" {
		where = string(c.Action)
	}
	was, is := c.Old, c.New
	if was == "" {
		was = "unset"
	}
	if is == "" {
		is = "unset"
	}
	return fmt.Sprintf("~ %s, %s %s: %s → %s", where, c.Kind, c.What, was, is)
}

type flowBlocksCommand struct {
	Output string `short:"o" enum:"text,json" default:"text" help:"text or json."`
}

// blockKinds names the kinds of input.
var blockKinds = map[flow.Kind]string{flow.Text: "text", flow.Bool: "boolean", flow.Map: "map", flow.Any: "any"}

// listedBlock is a block as tools read it.
type listedBlock struct {
	Type       string        `json:"type"`
	Label      string        `json:"label"`
	Help       string        `json:"help"`
	Category   string        `json:"category"`
	Inputs     []listedInput `json:"inputs"`
	Ports      []flow.Port   `json:"ports"`
	Result     string        `json:"result,omitempty"`
	Place      flow.Place    `json:"place"`
	Repeatable bool          `json:"repeatable"`
	Waits      string        `json:"waits,omitempty"`
	Ours       bool          `json:"ours,omitempty"`
}

type listedInput struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Kind     string `json:"kind"`
	Required bool   `json:"required"`
	Help     string `json:"help"`
}

// Run lists the blocks of this version.
func (c flowBlocksCommand) Run(e *env) error {
	all := blocks.All.All()
	if c.Output == "json" {
		listed := make([]listedBlock, 0, len(all))
		for _, b := range all {
			of := listedBlock{b.Type, b.Label, b.Help, b.Category, []listedInput{}, slices.Clone(b.Ports), b.Result, b.Place, b.Repeatable, b.Waits,
				b.Ours}
			for _, in := range b.Inputs {
				of.Inputs = append(of.Inputs, listedInput{in.Name, in.Label, blockKinds[in.Kind], in.Required, in.Help})
			}
			listed = append(listed, of)
		}
		return printIndented(e, map[string]any{"blocks": listed})
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, b := range all {
		note := strings.Join(b.PortNames(), " ")
		if b.Waits != "" {
			note += "  (waits for " + b.Waits + ")"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", b.Type, b.Label, strings.Join(b.InputNames(), " "), note)
	}
	return w.Flush()
}
