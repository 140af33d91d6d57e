package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/rehearsal"
	"github.com/patchcord/patchcord/internal/plain"
)

// rehearsed is the moment at which flows run on a stage: always the same, so that they do the same.
var rehearsed = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

func onStage() time.Time { return rehearsed }

type flowTestCommand struct {
	Files  []string `arg:"" help:"Flows as JSON, folders, zip files."`
	Map    string   `help:"What unknown types stand for; see flow map." placeholder:"FILE"`
	Output string   `short:"o" enum:"text,json" default:"text" help:"text or json."`
}

// Help is shown by patchcord flow test --help.
func (flowTestCommand) Help() string {
	return "Runs the tests that flows have in their files, under x-patchcord.tests: an event, what the world answers, what must\n" +
		"come of it.\n" +
		"Nothing leaves this machine. Status 1: a test failed; 2: none of the flows has tests, or a file is not as it must be."
}

// testedFlow is one test's end.
type testedFlow struct {
	File     string             `json:"file"`
	Test     string             `json:"test"`
	Passed   bool               `json:"passed"`
	Problems []string           `json:"problems,omitempty"`
	Path     []string           `json:"path,omitempty"`
	Effects  []rehearsal.Effect `json:"effects,omitempty"`
}

// Run runs the tests of each flow.
func (c flowTestCommand) Run(e *env) error { return trouble(e, c.run(e)) }

var errNoTests = errors.New("none of these flows has tests: they stand under x-patchcord.tests, as in examples/flows")

func (c flowTestCommand) run(e *env) error {
	flows, err := readFlows(c.Files, c.Map)
	if err != nil {
		return err
	}
	var all []testedFlow
	others := documents(flows)
	for _, f := range flows {
		tested, err := f.test(e, others)
		if err != nil {
			return err
		}
		all = append(all, tested...)
	}
	if len(all) == 0 {
		return errNoTests
	}
	failed := 0
	for _, t := range all {
		if !t.Passed {
			failed++
		}
	}
	if err := c.print(e, all, failed); err != nil {
		return err
	}
	if failed > 0 {
		return exitFound
	}
	return nil
}

// documents are the flows that can be read, by the names that their files give them. Of several with one name none is meant.
func documents(flows []flowFile) map[string]flow.Document {
	found, twice := map[string]flow.Document{}, map[string]bool{}
	for _, f := range flows {
		if f.err != nil {
			continue
		}
		program, _ := flow.Compile(f.document, blocks.All)
		if _, known := found[program.Name]; known || program.Name == "" {
			twice[program.Name] = true
			continue
		}
		found[program.Name] = f.document
	}
	for name := range twice {
		delete(found, name)
	}
	return found
}

// test runs the tests of one flow, which may call others. One that cannot run, or whose tests cannot be read, is a failure.
func (f flowFile) test(e *env, others map[string]flow.Document) ([]testedFlow, error) {
	if f.err != nil {
		return []testedFlow{{File: f.name, Problems: []string{reason(f.err)}}}, nil
	}
	tests, err := rehearsal.Tests(f.document)
	if err != nil {
		problem := flow.Finding{Code: flow.CodeTestUnreadable, Args: flow.Args("problem", err.Error())}
		return []testedFlow{{File: f.name, Problems: []string{problem.Message()}}}, nil
	}
	var tested []testedFlow
	for _, t := range tests {
		occasion := rehearsal.Occasion{Event: t.Event, Stubs: t.Stubs, Flows: others}
		journal, effects, err := rehearsal.Run(e.ctx, f.document, blocks.All, occasion, onStage)
		if e.ctx.Err() != nil {
			return nil, e.ctx.Err()
		}
		of := testedFlow{File: f.name, Test: t.Name, Path: rehearsal.Path(journal), Effects: effects}
		if err != nil {
			of.Problems = []string{reason(err)}
		} else {
			of.Problems = rehearsal.Check(t.Expect, journal, effects)
		}
		of.Passed = len(of.Problems) == 0
		tested = append(tested, of)
	}
	return tested, nil
}

func (c flowTestCommand) print(e *env, all []testedFlow, failed int) error {
	if c.Output == "json" {
		return printIndented(e, map[string]any{"tests": all, "failed": failed})
	}
	for _, t := range all {
		verdict := "ok"
		if !t.Passed {
			verdict = "FAILED"
		}
		fmt.Fprintf(e.stdout, "%s: %s: %s\n", plain.Text(t.File), orDash(t.Test), verdict)
		for _, problem := range t.Problems {
			fmt.Fprintf(e.stdout, "    %s\n", plain.Text(problem))
		}
	}
	_, err := fmt.Fprintf(e.stdout, "%d tests, %d failed.\n", len(all), failed)
	return err
}

type flowRunCommand struct {
	File   string   `arg:"" help:"A flow as JSON."`
	Event  string   `required:"" help:"What fires it, as JSON: payload, contact, agent, country, stubs." placeholder:"FILE"`
	With   []string `help:"Flows that it may call, by the names in their files: files, folders." placeholder:"FILE"`
	Map    string   `help:"What unknown types stand for; see flow map." placeholder:"FILE"`
	Output string   `short:"o" enum:"text,json" default:"text" help:"text or json."`
}

// Help is shown by patchcord flow run --help.
func (flowRunCommand) Help() string {
	return "Runs a flow on a stage and tells what it would do; nothing leaves this machine. What the world answers stands in the\n" +
		"event's file:\n" +
		`{"contact": {"contactId": "c-1", "type": "voice", "isInbound": true, "phoneNumber": "+12065550142"},` + "\n" +
		` "stubs": [{"block": "SE_SFGetContactId", "answer": {"sfContactId": "003…"}}, {"action": "uid-3", "refuse": "no access"}]}` + "\n" +
		"Status 1: the run failed, or a block on its way did."
}

// Run runs one flow.
func (c flowRunCommand) Run(e *env) error { return trouble(e, c.run(e)) }

func (c flowRunCommand) run(e *env) error {
	only, err := oneFlow(c.File, c.Map)
	if err != nil {
		return err
	}
	occasion, err := readOccasion(c.Event)
	if err != nil {
		return err
	}
	if len(c.With) > 0 {
		others, err := readFlows(c.With, c.Map)
		if err != nil {
			return err
		}
		occasion.Flows = documents(others)
	}
	journal, effects, err := rehearsal.Run(e.ctx, only.document, blocks.All, occasion, onStage)
	if err != nil {
		return fmt.Errorf("%s: %s", c.File, reason(err))
	}
	if err := c.print(e, journal, effects); err != nil {
		return err
	}
	if journal.Status != flow.Completed {
		return exitFound
	}
	return nil
}

// maxOccasion bounds an event's file, in bytes.
const maxOccasion = 4 << 20

func readOccasion(name string) (rehearsal.Occasion, error) {
	file, err := os.Open(name)
	if err != nil {
		return rehearsal.Occasion{}, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxOccasion))
	if err != nil {
		return rehearsal.Occasion{}, err
	}
	occasion, err := rehearsal.ReadOccasion(raw)
	if err != nil {
		return rehearsal.Occasion{}, fmt.Errorf("%s is no event: %w", name, err)
	}
	return occasion, nil
}

func (c flowRunCommand) print(e *env, journal flow.Journal, effects []rehearsal.Effect) error {
	if c.Output == "json" {
		return printIndented(e, map[string]any{"journal": journal, "effects": effects})
	}
	for i, s := range journal.Steps {
		line := fmt.Sprintf("%d. %s (%s)", i+1, labelOf(s), s.Action)
		if s.In != "" {
			line += " in " + s.In
		}
		if s.Port != "" {
			line += " → " + string(s.Port)
		}
		if result, err := json.Marshal(s.Result); err == nil && s.Result != nil {
			line += "  " + string(result)
		}
		if s.Problem != "" {
			line += "  " + s.Problem
		}
		fmt.Fprintln(e.stdout, plain.Text(line))
	}
	for _, effect := range effects {
		fmt.Fprintln(e.stdout, plain.Text("would do: "+effect.String()))
	}
	line := "It ended as " + string(journal.Status)
	if journal.Problem != "" {
		line += ": " + journal.Problem
	}
	_, err := fmt.Fprintln(e.stdout, plain.Text(line)+".")
	return err
}

func labelOf(s flow.Step) string {
	if s.Title != "" {
		return s.Title
	}
	if b := blocks.All.Of(s.Type); b != nil {
		return b.Label
	}
	return s.Type
}
