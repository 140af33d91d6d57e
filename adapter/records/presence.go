package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/salesforce"
)

// Presence is how the agents' statuses at the contact centre and in Omni-Channel follow each other.
type Presence struct {
	On    bool            // the adapter record says that they do
	Rules []presence.Rule // that are active and right, in their order
	// Broken are the active rules of which something is wrong: they do nothing.
	Broken []BrokenRule
	// Inactive are the rules that are switched off, with what would be wrong with them.
	Inactive []BrokenRule
	// Statuses are those of Omni-Channel; none without Omni-Channel, nor where nobody asks for them: no rule is there, and the sync is off.
	Statuses []PresenceStatus
	// NoOmni says that Omni-Channel is not enabled in the org.
	NoOmni bool
}

// BrokenRule is a rule with what is wrong with it, in sentences.
type BrokenRule struct {
	Rule     presence.Rule
	Problems []string
}

// PresenceStatus is a status of Omni-Channel.
type PresenceStatus struct {
	ID      string `json:"Id"`
	APIName string `json:"DeveloperName"`
	Label   string `json:"MasterLabel"`
}

// Works are the rules that are carried out: none while the sync is off.
func (p Presence) Works() []presence.Rule {
	if !p.On {
		return nil
	}
	return p.Rules
}

// Status finds a status of Omni-Channel by its developer name or id.
func (p Presence) Status(name string) (PresenceStatus, bool) {
	for _, s := range p.Statuses {
		if s.APIName == name || salesforce.SameID(s.ID, name) {
			return s, true
		}
	}
	return PresenceStatus{}, false
}

// ruleRecord is a record of the object; fields are named as the original adapter's are.
type ruleRecord struct {
	Id, Name     string
	Source       string  `json:"Source__c"`
	OperandA     string  `json:"Operand_A__c"`
	ValueA       string  `json:"Operand_A_Value__c"`
	Comparator   string  `json:"Comparator__c"`
	OperandB     string  `json:"Operand_B__c"`
	ValueB       string  `json:"Operand_B_Value__c"`
	Destination  string  `json:"Destination__c"`
	Value        string  `json:"Value__c"`
	Order        float64 `json:"Order__c"`
	Logic        string  `json:"Logic__c"`
	MoreCriteria string  `json:"More_Criteria__c"`
	Active       bool    `json:"Active__c"`
}

const (
	ruleFields = "SELECT Id, Name, Source__c, Operand_A__c, Operand_A_Value__c, Comparator__c, Operand_B__c, Operand_B_Value__c, " +
		"Destination__c, Value__c, Order__c, Logic__c, More_Criteria__c, Active__c FROM AC_PresenceSyncRule__c WHERE CTI_Adapter__c = "
	presenceStatuses = "SELECT Id, DeveloperName, MasterLabel FROM ServicePresenceStatus ORDER BY DeveloperName"
	// maxRules is more than anybody can oversee.
	maxRules = 500
	// maxLoops is how many circles are told, each of them in full.
	maxLoops = 3
)

// ReadPresence reads the rules of one adapter record as the adapter does; on says whether Presence Sync Enabled is ticked there.
func ReadPresence(ctx context.Context, crm *salesforce.Client, adapter string, on bool) (Presence, error) {
	a := Adapter{ID: adapter}
	err := a.presence(ctx, crm, on)
	return a.Presence, err
}

// presence reads the rules of an adapter record. What is wrong is told as a problem and never stops the softphone.
func (a *Adapter) presence(ctx context.Context, crm *salesforce.Client, on bool) error {
	a.Presence = Presence{On: on}
	found, err := salesforce.Query[ruleRecord](ctx, crm, ruleFields+salesforce.Quote(a.ID)+
		" ORDER BY Active__c DESC, Name, Id LIMIT "+fmt.Sprint(maxRules))
	if salesforce.IsCode(err, "INVALID_TYPE") || salesforce.IsCode(err, "INVALID_FIELD") {
		if on {
			a.tell("Presence Sync Enabled is ticked, and the org lacks the object of the rules or fields of it, or the user who reads it may not " +
				"see them. Run patchcord setup apply.")
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("read presence sync rules: %w", err)
	}
	if !on && len(found) == 0 {
		return nil // nobody asks for the statuses
	}
	a.Presence.Statuses, err = salesforce.Query[PresenceStatus](ctx, crm, presenceStatuses)
	a.Presence.NoOmni = salesforce.IsCode(err, "INVALID_TYPE") // the platform has the object only once Omni-Channel is enabled
	if err != nil && !a.Presence.NoOmni {
		return fmt.Errorf("read presence statuses: %w", err)
	}
	for _, f := range found {
		a.take(f, on)
	}
	presence.Sort(a.Presence.Rules)
	if on {
		a.loops()
	}
	return nil
}

// take puts a rule where it belongs: one that is broken does nothing, and neither does one that is switched off.
func (a *Adapter) take(f ruleRecord, on bool) {
	r, problems := f.rule()
	r = a.Presence.named(r)
	problems = append(problems, a.Presence.lacks(r)...)
	switch {
	case !f.Active:
		a.Presence.Inactive = append(a.Presence.Inactive, BrokenRule{r, problems})
	case len(problems) == 0:
		a.Presence.Rules = append(a.Presence.Rules, r)
		if odd := a.Presence.unheard(r); on && odd != "" {
			a.tell("The Presence Sync Rule %s asks about the status %s of Omni-Channel, and no presence status has that developer name.", r.Name,
				odd)
		}
	default:
		a.Presence.Broken = append(a.Presence.Broken, BrokenRule{r, problems})
		if on {
			a.tell("The Presence Sync Rule %s does nothing: %s", r.Name, strings.Join(problems, " "))
		}
	}
}

// named has a rule call statuses of Omni-Channel by their developer names, as the console does, where its record has their ids.
func (p Presence) named(r presence.Rule) presence.Rule {
	name := func(value string) string {
		if s, ok := p.Status(value); ok {
			return s.APIName
		}
		return value
	}
	if r.Destination == presence.Org {
		r.Value = name(r.Value)
	}
	for i := range r.Criteria {
		a, b := &r.Criteria[i].A, &r.Criteria[i].B
		if a.Operand == presence.OrgNew && b.Operand == presence.Static {
			b.Value = name(strings.TrimSpace(b.Value))
		}
		if b.Operand == presence.OrgNew && a.Operand == presence.Static {
			a.Value = name(strings.TrimSpace(a.Value))
		}
	}
	return r
}

// unheard is a status that a rule asks about and the org does not have, such as a label; "" for none. The rule works all the same: it may
// ask whether the status is another.
func (p Presence) unheard(r presence.Rule) string {
	for _, value := range presence.Asked([]presence.Rule{r}, presence.Org) {
		if _, ok := p.Status(value); !ok && value != presence.Offline && !p.NoOmni {
			return value
		}
	}
	return ""
}

// Check says what is wrong with a rule that somebody thinks of, in sentences for administrators. While nobody has asked for the statuses of
// Omni-Channel, whatever it names may be one.
func (p Presence) Check(r presence.Rule) []string {
	problems := r.Check()
	if len(p.Statuses) == 0 && !p.NoOmni {
		return problems
	}
	return append(problems, p.lacks(r)...)
}

// lacks says what the org does not have that a rule needs.
func (p Presence) lacks(r presence.Rule) (problems []string) {
	if r.Destination != presence.Org || r.Value == "" || r.Value == presence.Offline {
		return nil
	}
	if p.NoOmni {
		return []string{"Omni-Channel is not enabled in this org."}
	}
	if _, ok := p.Status(r.Value); !ok {
		return []string{fmt.Sprintf("its Value %q is the developer name of no presence status of Omni-Channel; there are: %s.", r.Value,
			strings.Join(p.names(), ", "))}
	}
	return nil
}

func (p Presence) names() (names []string) {
	for _, s := range p.Statuses {
		names = append(names, s.APIName)
	}
	return names
}

// loops tells of rules that lead in circles: nothing runs in them, and nobody can have meant it.
func (a *Adapter) loops() {
	found := presence.Follow(a.Presence.Rules)
	for _, path := range found.Loops[:min(len(found.Loops), maxLoops)] {
		a.tell("Presence Sync Rules lead in a circle: %s. Each change is followed one step far only.", path)
	}
	if more := len(found.Loops) - maxLoops; more > 0 {
		a.tell("Presence Sync Rules lead in %d more circles.", more)
	}
}

func (a *Adapter) tell(format string, args ...any) {
	a.Problems = append(a.Problems, fmt.Sprintf(format, args...))
}

// rule reads a record; problems are sentences.
func (f ruleRecord) rule() (r presence.Rule, problems []string) {
	r = presence.Rule{ID: f.Id, Name: f.Name, Source: presence.Source(f.Source), Any: f.Logic == "Any", Value: strings.TrimSpace(f.Value),
		Order: f.Order, Criteria: []presence.Criterion{{
			A:          presence.Term{Operand: presence.Operand(f.OperandA), Value: f.ValueA},
			Comparator: presence.Comparator(f.Comparator),
			B:          presence.Term{Operand: presence.Operand(f.OperandB), Value: f.ValueB},
		}}}
	switch f.Destination {
	case "Salesforce Agent State":
		r.Destination = presence.Org
	case "Connect Agent State":
		r.Destination = presence.Centre
	}
	if f.Logic != "" && f.Logic != "All" && f.Logic != "Any" {
		problems = append(problems, fmt.Sprintf("its Logic %q is neither All nor Any.", f.Logic))
	}
	more, err := moreCriteria(f.MoreCriteria)
	if err != nil {
		problems = append(problems, `its More Criteria are no list such as [{"a": {"operand": "Salesforce Agent New State"}, "comparator": `+
			`"Equal to", "b": {"operand": "Static Value", "value": "Lunch"}}].`)
	}
	r.Criteria = append(r.Criteria, more...)
	return r, append(problems, r.Check()...)
}

// moreCriteria reads the criteria beyond the record's own: a list as JSON, or nothing.
func moreCriteria(text string) (more []presence.Criterion, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&more); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the list")
	}
	return more, nil
}
