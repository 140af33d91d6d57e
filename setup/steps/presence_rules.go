package steps

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// PresenceRules are the rules by which the statuses of both sides follow each other. A rule that is there stays as it is:
// an administrator may have changed it, or taken Active off.
type PresenceRules struct {
	CallCenter string
	Presence   config.Presence
}

// Name says what it is.
func (PresenceRules) Name() string { return "presence sync rules" }

// onContact are the states of an agent who has a contact: from when a call is accepted, or begun, until the work after it ends.
// Pending and PendingBusy are those of one that is offered, where the contact centre tells them as a state; for calls out of
// queues it does not. The states of a contact that was missed are not among them: the agent has none, and Omni-Channel has
// a time limit of its own for work that nobody accepts.
var onContact = []string{"Busy", "Pending", "PendingBusy", "CallingCustomer", "AfterCallWork"}

// mirror are the rules of a configuration: each status of a pair has the other, whoever chose it.
func mirror(p config.Presence) []presence.Rule {
	var rules []presence.Rule
	add := func(name string, from presence.Source, to presence.Side, value string, any bool, criteria ...presence.Criterion) {
		const step = 10 // room for an administrator's own between two
		rules = append(rules, presence.Rule{
			Name: name, Source: from, Criteria: criteria, Any: any, Destination: to, Value: value,
			Order: float64(step * (len(rules) + 1)),
		})
	}
	for _, s := range p.Statuses {
		add("Amazon Connect "+s.Connect, presence.CentreChanged, presence.Org, s.Omni, false, is(presence.CentreNew, s.Connect))
		add("Omni-Channel "+s.Omni, presence.OrgChanged, presence.Centre, s.Connect, false, is(presence.OrgNew, s.Omni))
	}
	var any []presence.Criterion
	for _, state := range onContact {
		any = append(any, is(presence.CentreNew, state))
	}
	add("Amazon Connect on a call", presence.CentreChanged, presence.Org, config.OnACall, true, any...)
	add("Omni-Channel log-out", presence.OrgLoggedOut, presence.Centre, presence.Offline, false, is(presence.OrgNew, presence.Offline))
	return rules
}

func is(operand presence.Operand, value string) presence.Criterion {
	return presence.Criterion{
		A: presence.Term{Operand: operand}, Comparator: presence.Equal, B: presence.Term{Operand: presence.Static, Value: value},
	}
}

const ruleObject = "AC_PresenceSyncRule__c"

var destinations = map[presence.Side]string{presence.Org: "Salesforce Agent State", presence.Centre: "Connect Agent State"}

// ruleValues are a rule as its record has it, without the adapter record that it belongs to.
func ruleValues(r presence.Rule) (salesforce.Values, error) {
	first := r.Criteria[0]
	logic, more := "All", ""
	if r.Any {
		logic = "Any"
	}
	if len(r.Criteria) > 1 {
		body, err := json.Marshal(r.Criteria[1:])
		if err != nil {
			return nil, err
		}
		more = string(body)
	}
	return salesforce.Values{
		"Name": r.Name, "Source__c": string(r.Source), "Active__c": true, "Order__c": r.Order, "Logic__c": logic,
		"Operand_A__c": string(first.A.Operand), "Comparator__c": string(first.Comparator),
		"Operand_B__c": string(first.B.Operand), "Operand_B_Value__c": first.B.Value, "More_Criteria__c": more,
		"Destination__c": destinations[r.Destination], "Value__c": r.Value,
	}, nil
}

// Plan looks for each rule by its name.
func (s PresenceRules) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if !s.Presence.Mirrored() {
		return nil, nil
	}
	state, _, err := readOmni(ctx, p)
	if err != nil || state == omniAway {
		return nil, err
	}
	adapter := org.Equals("Call_Center_Definition_Name__c", s.CallCenter)
	id, err := org.Find(ctx, p.CRM, "AC_CtiAdapter__c", adapter+" AND Active__c = true")
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, r := range mirror(s.Presence) {
		c, err := planRule(ctx, p, r, adapter, id)
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// planRule plans for one rule; id is the adapter record's, "" while there is none.
func planRule(ctx context.Context, p setup.Platforms, r presence.Rule, adapter, id string) (setup.Change, error) {
	if problems := r.Check(); len(problems) > 0 {
		return setup.Change{}, &config.Error{
			Field: "setup.presence.statuses", Message: "the rule " + r.Name + " would do nothing: " + strings.Join(problems, " "),
		}
	}
	if id != "" {
		have, err := org.Find(ctx, p.CRM, ruleObject, org.Equals("Name", r.Name)+" AND "+org.Equals("CTI_Adapter__c", id))
		if err != nil {
			return setup.Change{}, err
		}
		if have != "" {
			return setup.Right("%s is there", r.Name), nil
		}
	}
	values, err := ruleValues(r)
	if err != nil {
		return setup.Change{}, err
	}
	written, err := asWritten(values)
	what := r.Name + ": " + r.Destination.Name() + " becomes " + r.Value
	return setup.Change{
		Action: setup.Create, What: what, Why: "it runs on " + string(r.Source),
		Made: []setup.Made{{
			What:  "presence sync rule " + r.Name,
			Entry: PresenceRule{Where: org.Equals("Name", r.Name) + " AND CTI_Adapter__r." + adapter, Values: written},
		}},
		Do: func(ctx context.Context) error {
			values["CTI_Adapter__c"], err = org.Must(ctx, p.CRM, "AC_CtiAdapter__c", adapter+" AND Active__c = true")
			if err == nil {
				_, err = p.CRM.Create(ctx, ruleObject, values)
			}
			return err
		},
	}, err
}

// asWritten are values as text, so that those of a record can be held against them. A record has no empty text.
func asWritten(values map[string]any) (map[string]string, error) {
	all := map[string]string{}
	for field, v := range values {
		switch v := v.(type) {
		case nil:
		case string:
			if v != "" {
				all[field] = strings.ReplaceAll(strings.TrimSpace(v), "\r\n", "\n")
			}
		case bool, float64:
			all[field] = fmt.Sprint(v)
		default:
			return nil, fmt.Errorf("%s is a %T", field, v)
		}
	}
	return all, nil
}

// PresenceRule is a rule that apply made: it is deleted, unless somebody has changed it since.
type PresenceRule struct {
	Where  string            `json:"where"`  // SOQL condition that finds it
	Values map[string]string `json:"values"` // that it was given, by field; those that are empty left out
}

// Kind is its name in the record.
func (PresenceRule) Kind() string { return "presence sync rule" }

// Key is where it is found.
func (r PresenceRule) Key() string { return r.Where }

// ruleFields are all that make a rule.
const ruleFields = "Name, Source__c, Active__c, Order__c, Logic__c, Operand_A__c, Operand_A_Value__c, Comparator__c, Operand_B__c, " +
	"Operand_B_Value__c, More_Criteria__c, Destination__c, Value__c"

// Undo deletes it if it is as it was written.
func (r PresenceRule) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	rows, err := org.Query[map[string]any](ctx, p.CRM, "SELECT "+ruleFields+" FROM "+ruleObject+" WHERE "+r.Where)
	if err != nil || len(rows) == 0 {
		return m.Gone(), err
	}
	asked := map[string]any{}
	for field := range strings.SplitSeq(ruleFields, ", ") {
		asked[field] = rows[0][field]
	}
	now, err := asWritten(asked)
	if err != nil {
		return setup.Change{}, err
	}
	if !maps.Equal(now, r.Values) {
		return m.Kept(), nil
	}
	return Row{Object: ruleObject, Where: r.Where}.Undo(ctx, p, m)
}
