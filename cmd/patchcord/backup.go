package main

import (
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/plain"
)

type backupCommand struct {
	Folder string `arg:"" help:"Where to; new or empty. It holds keys: keep it as safe as the data folder."`
	Config string `default:"patchcord.yaml" help:"Whose adapter; see examples."`
}

// Help is shown by patchcord backup --help.
func (backupCommand) Help() string {
	return "Copies the adapter's data folder as it is at one moment; the adapter may run meanwhile. The copy is a data folder:\n" +
		"to restore, end the adapter, put the copy in the folder's place, start it. docs/operate.md says what is in it."
}

// Run copies the data folder.
func (c backupCommand) Run(e *env) error {
	cfg, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	if cfg.Data == "" {
		return errors.New("data: the configuration names no folder, so nothing is kept that could be copied")
	}
	if err := adapter.Backup(e.ctx, cfg.Data, c.Folder); err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, "%s is copied to %s.\n", plain.Text(cfg.Data), plain.Text(c.Folder))
	return err
}
