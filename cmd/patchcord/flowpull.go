package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/plain"
)

type flowPullCommand struct {
	Flow    string `arg:"" optional:"" help:"Its name or id; without one, all flows."`
	Version int    `help:"Number of the version; else the active one." placeholder:"N"`
	To      string `help:"Folder to write into, or the file for one flow; - writes it to the output." default:"." placeholder:"PATH"`
	Force   bool   `help:"Write over files that differ."`
	Output  string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	flowDoor
}

// Help is shown by patchcord flow pull --help.
func (flowPullCommand) Help() string {
	return "Writes flows of the org into files, byte for byte as they were pushed. Status 1: a file that differs was left as it is.\n\n" +
		doorHelp
}

// pulled is what became of one flow.
type pulled struct {
	Flow    string `json:"flow"`
	Version int    `json:"version"` // 0: it was no version yet
	File    string `json:"file"`
	Written bool   `json:"written"`
	Same    bool   `json:"same"`              // the file was that already
	Problem string `json:"problem,omitempty"` // why it is not there
}

// Run pulls.
func (c flowPullCommand) Run(e *env) error { return refused(e, c.run(e)) }

func (c flowPullCommand) run(e *env) error {
	if c.Version < 0 {
		return errVersion
	}
	if c.Flow == "" && (c.Version != 0 || c.To == "-") {
		return errors.New("name the flow: --version and --to - are for one")
	}
	all, _, done, err := c.open(e)
	if err != nil {
		return err
	}
	defer done()
	if c.To == "-" {
		one, err := all.File(e.ctx, c.Flow, c.Version)
		if err == nil {
			_, err = e.stdout.Write(one.Raw)
		}
		return err
	}
	var came []pulled
	if c.Flow != "" {
		one, err := all.File(e.ctx, c.Flow, c.Version)
		if err != nil {
			return err
		}
		file := c.To
		if isFolder(file) {
			file = filepath.Join(file, fileName(one.Flow.Name, nil))
		}
		came = []pulled{c.write(one, file)}
	} else if came, err = c.pullAll(e.ctx, all); err != nil {
		return err
	}
	return c.tell(e, came)
}

// pullAll writes each flow into a file of the folder.
func (c flowPullCommand) pullAll(ctx context.Context, all flowLibrary) ([]pulled, error) {
	if !isFolder(c.To) {
		return nil, fmt.Errorf("--to: %s is no folder", c.To)
	}
	list, err := all.List(ctx)
	if err != nil {
		return nil, err
	}
	taken, came := map[string]bool{}, []pulled{}
	for _, entry := range list {
		file := filepath.Join(c.To, fileName(entry.Name, taken))
		one, err := all.File(ctx, entry.ID, 0)
		if err != nil {
			f := fault.Of(err)
			if f.Kind != fault.Missing && f.Kind != fault.Conflict {
				return nil, err
			}
			came = append(came, pulled{Flow: entry.Name, File: file, Problem: f.Message})
			continue
		}
		came = append(came, c.write(one, file))
	}
	return came, nil
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// fileName is a file for a flow's name, one that no other flow has in the same folder, on any system.
func fileName(name string, taken map[string]bool) string {
	safe := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return '_'
		}
		return r
	}, name)
	safe = strings.Trim(safe, ". ")
	if safe == "" {
		safe = "flow"
	}
	file := safe + ".json"
	for n := 2; taken[strings.ToLower(file)]; n++ {
		file = fmt.Sprintf("%s (%d).json", safe, n)
	}
	if taken != nil {
		taken[strings.ToLower(file)] = true
	}
	return file
}

// write leaves a file that differs as it is, unless it may not.
func (c flowPullCommand) write(one versions.File, file string) pulled {
	p := pulled{Flow: one.Flow.Name, Version: one.Version.Number, File: file}
	have, err := os.ReadFile(file)
	switch {
	case err == nil && bytes.Equal(have, one.Raw):
		p.Same = true
		return p
	case err == nil && !c.Force:
		p.Problem = file + " differs and is left as it is: --force writes over it"
		return p
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		p.Problem = plain.Cause(err)
		return p
	}
	if err := os.WriteFile(file, one.Raw, 0o644); err != nil {
		p.Problem = plain.Cause(err)
		return p
	}
	p.Written = true
	return p
}

func (c flowPullCommand) tell(e *env, came []pulled) error {
	left := false
	for _, p := range came {
		left = left || p.Problem != ""
	}
	if c.Output == "json" {
		if err := printIndented(e, map[string]any{"flows": came}); err != nil {
			return err
		}
	} else if err := tellPulled(e, came); err != nil {
		return err
	}
	if left {
		return exitFound
	}
	return nil
}

func tellPulled(e *env, came []pulled) error {
	for _, p := range came {
		of := fmt.Sprintf("version %d of %s", p.Version, p.Flow)
		if p.Version == 0 {
			of = p.Flow + ", as its record says: it is no version yet"
		}
		line := p.File + ": " + of + "."
		switch {
		case p.Problem != "":
			fmt.Fprintln(e.stderr, plain.Text(p.Flow+": "+strings.TrimSuffix(p.Problem, ".")+"."))
			continue
		case p.Same:
			line = p.File + ": " + of + ", as before."
		}
		if _, err := fmt.Fprintln(e.stdout, plain.Text(line)); err != nil {
			return err
		}
	}
	return nil
}

type flowListCommand struct {
	Flow   string `arg:"" optional:"" help:"Name or id: lists the versions of one flow."`
	Output string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	flowDoor
}

// Help is shown by patchcord flow list --help.
func (flowListCommand) Help() string {
	return "Lists the flows of the org, or the versions of one.\n\n" + doorHelp
}

// Run lists.
func (c flowListCommand) Run(e *env) error { return refused(e, c.run(e)) }

func (c flowListCommand) run(e *env) error {
	all, _, done, err := c.open(e)
	if err != nil {
		return err
	}
	defer done()
	if c.Flow != "" {
		history, err := all.History(e.ctx, c.Flow)
		if err != nil {
			return err
		}
		if c.Output == "json" {
			return printIndented(e, history)
		}
		return printHistory(e, history)
	}
	list, err := all.List(e.ctx)
	if err != nil {
		return err
	}
	if c.Output == "json" {
		return printIndented(e, map[string]any{"flows": append([]versions.Entry{}, list...)})
	}
	w := tabwriter.NewWriter(e.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tRUNS ON\tSWITCHED\tACTIVE VERSION\tBY\tSINCE")
	for _, f := range list {
		version, by, since := "-", "-", "-"
		if v := f.Version; v != nil {
			version, by = fmt.Sprint(v.Number), orDash(v.ActivatedBy)
			if v.ActivatedAt != nil {
				since = v.ActivatedAt.Local().Format(timeForPeople)
			}
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", plain.Text(f.Name), plain.Text(f.Fires()), onOff(f.On), version, by, since)
	}
	return w.Flush()
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func printHistory(e *env, history versions.History) error {
	f := history.Flow
	heading := fmt.Sprintf("%s runs on %s, and is switched %s.", f.Name, f.Fires(), onOff(f.On))
	if _, err := fmt.Fprintln(e.stdout, plain.Text(heading)); err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "VERSION\tBY\tSAVED\tBYTES\tNOTE")
	for _, v := range history.Versions {
		number, note := fmt.Sprint(v.Number), v.Note
		if v.Active {
			number += " active"
		}
		if v.Problem != "" {
			note = strings.TrimSpace(note + " (" + v.Problem + ")")
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", number, orDash(v.Author), v.SavedAt.Local().Format(timeForPeople), v.Size, plain.Text(note))
	}
	return w.Flush()
}
