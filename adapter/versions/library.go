package versions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// Library is what people do with versions of flows: look, fetch, save, make active. It is safe for concurrent use, by several machines too.
type Library struct {
	crm   func(context.Context) (*salesforce.Client, error)
	clock clock.Clock
}

// NewLibrary asks nothing yet; crm gives whom the org knows it as.
func NewLibrary(crm func(context.Context) (*salesforce.Client, error), clk clock.Clock) *Library {
	return &Library{crm, clk}
}

// Entry is a flow as a list has it.
type Entry struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Source  string   `json:"source"`
	Event   string   `json:"event,omitempty"`
	On      bool     `json:"on"`               // Active of its record: it runs on its event
	Version *Version `json:"version,omitzero"` // the active one; nil if none is
}

// Fires is what fires the flow, as source.event.
func (e Entry) Fires() string { return firedBy(e.Source, e.Event) }

// firedBy is what fires a flow, in one word; a source of one event has none.
func firedBy(source, event string) string { return strings.TrimSuffix(source+"."+event, ".") }

// entry is a row with its active version.
func (r Row) entry(active *Version) Entry {
	return Entry{ID: r.Id, Name: r.Name, Source: r.Source, Event: r.Event, On: r.Active, Version: active}
}

// maxFlows bounds a list.
const maxFlows = 2000

// List lists all flows of the org by name.
func (l *Library) List(ctx context.Context) ([]Entry, error) {
	crm, err := l.crm(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := salesforce.Query[Row](ctx, crm, fmt.Sprintf("SELECT Id, Name, Source__c, Event__c, Active__c, Activation__c FROM %s "+
		"ORDER BY Name, Id LIMIT %d", scriptObject, maxFlows))
	if err != nil {
		return nil, explained(err)
	}
	var keys []string
	for _, row := range rows {
		if row.activation() > 0 {
			keys = append(keys, countKey(row.Id, row.activation()))
		}
	}
	active, err := byKey(ctx, crm, "Activation_Key__c", keys)
	if err != nil {
		return nil, explained(err)
	}
	of := map[string]*Version{}
	for i := range active {
		active[i].Active = true
		of[countKey(active[i].flow, active[i].Activation)] = &active[i]
	}
	all := make([]Entry, 0, len(rows))
	for _, row := range rows {
		all = append(all, row.entry(of[countKey(row.Id, row.activation())]))
	}
	return all, nil
}

// History is a flow with all its versions, the newest first.
type History struct {
	Flow     Entry     `json:"flow"`
	Versions []Version `json:"versions"`
}

// History lists the versions of a flow.
func (l *Library) History(ctx context.Context, name string) (History, error) {
	crm, row, err := l.open(ctx, name)
	if err != nil {
		return History{}, err
	}
	rows, err := salesforce.Query[stored](ctx, crm, versionColumns+" WHERE CTI_Flow__c = "+salesforce.Quote(row.Id)+
		" ORDER BY Number__c DESC NULLS LAST")
	if err != nil {
		return History{}, explained(err)
	}
	found := History{Versions: make([]Version, 0, len(rows))}
	var active *Version
	for _, r := range rows {
		v := r.version()
		v.Active = v.Activation > 0 && v.Activation == row.activation()
		found.Versions = append(found.Versions, v)
		if v.Active {
			active = &v
		}
	}
	found.Flow = row.entry(active)
	return found, nil
}

// File is a version of a flow with its file.
type File struct {
	Flow    Entry   `json:"flow"`
	Version Version `json:"version"` // number 0: it is what the record says, of which there is no version yet
	Raw     []byte  `json:"file"`
}

// File fetches a version, to the byte; number 0 is the active one.
func (l *Library) File(ctx context.Context, name string, number int) (File, error) {
	crm, row, err := l.open(ctx, name)
	if err != nil {
		return File{}, err
	}
	held, err := activeOf(ctx, crm, row)
	if err != nil {
		return File{}, explained(err)
	}
	found := File{Flow: row.entry(nil)}
	if held != nil {
		found.Flow.Version = &held.Version
	}
	if number > 0 {
		if held, err = numbered(ctx, crm, row, number); err != nil {
			return File{}, err
		}
	}
	switch {
	case held == nil && strings.TrimSpace(row.Script) == "":
		return File{}, fault.New(fault.Missing, nil, "The CTI flow %s has no active version: name one with --version.", row.Name)
	case held == nil:
		found.Raw = []byte(row.Script)
		return found, nil
	case held.Err != nil:
		return File{}, damaged(row.Name, *held)
	}
	found.Version, found.Raw = held.Version, held.Raw
	return found, nil
}

func damaged(name string, h Held) error {
	return fault.New(fault.Conflict, h.Err, "%s cannot be used: version %d of %s. Restore its records in Salesforce from a backup, or delete "+
		"the version there and push the file again.", firstUpper(h.Err.Error()), h.Version.Number, name)
}

func firstUpper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// open finds a flow by its name or id.
func (l *Library) open(ctx context.Context, name string) (*salesforce.Client, Row, error) {
	crm, err := l.crm(ctx)
	if err != nil {
		return nil, Row{}, err
	}
	row, err := find(ctx, crm, name)
	return crm, row, err
}

var idLike = regexp.MustCompile(`^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$`)

// find gives a flow's record; fault.Missing if there is none.
func find(ctx context.Context, crm *salesforce.Client, name string) (Row, error) {
	conditions := []string{"Name = " + salesforce.Quote(name)}
	if idLike.MatchString(name) {
		conditions = append(conditions, "Id = "+salesforce.Quote(name))
	}
	for _, where := range conditions {
		rows, err := salesforce.Query[Row](ctx, crm, "SELECT "+Columns+" FROM "+scriptObject+" WHERE "+where+" ORDER BY Id LIMIT 20")
		switch {
		case salesforce.IsCode(err, "INVALID_QUERY_FILTER_OPERATOR", "MALFORMED_ID"): // it only looked like an id
		case err != nil:
			return Row{}, explained(err)
		case len(rows) == 1:
			return rows[0], nil
		case len(rows) > 1:
			ids := make([]string, len(rows))
			for i, r := range rows {
				ids[i] = r.Id + " (" + r.Source + "." + r.Event + ")"
			}
			return Row{}, fault.New(fault.Invalid, nil, "%d CTI flows are named %s: name one by its id, %s.", len(rows), name,
				strings.Join(ids, ", "))
		}
	}
	return Row{}, fault.New(fault.Missing, nil, "There is no CTI flow %s: patchcord flow list tells which there are.", name)
}

// activeOf is the active version of a flow with its file; nil if there is none.
func activeOf(ctx context.Context, crm *salesforce.Client, row Row) (*Held, error) {
	if row.activation() == 0 {
		return nil, nil
	}
	key := countKey(row.Id, row.activation())
	found, err := readHeld(ctx, crm, []string{key})
	if err != nil {
		return nil, err
	}
	h, ok := found[key]
	if !ok {
		h = Held{Err: fmt.Errorf("%w: its record is not there", ErrDamaged)}
	}
	return &h, nil
}

// numbered is a version of a flow by its number, with its file.
func numbered(ctx context.Context, crm *salesforce.Client, row Row, number int) (*Held, error) {
	all, err := byKey(ctx, crm, "Number_Key__c", []string{countKey(row.Id, number)})
	if err != nil {
		return nil, explained(err)
	}
	for _, v := range all {
		if v.Number != number || !salesforce.SameID(v.flow, row.Id) {
			continue
		}
		with, err := files(ctx, crm, []Version{v})
		if err != nil {
			return nil, explained(err)
		}
		with[0].Version.Active = v.Activation > 0 && v.Activation == row.activation()
		return &with[0], nil
	}
	return nil, fault.New(fault.Missing, nil, "The CTI flow %s has no version %d: patchcord flow list %q tells which it has.", row.Name,
		number, row.Name)
}

// explained says what to do where the org keeps no versions, or does not answer.
func explained(err error) error {
	if f, ok := errors.AsType[*fault.Fault](err); ok {
		return f
	}
	refused, answered := errors.AsType[*salesforce.Error](err)
	switch {
	case err == nil:
		return nil
	case Lacking(err):
		return fault.New(fault.Unavailable, err, "The org keeps no versions of CTI flows yet, or the user may not see them: run patchcord "+
			"setup apply.")
	case answered && !refused.Passing():
		return fault.New(fault.Denied, err, "Salesforce refuses it (%s: %s): the user may lack the permission set AC_Administrator, or "+
			"AC_Integration.", refused.Code, refused.Message)
	}
	return fault.New(fault.Unavailable, err, "Salesforce does not answer: try again in a minute.")
}

// adapterRow is an adapter record, as far as flows go.
type adapterRow struct {
	Id, Name string
	Active   bool   `json:"Active__c"`
	Types    string `json:"Flow_Block_Map__c"`
}

func adapters(ctx context.Context, crm *salesforce.Client) ([]adapterRow, error) {
	rows, err := salesforce.Query[adapterRow](ctx, crm,
		"SELECT Id, Name, Active__c, Flow_Block_Map__c FROM AC_CtiAdapter__c ORDER BY Id LIMIT 200")
	return rows, explained(err)
}

// typesOf is what unknown types stand for in flows of an adapter record.
func typesOf(ctx context.Context, crm *salesforce.Client, adapterID string) (Types, error) {
	all, err := adapters(ctx, crm)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if salesforce.SameID(a.Id, adapterID) {
			types, _ := ParseTypes(a.Types)
			return types, nil
		}
	}
	return nil, nil
}

// SetTypes writes into all adapter records what unknown types stand for, in place of what was there, and says how many records those are.
func (l *Library) SetTypes(ctx context.Context, types Types) (int, error) {
	body, err := json.MarshalIndent(types, "", "  ")
	if err != nil {
		return 0, err
	}
	if len(body) > MaxTypes {
		return 0, fault.New(fault.Invalid, nil, "The map is larger than %d characters, which the org keeps.", MaxTypes)
	}
	if _, problems := ParseTypes(string(body)); len(problems) > 0 {
		return 0, fault.New(fault.Invalid, nil, "The map cannot be used: %s.", strings.Join(problems, "; "))
	}
	crm, err := l.crm(ctx)
	if err != nil {
		return 0, err
	}
	all, err := adapters(ctx, crm)
	if err != nil {
		return 0, err
	}
	if len(all) == 0 {
		return 0, errNoAdapter
	}
	for _, a := range all {
		if err := crm.Update(ctx, "AC_CtiAdapter__c", a.Id, salesforce.Values{"Flow_Block_Map__c": string(body)}); err != nil {
			return 0, explained(err)
		}
	}
	return len(all), nil
}

var errNoAdapter = fault.New(fault.Missing, nil, "The org has no AC CTI Adapter record: run patchcord setup apply.")
