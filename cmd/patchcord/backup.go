package main

import (
	"errors"
	"fmt"
	"strings"

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
		"to restore, end the adapter, put the copy in the folder's place, start it. docs/operate.md says what is in it.\n" +
		"With postgres only the key and app.json are copied: the database is for pg_dump or its server's own backups; see\n" +
		"docs/many-nodes.md."
}

// Run copies the data folder.
func (c backupCommand) Run(e *env) error {
	cfg, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	if cfg.Postgres != "" {
		return c.secrets(e, adapter.Config{Data: cfg.Data, KeyFile: cfg.KeyFile})
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

// secrets copies what is beside a database that nodes share, and says what is to be done about that.
func (c backupCommand) secrets(e *env, cfg adapter.Config) error {
	names, err := adapter.BackupSecrets(cfg, c.Folder)
	if err != nil {
		return err
	}
	copied := "Nothing is copied: the key is in PATCHCORD_KEY, and the configuration names who the adapter is."
	if len(names) > 0 {
		copied = fmt.Sprintf("%s: copied to %s.", strings.Join(names, ", "), c.Folder)
	}
	return printLines(e, []string{copied,
		"The database that postgres names is NOT copied: do that with pg_dump -Fc, or by the backups of its server."})
}
