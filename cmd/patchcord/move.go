package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/store/move"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/internal/plain"
)

type moveCommand struct {
	ToPostgres moveToPostgresCommand `cmd:"" name:"to-postgres" help:"From the folder under data into the database under postgres."`
	ToFolder   moveToFolderCommand   `cmd:"" name:"to-folder" help:"From the database under postgres into the folder under data."`
}

// Help is shown by patchcord move --help.
func (moveCommand) Help() string {
	return "Carries all that an adapter keeps from one place into the other, and compares them at the end. The configuration names both:\n" +
		"the folder under data, and the database under postgres. No adapter may run on either. docs/many-nodes.md is a walk."
}

type moveToPostgresCommand struct {
	Config string `default:"patchcord.yaml" help:"Whose adapter; it names both data and postgres."`
	Again  bool   `help:"Empty the database first: what a move left there that was cut off, or what was moved from it to a folder."`
}

// Help is shown by patchcord move to-postgres --help.
func (moveToPostgresCommand) Help() string {
	return "The database has to be empty, and no node may run on it; the adapter of the folder has ended. A move that is cut off\n" +
		"leaves the folder as it was, and no node starts on the database until it was begun anew with --again. At the end the\n" +
		"folder's adapter.db is called adapter.db.moved, and nothing reads it any more."
}

// Run moves a folder's store.
func (c moveToPostgresCommand) Run(e *env) error {
	cfg, err := bothPlaces(c.Config)
	if err != nil {
		return err
	}
	moved, err := adapter.MoveToPostgres(e.ctx, cfg, c.Again, progress(e))
	if errors.Is(err, move.ErrNotEmpty) {
		return fmt.Errorf("%w: name a database in which nothing is kept", err)
	}
	if err != nil {
		return cutOff(e, err)
	}
	lines := summed(moved)
	key, app := "PATCHCORD_KEY", "the configuration's salesforce.key_file and client_id"
	if moved.Key != "" {
		key = moved.Key + " (as its key_file, or under data)"
	}
	if f, err := config.Load(c.Config); err == nil && f.Salesforce.KeyFile == "" {
		app = moved.App + " (under data)"
	}
	return printLines(e, append(lines,
		fmt.Sprintf("Every node needs the same key, %s, and the same app, %s: copy them, readable by the adapter's user only.", key, app),
		fmt.Sprintf("%s is what was moved: keep it until the nodes work, then delete it.", moved.Left)))
}

type moveToFolderCommand struct {
	Config string `default:"patchcord.yaml" help:"Whose adapter; it names both data and postgres."`
}

// Help is shown by patchcord move to-folder --help.
func (moveToFolderCommand) Help() string {
	return "All nodes have ended, and the folder keeps no adapter.db; the nodes' key is put there unless it is there. A move that is\n" +
		"cut off leaves the database as it was, and no adapter.db; begin it again. After a whole one no node starts on the\n" +
		"database any more."
}

// Run moves the nodes' store.
func (c moveToFolderCommand) Run(e *env) error {
	cfg, err := bothPlaces(c.Config)
	if err != nil {
		return err
	}
	moved, err := adapter.MoveToFolder(e.ctx, cfg, progress(e))
	if err != nil {
		return cutOff(e, err)
	}
	return printLines(e, append(summed(moved),
		fmt.Sprintf("Take postgres, node and key_file out of %s, and start the one adapter.", c.Config),
		"The database keeps its rows, and no node starts on it any more: drop it once the adapter works."))
}

// bothPlaces reads a configuration that names a folder and a database.
func bothPlaces(name string) (adapter.Config, error) {
	cfg, _, err := adapter.LoadConfig(name)
	switch {
	case err != nil:
		return cfg, err
	case cfg.Data == "":
		return cfg, fmt.Errorf("%s: data: missing: name the folder", name)
	case cfg.Postgres == "":
		return cfg, fmt.Errorf("%s: postgres: missing: name the database", name)
	}
	cfg.Clock = clock.System{}
	return cfg, nil
}

// cutOff says whose end it was.
func cutOff(e *env, err error) error {
	if e.ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return fmt.Errorf("cut off, nothing is lost: %w", err)
	}
	return err
}

// progressEvery is how often a person is told how far a move is.
const progressEvery = 2 * time.Second

// progress tells a person how far a move is.
func progress(e *env) func(move.Part) {
	if !e.person {
		return nil
	}
	now := rate.Sometimes{Interval: progressEvery}
	return func(p move.Part) {
		now.Do(func() {
			done := "moved"
			if p.Checked {
				done = "compared"
			}
			fmt.Fprintf(e.stderr, "%s: %s %s so far …\n", p.Table, counted.Noun(int(p.Rows), "row"), done)
		})
	}
}

// summed says what was moved.
func summed(m adapter.Moved) (lines []string) {
	var all, cleaned, damaged int64
	var each []string
	for _, t := range m.Tables {
		all, cleaned, damaged = all+t.Rows, cleaned+t.Cleaned, damaged+t.Damaged
		if t.Rows > 0 {
			each = append(each, fmt.Sprintf("%s %d", t.Name, t.Rows))
		}
	}
	line := fmt.Sprintf("%s in %s now, the same as they were", areOf(all), m.To)
	if all > 0 {
		line += " (" + strings.Join(each, ", ") + ")"
	}
	lines = append(lines, line+".")
	if cleaned > 0 {
		had := counted.Noun(int(cleaned), "row") + " had"
		lines = append(lines, had+" characters that PostgreSQL cannot keep; U+FFFD stands for each.")
	}
	if damaged > 0 {
		lines = append(lines, fmt.Sprintf("%s had been damaged before, and came as they were.", counted.Noun(int(damaged), "row")))
	}
	return lines
}

func areOf(rows int64) string {
	if rows == 1 {
		return "1 row is"
	}
	return counted.Noun(int(rows), "row") + " are"
}

func printLines(e *env, lines []string) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(e.stdout, plain.Text(line)); err != nil {
			return err
		}
	}
	return nil
}
