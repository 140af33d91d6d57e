package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowCommand struct {
	Lint     flowLintCommand     `cmd:"" help:"Say what is wrong with flows."`
	Run      flowRunCommand      `cmd:"" help:"Tell what a flow would do on an event."`
	Test     flowTestCommand     `cmd:"" help:"Run the tests that flows have in their files."`
	Shadow   flowShadowCommand   `cmd:"" help:"Compare a draft with what was done in the last days."`
	Diff     flowDiffCommand     `cmd:"" help:"Compare two flows."`
	Map      flowMapCommand      `cmd:"" help:"Find out which blocks unknown types stand for."`
	Blocks   flowBlocksCommand   `cmd:"" help:"List the blocks of this version."`
	List     flowListCommand     `cmd:"" help:"List the flows of the org, or the versions of one."`
	Pull     flowPullCommand     `cmd:"" help:"Write flows of the org into files."`
	Push     flowPushCommand     `cmd:"" help:"Keep a file as a version of a flow of the org."`
	Activate flowActivateCommand `cmd:"" help:"Make a version of a flow the one that runs."`
}

// Help is shown by patchcord flow --help.
func (flowCommand) Help() string {
	return "Files are flows as JSON, folders of such, and zip files as the original's editor packs them.\n" +
		"Status 0: well; 1: something was found; 2: the command line or a file is not as it must be."
}

// The statuses of flow commands, and what ends one with a sentence.
const (
	exitFound   exit = 1
	exitTrouble exit = 2
)

// trouble says what is wrong with the command line or with a file that it names.
func trouble(e *env, err error) error {
	if _, isStatus := errors.AsType[exit](err); isStatus || err == nil {
		return err
	}
	fmt.Fprintln(e.stderr, "patchcord:", plain.Text(err.Error()))
	return exitTrouble
}

type flowLintCommand struct {
	Files    []string `arg:"" help:"Flows as JSON, folders, zip files."`
	Event    string   `help:"What fires them, such as onRefresh; else as their names say." placeholder:"EVENT"`
	Original bool     `help:"They are to run in the original adapter too."`
	Map      string   `help:"What unknown types stand for; see flow map." placeholder:"FILE"`
	Output   string   `short:"o" enum:"text,json" default:"text" help:"text or json."`
}

// lintedFile is what is said of one file.
type lintedFile struct {
	File     string         `json:"file"`
	Findings []namedFinding `json:"findings"`
}

// namedFinding is a finding with what people read of it.
type namedFinding struct {
	flow.Finding
	Name    string `json:"name,omitempty"` // of the action
	Message string `json:"message"`
}

// Run lints each file. Flows that are given together count as those of one org: what one sets another may read.
func (c flowLintCommand) Run(e *env) error { return trouble(e, c.run(e)) }

func (c flowLintCommand) run(e *env) error {
	flows, err := readFlows(c.Files, c.Map)
	if err != nil {
		return err
	}
	set, calls := map[string]bool{}, map[string][]string{}
	for _, f := range flows {
		program, _ := flow.Compile(f.document, blocks.All)
		calls[program.Name] = append(calls[program.Name], program.Calls()...)
		for _, key := range lint.Sets(program) {
			set[key] = true
		}
	}
	linted, broken := make([]lintedFile, 0, len(flows)), false
	for _, f := range flows {
		of := f.lint(lint.About{Event: c.Event, Set: set, Original: c.Original, Flows: calls})
		for _, found := range of.Findings {
			broken = broken || found.Severity == flow.SeverityError
		}
		linted = append(linted, of)
	}
	if err := c.print(e, linted); err != nil {
		return err
	}
	if broken {
		return exitFound
	}
	return nil
}

// lint says what is to be said of one file.
func (f flowFile) lint(about lint.About) lintedFile {
	of := lintedFile{File: f.name, Findings: []namedFinding{}}
	if f.err != nil {
		found := flow.Finding{Severity: flow.SeverityError, Code: flow.CodeUnreadable, Args: flow.Args("problem", reason(f.err))}
		of.Findings = append(of.Findings, namedFinding{Finding: found, Message: found.Message()})
		return of
	}
	if about.Event == "" {
		about.Event = lint.EventOf(f.document.Name(), f.name)
	}
	program, findings := lint.Flow(f.document, blocks.All, about)
	for _, found := range findings {
		named := namedFinding{Finding: found, Message: found.Message()}
		if a := program.At(found.Action); a != nil {
			named.Name = a.Label()
		}
		of.Findings = append(of.Findings, named)
	}
	return of
}

func reason(err error) string {
	if invalid, ok := errors.AsType[*flow.Invalid](err); ok {
		return invalid.Reason
	}
	return err.Error()
}

func (c flowLintCommand) print(e *env, linted []lintedFile) error {
	if c.Output == "json" {
		return printIndented(e, map[string]any{"files": linted})
	}
	for _, of := range linted {
		for _, found := range of.Findings {
			where := ""
			if found.Action != "" {
				where = fmt.Sprintf("%s (%s): ", plain.Text(found.Name), plain.Text(string(found.Action)))
			}
			message := plain.Text(found.Message)
			if !strings.HasSuffix(message, "?") {
				message += "."
			}
			if _, err := fmt.Fprintf(e.stdout, "%s: %s: %s%s\n", plain.Text(of.File), found.Severity, where, message); err != nil {
				return err
			}
		}
		if len(of.Findings) == 0 {
			if _, err := fmt.Fprintf(e.stdout, "%s: ok\n", plain.Text(of.File)); err != nil {
				return err
			}
		}
	}
	return nil
}

func printIndented(e *env, v any) error {
	out := json.NewEncoder(e.stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
