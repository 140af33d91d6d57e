package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
)

type flowCommand struct {
	Lint flowLintCommand `cmd:"" help:"Check flow files."`
}

type flowLintCommand struct {
	Files []string `arg:"" type:"existingfile" help:"Flows as JSON."`
}

// Run reports what is wrong with each file; a block that this version does not have is a warning.
func (c flowLintCommand) Run(e *env) error {
	broken := false
	for _, name := range c.Files {
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		parsed, err := flow.Parse(body, blocks.All)
		if err != nil {
			broken = true
			fmt.Fprintf(e.stdout, "%s: %v\n", name, err)
			continue
		}
		warned := false
		for _, a := range parsed.Actions {
			if !blocks.All.Has(a.Type) {
				warned = true
				fmt.Fprintf(e.stdout, "%s: warning: action %s: this version has no block %s\n", name, a.ID, a.Type)
			}
		}
		if !warned {
			fmt.Fprintf(e.stdout, "%s: ok\n", name)
		}
	}
	if broken {
		return errors.New("some flows cannot run")
	}
	return nil
}
