package admin

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"slices"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	maxRuleName  = 80  // characters of a record's name
	maxRuleText  = 255 // of its other fields
	maxCriteria  = 20
	maxUnits     = 1e6 // of an agent's capacity
	draftUnnamed = "The draft"
)

// tryPresence answers POST presence/try: nothing is set.
func (a *Admin) tryPresence(_ context.Context, _ person, r *http.Request) (any, error) {
	var ask PresenceTry
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&ask); err != nil {
		return nil, fault.New(fault.Invalid, err, "The question cannot be read.")
	}
	if err := ask.check(); err != nil {
		return nil, err
	}
	books, at, err := a.book(ask.Record)
	if err != nil {
		return nil, err
	}
	if len(books) == 0 {
		return nil, fault.New(fault.Conflict, nil, "No adapter record is in use yet: open the softphone once as an agent, then try again.")
	}
	b := books[at]
	rules, problems := b.with(ask.Draft)
	answer := PresenceTried{Problems: problems, Rules: []PresenceOutcome{}, Sets: []PresenceSet{}}
	for _, t := range presence.Try(rules, ask.Source, ask.Standing) {
		answer.Rules = append(answer.Rules, PresenceOutcome{Rule: a.ruleOf(b, t.Rule), Applies: t.Applies, First: t.First, Before: t.Before})
		if t.First {
			to := t.Rule.Destination
			already := to == presence.Centre && ask.Standing.Centre == t.Rule.Value || to == presence.Org && ask.Standing.Org == t.Rule.Value
			answer.Sets = append(answer.Sets, PresenceSet{Already: already, PresenceStep: PresenceStep{Side: string(to), Value: t.Rule.Value,
				Label: b.label(to, t.Rule.Value), Rule: t.Rule.Name}})
		}
	}
	path, back := presence.Way(rules, ask.Source, ask.Standing)
	answer.Way = b.way(path, back)
	found := presence.Follow(rules)
	answer.Loops, answer.Undone = b.ways(found.Loops, 0), b.ways(found.Undone, -1)
	return answer, nil
}

// with are the rules and a draft among them, unless something is wrong with it.
func (b RuleBook) with(draft *presence.Rule) (rules []presence.Rule, problems []string) {
	if draft == nil {
		return b.Rules, []string{}
	}
	r := *draft
	r.ID = ""
	if r.Name == "" {
		r.Name = draftUnnamed
	}
	if problems = b.Check(r); len(problems) > 0 {
		return b.Rules, problems
	}
	rules = append(slices.Clone(b.Rules), r)
	presence.Sort(rules)
	return rules, []string{}
}

// check refuses what no agent and no record can be.
func (t PresenceTry) check() error {
	if !slices.Contains(presence.Sources, t.Source) {
		return fault.New(fault.Invalid, nil, "There is no Source %q.", short(string(t.Source)))
	}
	s := t.Standing
	texts := []string{s.Centre, s.CentreWas, s.Org, s.Channel}
	var numbers []float64
	if s.Work != nil {
		numbers = append(numbers, s.Work.Capacity, s.Work.Was, s.Work.Now)
	}
	if t.Draft != nil {
		if len(t.Draft.Criteria) > maxCriteria {
			return fault.New(fault.Invalid, nil, "A rule has at most %d criteria here.", maxCriteria)
		}
		if len(t.Draft.Name) > 4*maxRuleName {
			return fault.New(fault.Invalid, nil, "The name of a rule has at most %d characters.", maxRuleName)
		}
		texts = append(texts, t.Draft.Value)
		for _, c := range t.Draft.Criteria {
			texts = append(texts, string(c.A.Operand), c.A.Value, string(c.Comparator), string(c.B.Operand), c.B.Value)
		}
		if math.Abs(t.Draft.Order) > math.MaxInt32 {
			return fault.New(fault.Invalid, nil, "The order of a rule is a smaller number.")
		}
	}
	if slices.ContainsFunc(texts, func(text string) bool { return len(text) > 4*maxRuleText }) {
		return fault.New(fault.Invalid, nil, "A status or a value has at most %d characters.", maxRuleText)
	}
	if slices.ContainsFunc(numbers, func(n float64) bool { return n < 0 || n > maxUnits }) {
		return fault.New(fault.Invalid, nil, "Workload and capacity are numbers from 0 to %d.", int(maxUnits))
	}
	return nil
}
