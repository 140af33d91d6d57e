package main

import (
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/plain"
)

type unbindCommand struct {
	User   string `arg:"" help:"Who is released: a user name of the contact centre, or a Salesforce user's id of 18 characters."`
	Config string `default:"patchcord.yaml" help:"Whose adapter; see examples."`
}

// Help is shown by patchcord unbind --help.
func (unbindCommand) Help() string {
	return "A Salesforce user and a contact centre user belong together from the first sign-in on, one to one.\n" +
		"Released, both are free, and bound anew to whom they are next seen with. The adapter, or all nodes, may run meanwhile."
}

// Run forgets with whom a user belongs together.
func (c unbindCommand) Run(e *env) error {
	cfg, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	if cfg.Data == "" && cfg.Postgres == "" {
		return errors.New("data: the configuration names no folder, so nothing is kept that could be released")
	}
	kept := adapter.Config{Data: cfg.Data, Postgres: cfg.Postgres, Clock: clock.System{}}
	if err := adapter.Unbind(e.ctx, kept, c.User); err != nil {
		return fmt.Errorf("%s: %w", c.User, err)
	}
	_, err = fmt.Fprintf(e.stdout, "%s is released.\n", plain.Text(c.User))
	return err
}
