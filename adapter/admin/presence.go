package admin

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
)

// RuleBook is the presence rules of an adapter record in use.
type RuleBook struct {
	ID, Name, CallCenter string
	On                   bool             // Presence Sync Enabled
	Rules                []presence.Rule  // that are active and right, in their order
	Idle                 []KnownRule      // they do nothing
	Statuses             []PresenceStatus // of Omni-Channel
	NoOmni               bool             // Omni-Channel is not enabled in the org
	// Check says what is wrong with a rule in this org, in sentences.
	Check func(presence.Rule) []string
}

// KnownRule is a rule of a record. One that is switched off, or broken, does nothing.
type KnownRule struct {
	Rule     presence.Rule
	Active   bool
	Problems []string
}

const (
	// maxKnownAgents is how many agents' states are read together.
	maxKnownAgents = 20_000
	// lookBack is how many of the latest changes are searched for statuses that agents had.
	lookBack = 500
)

// book finds the rules that somebody asks for: of one record, or of the only one, or of the first by name.
func (a *Admin) book(record string) (books []RuleBook, at int, err error) {
	books = a.cfg.Presence()
	slices.SortFunc(books, func(x, y RuleBook) int {
		return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.CallCenter, y.CallCenter))
	})
	if record == "" {
		return books, 0, nil
	}
	at = slices.IndexFunc(books, func(b RuleBook) bool { return b.ID == record })
	if at < 0 {
		return nil, 0, fault.New(fault.Missing, nil, "There is no such adapter record in use: choose one of the list.")
	}
	return books, at, nil
}

// presenceRules answers GET presence.
func (a *Admin) presenceRules(ctx context.Context, _ person, r *http.Request) (any, error) {
	books, at, err := a.book(r.URL.Query().Get("record"))
	if err != nil {
		return nil, err
	}
	answer := PresenceRules{Records: []PresenceRecord{}, Rules: []PresenceRule{}, Loops: []PresenceWay{}, Undone: []PresenceWay{},
		Statuses: PresenceStatuses{Org: []PresenceStatus{}, Centre: []string{}},
		Words: PresenceWords{Sources: presence.Sources, Operands: presence.Operands, Comparators: presence.Comparators,
			System: presence.System}}
	for _, b := range books {
		answer.Records = append(answer.Records, a.recordOf(b))
	}
	if len(books) == 0 {
		return answer, nil
	}
	b := books[at]
	answer.Record, answer.NoOmni, answer.NewURL = &answer.Records[at], b.NoOmni, a.newRuleURL(b.ID)
	answer.Rules = a.rulesOf(b)
	found := presence.Follow(b.Rules)
	answer.Loops, answer.Undone = b.ways(found.Loops, 0), b.ways(found.Undone, -1)
	answer.Statuses.Org = b.statuses()
	answer.Statuses.Centre, err = a.centreStatuses(ctx, b)
	return answer, err
}

func (a *Admin) recordOf(b RuleBook) PresenceRecord {
	return PresenceRecord{ID: b.ID, Name: b.Name, CallCenter: b.CallCenter, URL: a.recordURL(b.ID), On: b.On}
}

// newRuleURL is the org's form for a rule of an adapter record. Source: Salesforce help, default field values of a new record page.
func (a *Admin) newRuleURL(record string) string {
	if a.cfg.CRM == "" {
		return ""
	}
	return a.cfg.CRM + "/lightning/o/AC_PresenceSyncRule__c/new?defaultFieldValues=" + url.QueryEscape("CTI_Adapter__c="+record)
}

// rulesOf are all rules of a book, those that do nothing among the others.
func (a *Admin) rulesOf(b RuleBook) []PresenceRule {
	all := slices.Clone(b.Idle)
	for _, r := range b.Rules {
		all = append(all, KnownRule{Rule: r, Active: true})
	}
	slices.SortStableFunc(all, func(x, y KnownRule) int { return x.Rule.Compare(y.Rule) })
	shown := []PresenceRule{}
	for _, one := range all {
		r := a.ruleOf(b, one.Rule)
		r.Active, r.Problems = one.Active, append(r.Problems, one.Problems...)
		shown = append(shown, r)
	}
	return shown
}

func (a *Admin) ruleOf(b RuleBook, r presence.Rule) PresenceRule {
	return PresenceRule{ID: r.ID, Name: r.Name, Source: string(r.Source), When: r.When(), Any: r.Any, Criteria: len(r.Criteria),
		Destination: string(r.Destination), Value: r.Value, Label: b.label(r.Destination, r.Value), Order: r.Order, Active: true,
		Problems: []string{}, URL: a.recordURL(r.ID)}
}

// label is what people read in place of a status' developer name; "" where that is all there is.
func (b RuleBook) label(side presence.Side, value string) string {
	if side != presence.Org {
		return ""
	}
	for _, s := range b.Statuses {
		if s.Name == value {
			return s.Label
		}
	}
	return ""
}

func (b RuleBook) ways(paths []presence.Path, back int) []PresenceWay {
	all := []PresenceWay{}
	for _, p := range paths {
		all = append(all, b.way(p, back))
	}
	return all
}

func (b RuleBook) way(path presence.Path, back int) PresenceWay {
	w := PresenceWay{Steps: []PresenceStep{}, Back: back}
	for _, s := range path {
		w.Steps = append(w.Steps, PresenceStep{Side: string(s.Side), Value: s.Value, Label: b.label(s.Side, s.Value), Rule: s.Rule})
	}
	return w
}

// statuses are those of Omni-Channel, and that of somebody who is logged out.
func (b RuleBook) statuses() []PresenceStatus {
	all := slices.Clone(b.Statuses)
	for _, name := range append(presence.Named(b.Rules, presence.Org), presence.Offline) {
		if !slices.ContainsFunc(all, func(s PresenceStatus) bool { return s.Name == name }) {
			all = append(all, PresenceStatus{Name: name, Label: ""})
		}
	}
	return all
}

// centreStatuses are those of the contact centre that are known: nobody tells all of them.
func (a *Admin) centreStatuses(ctx context.Context, b RuleBook) ([]string, error) {
	names := append(presence.Named(b.Rules, presence.Centre), "Available", presence.Offline)
	err := a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		changes, err := store.LatestPresences(tx, lookBack)
		for _, c := range changes {
			if c.Side == string(presence.Centre) {
				names = append(names, c.From, c.To)
			}
		}
		return err
	})
	names = slices.DeleteFunc(names, func(n string) bool { return n == "" || presence.IsSystem(n) })
	slices.Sort(names)
	return append(slices.Compact(names), presence.System...), err
}

// startSync answers POST presence/agents/{user}/start.
func (a *Admin) startSync(ctx context.Context, p person, r *http.Request) (any, error) {
	user := r.PathValue("user")
	known := false
	err := a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		var s agent.State
		_, err := tx.StateOf(store.Leg{User: user}, &s)
		known = s.User != ""
		return err
	})
	if err == nil && !known {
		err = errNoAgent
	}
	if err != nil {
		return nil, err
	}
	stopped, err := a.cfg.StartSync(ctx, user)
	if err == nil && !stopped {
		err = fault.New(fault.Conflict, nil, "The sync of this agent goes on already.")
	}
	if err != nil {
		return nil, err
	}
	a.cfg.Log.InfoContext(ctx, "presence sync started again by hand", "agent", short(user), "by", p.name)
	return Done{true}, nil
}
