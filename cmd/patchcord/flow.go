package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowCommand struct {
	Lint flowLintCommand `cmd:"" help:"Check flow files."`
}

type flowLintCommand struct {
	Files []string `arg:"" help:"Flows as JSON."`
}

// Run reports what is wrong with each file; a block that this version does not have is a warning.
func (c flowLintCommand) Run(e *env) error {
	broken := false
	for _, name := range c.Files {
		body, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("%w: name a file with a flow as JSON, as the field Script of an AC CTI Flow holds it", err)
		}
		parsed, err := flow.Load(body, blocks.All)
		if err != nil {
			broken = true
			fmt.Fprintf(e.stdout, "%s: %s\n", plain.Text(name), plain.Text(strings.TrimPrefix(err.Error(), "flow: ")))
			continue
		}
		warned := false
		for _, a := range parsed.Actions {
			if !blocks.All.Has(a.Type) {
				warned = true
				fmt.Fprintf(e.stdout, "%s: warning: action %s: this version has no block %s\n", plain.Text(name), plain.Text(string(a.ID)), a.Type)
			}
		}
		if !warned {
			fmt.Fprintf(e.stdout, "%s: ok\n", plain.Text(name))
		}
	}
	if broken {
		return errors.New("some flows cannot run")
	}
	return nil
}
