package versions

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// saving is a file that is to be a version of a flow, or is one and is to be active.
type saving struct {
	flow    string // id of its record
	raw     []byte // its file
	author  string
	note    string
	problem string // why it is not made active; "" for nothing
	at      time.Time
	// activate makes it the active one, if the flow still counts as many activations as from; of two who do it at a time one is told.
	activate bool
	from     int
	on       *bool // what Active of the flow's record becomes; nil leaves it
}

// saved is what came of it.
type saved struct {
	version Version
	already bool // the file was a version before
}

// standing is what the org has when something is saved.
type standing struct {
	row     Row
	same    *Version // the version with the same file
	highest int
}

// errOvertaken is of an activation that another one came before.
var errOvertaken = errors.New("another version was made active meanwhile")

// saveTries is how often saving begins anew because somebody else saved at the same time.
const saveTries = 6

// save makes a version of a file, once, whoever else does the same; or makes it active, or both, in one go.
func (s saving) save(ctx context.Context, crm *salesforce.Client) (saved, error) {
	for try := 1; ; try++ {
		now, err := s.standing(ctx, crm)
		if err != nil {
			return saved{}, err
		}
		if s.activate && now.row.activation() != s.from {
			if v := now.same; v != nil && v.Activation == now.row.activation() {
				v.Active = true
				return saved{*v, true}, nil // by us, whose answer was lost, or by somebody with the same file
			}
			return saved{}, errOvertaken
		}
		if now.same != nil && !s.activate {
			return saved{*now.same, true}, nil
		}
		all, v, err := s.parts(now)
		if err != nil {
			return saved{}, err
		}
		answers, err := crm.Composite(ctx, all)
		switch {
		case err == nil && v.ID == "":
			v.ID, err = answers.ID("version")
			return saved{v, false}, err
		case err == nil:
			return saved{v, true}, nil
		case !salesforce.IsCode(err, "DUPLICATE_VALUE") || try == saveTries:
			return saved{}, fmt.Errorf("save version: %w", err)
		}
	}
}

// standing asks for all that saving depends on, by one request.
func (s saving) standing(ctx context.Context, crm *salesforce.Client) (standing, error) {
	key := KeyOf(s.flow, s.raw)
	id := salesforce.Quote(s.flow)
	answers, err := crm.Composite(ctx, salesforce.Composite{Repeatable: true, Parts: []salesforce.Part{
		salesforce.Ask("flow", "SELECT "+Columns+" FROM "+scriptObject+" WHERE Id = "+id),
		salesforce.Ask("same", versionColumns+" WHERE Key__c = "+salesforce.Quote(key)),
		salesforce.Ask("highest", "SELECT Number__c FROM "+versionObject+" WHERE CTI_Flow__c = "+id+
			" ORDER BY Number__c DESC NULLS LAST LIMIT 1"),
	}})
	if err != nil {
		return standing{}, fmt.Errorf("read versions: %w", err)
	}
	var rows struct{ Records []Row }
	var same, highest struct{ Records []stored }
	for name, into := range map[string]any{"flow": &rows, "same": &same, "highest": &highest} {
		if err := answers.Into(name, into); err != nil {
			return standing{}, fmt.Errorf("read versions: %w", err)
		}
	}
	if len(rows.Records) != 1 {
		return standing{}, fault.New(fault.Missing, nil, "The CTI flow is not there any more: somebody deleted it.")
	}
	now := standing{row: rows.Records[0]}
	for _, r := range same.Records {
		if r.Key == key {
			v := r.version()
			now.same = &v
		}
	}
	for _, r := range highest.Records {
		now.highest = count(r.Number)
	}
	return now, nil
}

// parts are the requests that save it: all or none.
func (s saving) parts(now standing) (salesforce.Composite, Version, error) {
	all := salesforce.Composite{AllOrNone: true, Repeatable: true} // a second one fails on the keys
	v := Version{Number: now.highest + 1, Author: s.author, SavedAt: s.at, Note: s.note, Problem: s.problem, flow: s.flow}
	if now.same != nil {
		v = *now.same
	}
	values := salesforce.Values{}
	if s.activate {
		at := s.at
		v.Activation, v.ActivatedBy, v.ActivatedAt, v.Active, v.Problem = s.from+1, s.author, &at, true, ""
		values["Activation__c"], values["Activation_Key__c"] = v.Activation, countKey(s.flow, v.Activation)
		values["Activated_By__c"], values["Activated_At__c"] = cut(s.author), at.UTC().Format(timeWritten)
		values["Problem__c"] = nil
	}
	if now.same != nil {
		all.Parts = append(all.Parts, salesforce.Change("version", versionObject, salesforce.ID(v.ID), values))
	} else {
		s.insert(&all, v, values)
	}
	if !s.activate {
		return all, v, nil
	}
	file, err := flow.Read(s.raw)
	if err != nil {
		return all, v, err
	}
	script, err := scriptOf(file)
	if err != nil {
		return all, v, err
	}
	shown := salesforce.Values{"Version__c": v.Number, "Activation__c": v.Activation, "Script__c": script}
	if s.on != nil {
		shown["Active__c"] = *s.on
	}
	all.Parts = append(all.Parts, salesforce.Change("flow", scriptObject, salesforce.ID(s.flow), shown))
	return all, v, nil
}

// insert adds the record of a version, and those of its file.
func (s saving) insert(all *salesforce.Composite, v Version, values salesforce.Values) {
	parts := split(s.raw)
	values["CTI_Flow__c"], values["Key__c"] = s.flow, KeyOf(s.flow, s.raw)
	values["Number__c"], values["Number_Key__c"] = v.Number, countKey(s.flow, v.Number)
	values["Size__c"], values["Chunks__c"] = len(s.raw), len(parts)
	values["Author__c"], values["Saved_At__c"] = cut(s.author), s.at.UTC().Format(timeWritten)
	values["Note__c"] = cut(s.note)
	if file, err := flow.Read(s.raw); err == nil {
		if tests := file.Own("tests"); len(tests) > 0 && lengthOf(tests) <= maxChunk {
			values["Tests__c"] = string(tests)
		}
	}
	if s.problem != "" && !s.activate {
		values["Problem__c"] = cut(s.problem)
		all.Parts = append(all.Parts, salesforce.Change("flow", scriptObject, salesforce.ID(s.flow), salesforce.Values{
			"Last_Result__c": cut(fmt.Sprintf("%s UTC: version %d of %s was not made active: %s", s.at.UTC().Format(time.DateTime), v.Number,
				s.author, s.problem))}))
	}
	all.Parts = append(all.Parts, salesforce.Insert("version", versionObject, values))
	for i, data := range parts {
		all.Parts = append(all.Parts, salesforce.Insert(fmt.Sprintf("chunk%d", i+1), chunkObject, salesforce.Values{
			"CTI_Flow_Version__c": salesforce.From("version", "id"), "Order__c": i + 1, "Data__c": data}))
	}
}

// longest is how many characters a short text field of the CRM holds.
const longest = 255

// cut is a text as a short field takes it.
func cut(text string) string {
	if whole := []rune(text); len(whole) > longest {
		return string(whole[:longest-1]) + "…"
	}
	return text
}
