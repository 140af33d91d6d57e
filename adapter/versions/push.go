package versions

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// Push is a file that is to be kept as a version of a flow.
type Push struct {
	Flow   string `json:"flow"`             // name or id; a flow of a new name is made
	Event  string `json:"event,omitempty"`  // source.event, for a flow that is made
	Record string `json:"record,omitempty"` // name of the adapter record, for a flow that is made where several are
	Note   string `json:"note,omitempty"`
	Raw    []byte `json:"file"`
	Draft  bool   `json:"draft,omitempty"` // keep it although it cannot run
	Change
}

// Change is how the active version is to be changed, and by whom.
type Change struct {
	By       string `json:"by,omitempty"`       // who does it; the adapter itself says so for who signed in to it
	Activate bool   `json:"activate,omitempty"` // make it the active one
	Off      bool   `json:"off,omitempty"`      // and switch the flow off, instead of on
	Base     int    `json:"base,omitempty"`     // the version that this one comes after; 0 if that is not known
	Force    bool   `json:"force,omitempty"`    // whatever is active
}

// Outcome is what came of it.
type Outcome struct {
	Flow    Entry   `json:"flow"`
	Version Version `json:"version"`
	Saved   bool    `json:"saved"`   // it is a version now
	Already bool    `json:"already"` // it was one before
	// Edited is what somebody wrote into the flow's record, which was kept as a version on the way; nil for nothing.
	Edited   *Version `json:"edited,omitzero"`
	Refused  string   `json:"refused,omitempty"` // why it is not active although that was wanted, or not saved
	Findings []Said   `json:"findings"`
}

// Said is a finding with what people read of it.
type Said struct {
	Severity flow.Severity `json:"severity"`
	Code     flow.Code     `json:"code"`
	Action   flow.ActionID `json:"action,omitempty"`
	Name     string        `json:"name,omitempty"` // of the action
	Message  string        `json:"message"`
}

// said is what is worth saying: hints are for who asks for them.
func said(c compiled) []Said {
	all := []Said{}
	for _, f := range c.findings {
		if f.Severity == flow.SeverityHint {
			continue
		}
		one := Said{Severity: f.Severity, Code: f.Code, Action: f.Action, Message: f.Message()}
		if a := c.program.At(f.Action); a != nil {
			one.Name = a.Label()
		}
		all = append(all, one)
	}
	return all
}

// desk is one flow while it is worked on.
type desk struct {
	crm   *salesforce.Client
	now   time.Time
	row   Row
	types Types
	out   Outcome
}

// Push keeps a file as a version: the same file is one version, however often it comes.
func (l *Library) Push(ctx context.Context, in Push) (Outcome, error) {
	if in.Flow == "" || len(in.Flow) > maxName {
		return Outcome{}, fault.New(fault.Invalid, nil, "Give the flow a name of up to %d letters with --name.", maxName)
	}
	crm, row, err := l.open(ctx, in.Flow)
	isNew := fault.Of(err).Kind == fault.Missing && err != nil
	if isNew {
		row, err = newRow(ctx, crm, in)
	}
	if err != nil {
		return Outcome{}, err
	}
	if err := sameEvent(row, in.Event); err != nil {
		return Outcome{}, err
	}
	d := desk{crm: crm, now: l.clock.Now(), row: row, out: Outcome{Flow: row.entry(nil)}}
	if d.types, err = typesOf(ctx, crm, row.Adapter); err != nil {
		return Outcome{}, err
	}
	refused, err := d.lint(in.Raw)
	if err != nil || d.out.Refused != "" && !in.Draft {
		return d.out, err
	}
	if isNew {
		if d.row.Id, err = makeFlow(ctx, crm, row); err != nil {
			return Outcome{}, explained(err)
		}
	}
	s := saving{flow: d.row.Id, raw: in.Raw, author: in.By, note: in.Note, problem: refused, at: d.now, activate: in.Activate}
	if in.Activate && refused != "" {
		s.activate, d.out.Refused = false, refused
	}
	return d.settle(ctx, s, in.Change)
}

// maxName is how long a record's name may be.
const maxName = 80

// Activate makes a version of a flow the active one.
func (l *Library) Activate(ctx context.Context, name string, number int, c Change) (Outcome, error) {
	crm, row, err := l.open(ctx, name)
	if err != nil {
		return Outcome{}, err
	}
	held, err := numbered(ctx, crm, row, number)
	if err != nil {
		return Outcome{}, err
	}
	if held.Err != nil {
		return Outcome{}, damaged(row.Name, *held)
	}
	d := desk{crm: crm, now: l.clock.Now(), row: row,
		out: Outcome{Flow: row.entry(nil), Version: held.Version, Saved: true, Already: true}}
	if d.types, err = typesOf(ctx, crm, row.Adapter); err != nil {
		return Outcome{}, err
	}
	if refused, err := d.lint(held.Raw); err != nil || refused != "" {
		d.out.Refused = refused
		return d.out, err
	}
	return d.settle(ctx, saving{flow: row.Id, raw: held.Raw, author: c.By, at: d.now, activate: true}, c)
}

// lint looks through a file. refused is why it must not be active; Refused of the outcome is set if it cannot even run.
func (d *desk) lint(raw []byte) (refused string, err error) {
	c, err := compile(raw, d.types, d.row.Event)
	if _, isInvalid := errors.AsType[*flow.Invalid](err); isInvalid {
		d.out.Refused = reason(err)
		found := flow.Finding{Severity: flow.SeverityError, Code: flow.CodeUnreadable, Args: flow.Args("problem", d.out.Refused)}
		d.out.Findings = []Said{{Severity: found.Severity, Code: found.Code, Message: found.Message()}}
		return d.out.Refused, nil
	}
	if err != nil {
		return "", err
	}
	d.out.Findings = said(c)
	if err := flow.Broken(c.findings); err != nil {
		d.out.Refused = reason(err)
	}
	if err := c.mayRun(); err != nil {
		refused = reason(err)
	}
	return refused, nil
}

// settle takes in what somebody edited in the org meanwhile, so that nothing of it is lost, and then saves.
func (d *desk) settle(ctx context.Context, s saving, c Change) (Outcome, error) {
	active, err := d.takeInEdit(ctx, s.raw)
	if err != nil {
		return d.out, explained(err)
	}
	if s.activate && active != nil {
		if active.Hash == hashOf(s.raw) { // it is active: only the flow may have to be switched
			return d.switched(ctx, *active, c)
		}
		if err := c.mayFollow(*active, d.row.Name); err != nil {
			return d.out, err
		}
	}
	on := !c.Off
	s.from, s.on = d.row.activation(), &on
	done, err := s.save(ctx, d.crm)
	if errors.Is(err, errOvertaken) {
		return d.out, d.overtaken(ctx)
	}
	if err != nil {
		return d.out, explained(err)
	}
	d.out.Version, d.out.Already, d.out.Saved = done.version, done.already, true
	if s.activate {
		d.row.Active, active = on, &d.out.Version
	} else if active != nil {
		d.out.Version.Active = d.out.Version.Number == active.Number
	}
	d.out.Flow = d.row.entry(active)
	return d.out, nil
}

// takeInEdit keeps what somebody wrote into a flow's Script and gives the version that is active then; nil for none. Where the flow is
// switched off, what is written there runs nowhere, and is kept as a draft.
func (d *desk) takeInEdit(ctx context.Context, pushed []byte) (*Version, error) {
	held, err := activeOf(ctx, d.crm, d.row)
	if err != nil {
		return nil, err
	}
	v := Judge(d.row.Script, held, rulesOf(d.types, d.row.Event))
	v.Adopt = v.Adopt && d.row.Active
	var active *Version
	if held != nil && held.Err == nil {
		active = &held.Version
	}
	if v.TakeIn == nil || !v.Adopt && Same(d.row.Script, pushed) {
		return active, nil
	}
	taken, err := takeIn(ctx, d.crm, d.row, v, d.now)
	if err != nil {
		return nil, err
	}
	if !taken.already {
		d.out.Edited = &taken.version
	}
	if v.Adopt {
		d.row.Counted, active = float64(taken.version.Activation), &taken.version
	}
	return active, nil
}

// mayFollow says whether the active version may be replaced: by who made it active, by who knows it, or by force.
func (c Change) mayFollow(active Version, name string) error {
	if c.Force || c.Base == active.Number || c.Base == 0 && active.ActivatedBy == c.By {
		return nil
	}
	when := "some time ago"
	if active.ActivatedAt != nil {
		when = "at " + active.ActivatedAt.UTC().Format(time.DateTime) + " UTC"
	}
	return fault.New(fault.Conflict, nil, "Version %d of %s is active, by %s %s: look at it with patchcord flow pull %q, then say "+
		"--base %d, or --force to replace it unseen.", active.Number, name, active.ActivatedBy, when, name, active.Number)
}

// overtaken says who was faster.
func (d *desk) overtaken(ctx context.Context) error {
	now, err := find(ctx, d.crm, d.row.Id)
	if err != nil {
		return err
	}
	held, err := activeOf(ctx, d.crm, now)
	if err != nil || held == nil {
		return explained(errors.Join(err, errOvertaken))
	}
	return Change{Base: -1}.mayFollow(held.Version, d.row.Name)
}

// switched is a flow whose active version stays: only its record may have to be switched on or off.
func (d *desk) switched(ctx context.Context, active Version, c Change) (Outcome, error) {
	if d.row.Active == c.Off {
		if err := d.crm.Update(ctx, scriptObject, d.row.Id, salesforce.Values{"Active__c": !c.Off}); err != nil {
			return d.out, explained(err)
		}
		d.row.Active = !c.Off
	}
	active.Active = true
	d.out.Version, d.out.Already, d.out.Saved, d.out.Flow = active, true, true, d.row.entry(&active)
	return d.out, nil
}

// newRow is a flow that is to be made.
func newRow(ctx context.Context, crm *salesforce.Client, in Push) (Row, error) {
	source, event, err := eventOf(in)
	if err != nil {
		return Row{}, err
	}
	all, err := adapters(ctx, crm)
	if err != nil {
		return Row{}, err
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(a adapterRow) bool {
		return in.Record != "" && a.Name != in.Record || in.Record == "" && !a.Active
	})
	if len(fits) == 1 {
		return Row{Name: in.Flow, Adapter: fits[0].Id, Source: source, Event: event}, nil
	}
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.Name
	}
	if len(names) == 0 {
		return Row{}, errNoAdapter
	}
	return Row{}, fault.New(fault.Invalid, nil, "The flow is new: name with --record the one AC CTI Adapter record that it belongs to, of %s.",
		strings.Join(names, ", "))
}

// eventOf is what fires a flow that is to be made.
func eventOf(in Push) (source, event string, err error) {
	if in.Event == "" {
		return "", "", fault.New(fault.Invalid, nil, "There is no CTI flow %s yet: say with --event what fires it, such as "+
			"connectVoiceContact.onConnecting, or with --name which flow it is.", in.Flow)
	}
	source, event, _ = strings.Cut(in.Event, ".")
	var events []string
	for _, e := range lint.Events {
		if e.Source == source && e.Event == event {
			return source, event, nil
		}
		events = append(events, firedBy(e.Source, e.Event))
	}
	hint := "."
	if near := flow.Nearest(in.Event, events); near != "" {
		hint = ": did you mean " + near + "?"
	}
	return "", "", fault.New(fault.Invalid, nil, "There is no event %s%s", in.Event, hint)
}

// sameEvent refuses to let a flow be fired by something else in passing.
func sameEvent(row Row, event string) error {
	if have := firedBy(row.Source, row.Event); event != "" && event != have {
		return fault.New(fault.Conflict, nil, "The CTI flow %s is fired by %s, not by %s: leave --event out, or give the new flow another name "+
			"with --name.", row.Name, have, event)
	}
	return nil
}

// makeFlow makes a flow's record. It is off until a version is active.
func makeFlow(ctx context.Context, crm *salesforce.Client, row Row) (string, error) {
	id, err := crm.Create(ctx, scriptObject, salesforce.Values{"Name": row.Name, "CTI_Adapter__c": row.Adapter, "Source__c": row.Source,
		"Event__c": row.Event, "Active__c": false})
	if err != nil {
		return "", fmt.Errorf("make flow: %w", err)
	}
	return id, nil
}
