package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/plain"
)

// flowChange is how push and activate change what is active.
type flowChange struct {
	Base     int    `help:"The version that yours comes after: it may be replaced although somebody else made it active." placeholder:"N"`
	Force    bool   `help:"Replace whatever is active."`
	Inactive bool   `help:"Leave the flow switched off, or switch it off."`
	Output   string `short:"o" enum:"text,json" default:"text" help:"text or json."`
	flowDoor
}

func (c flowChange) change(by string, activate bool) versions.Change {
	return versions.Change{By: by, Activate: activate, Off: c.Inactive, Base: c.Base, Force: c.Force}
}

type flowPushCommand struct {
	File     string `arg:"" help:"A flow as JSON."`
	Name     string `help:"Which flow it is; else the name in the file, else the file's." placeholder:"NAME"`
	Event    string `help:"What fires a flow that is new, such as connectVoiceContact.onConnecting." placeholder:"SOURCE.EVENT"`
	Record   string `help:"The AC CTI Adapter record of a flow that is new, where several are." placeholder:"NAME"`
	Note     string `help:"What this version is for." placeholder:"TEXT"`
	Activate bool   `help:"Make it the version that runs, and switch the flow on."`
	Draft    bool   `help:"Keep it although it cannot run."`
	flowChange
}

// Help is shown by patchcord flow push --help.
func (flowPushCommand) Help() string {
	return "Keeps a file as a version of a flow, to the byte. The same file is one version, however often it is pushed. Nothing changes\n" +
		"for calls until a version is made active. Status 1: it has errors, or somebody else's version is active.\n\n" + doorHelp
}

// Run pushes one file.
func (c flowPushCommand) Run(e *env) error { return refused(e, c.run(e)) }

func (c flowPushCommand) run(e *env) error {
	if c.Draft && c.Activate {
		return errors.New("choose one: --draft keeps what cannot run, --activate makes it run")
	}
	raw, err := readOne(c.File)
	if err != nil {
		return err
	}
	all, by, done, err := c.open(e)
	if err != nil {
		return err
	}
	defer done()
	out, err := all.Push(e.ctx, versions.Push{Flow: c.flowName(raw), Event: c.Event, Record: c.Record, Note: c.Note, Raw: raw,
		Draft: c.Draft, Change: c.change(by, c.Activate)})
	if err != nil {
		return err
	}
	return c.tell(e, all, c.File, out, c.Activate)
}

// flowName is which flow a file is.
func (c flowPushCommand) flowName(raw []byte) string {
	if c.Name != "" {
		return c.Name
	}
	if d, err := flow.Read(raw); err == nil {
		if name := d.Name(); name != "" {
			return name
		}
	}
	return strings.TrimSuffix(filepath.Base(c.File), ".json")
}

// readOne reads one flow's file.
func readOne(name string) ([]byte, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is not there", name)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, maxFlowFile))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return raw, nil
}

// tell says what came of a change: status 1 if it is not what was asked for.
func (c flowChange) tell(e *env, all flowLibrary, file string, out versions.Outcome, activate bool) error {
	var err error
	if c.Output == "json" {
		err = printIndented(e, out)
	} else if err = tellOutcome(e, file, out); err == nil && out.Version.Active && out.Flow.On {
		err = tellBeside(e, all, out.Flow)
	}
	if err == nil && (!out.Saved || activate && !out.Version.Active) {
		return exitFound
	}
	return err
}

func tellOutcome(e *env, file string, out versions.Outcome) error {
	for _, f := range out.Findings {
		where := ""
		if f.Action != "" {
			where = fmt.Sprintf("%s (%s): ", f.Name, f.Action)
		}
		fmt.Fprintln(e.stderr, plain.Text(fmt.Sprintf("%s: %s: %s%s", file, f.Severity, where, f.Message)))
	}
	if v := out.Edited; v != nil {
		fmt.Fprintln(e.stderr, plain.Text(fmt.Sprintf("What %s wrote in Salesforce is kept as version %d.", v.Author, v.Number)))
	}
	_, err := fmt.Fprintln(e.stdout, plain.Text(out.Flow.Name+": "+outcomeWords(out)))
	return err
}

// tellBeside names the flows that run on the same event: each of them acts, and what pops last is in front.
func tellBeside(e *env, all flowLibrary, of versions.Entry) error {
	entries, err := all.List(e.ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, entry := range entries {
		if entry.On && entry.ID != of.ID && entry.Fires() == of.Fires() {
			names = append(names, entry.Name)
		}
	}
	if len(names) > 0 {
		_, err = fmt.Fprintln(e.stdout, plain.Text("It runs beside "+strings.Join(names, ", ")+", which the same event fires."))
	}
	return err
}

// outcomeWords say what came of a change in one line.
func outcomeWords(out versions.Outcome) string {
	v := out.Version
	said := fmt.Sprintf("version %d is saved", v.Number)
	if out.Already {
		said = fmt.Sprintf("already version %d", v.Number)
	}
	switch {
	case !out.Saved:
		return "nothing is saved: " + out.Refused + ". Mend the file, or keep it as it is with --draft."
	case v.Active && out.Flow.On:
		return said + ", and active: it runs on " + out.Flow.Fires() + "."
	case v.Active:
		return said + ", and active, but the flow is switched off: tick Active on its record, or activate it without --inactive."
	case out.Refused != "":
		return said + ", and not active: " + out.Refused + "."
	case out.Flow.Version != nil:
		return fmt.Sprintf("%s, and not active: version %d runs on. It becomes active with patchcord flow activate %q %d.", said,
			out.Flow.Version.Number, out.Flow.Name, v.Number)
	}
	return fmt.Sprintf("%s, and not active. It becomes active with patchcord flow activate %q %d.", said, out.Flow.Name, v.Number)
}

type flowActivateCommand struct {
	Flow    string `arg:"" help:"Its name or id."`
	Version int    `arg:"" help:"Number of the version."`
	flowChange
}

// Help is shown by patchcord flow activate --help.
func (flowActivateCommand) Help() string {
	return "Makes a version of a flow the one that runs, and switches the flow on. Status 1: it cannot run, or somebody else's version is " +
		"active.\n\n" + doorHelp
}

var errVersion = errors.New("versions are counted from 1")

// Run makes a version active.
func (c flowActivateCommand) Run(e *env) error { return refused(e, c.run(e)) }

func (c flowActivateCommand) run(e *env) error {
	if c.Version < 1 {
		return errVersion
	}
	all, by, done, err := c.open(e)
	if err != nil {
		return err
	}
	defer done()
	out, err := all.Activate(e.ctx, c.Flow, c.Version, c.change(by, true))
	if err != nil {
		return err
	}
	return c.tell(e, all, "version "+strconv.Itoa(c.Version), out, true)
}
