package checks

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/steps"
)

const whereToLook = "Look at /admin/presence of the adapter, which says what each rule does."

// presenceSync tells why statuses would not follow each other, or not as somebody meant.
func presenceSync(ctx context.Context, on On) ([]setup.Finding, error) {
	rows, err := adapterRecord[struct {
		Id string
		On bool `json:"Presence_Sync_Enabled__c"`
	}](ctx, on, "Id, Presence_Sync_Enabled__c")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	p, err := records.ReadPresence(ctx, on.Site.CRM, rows[0].Id, rows[0].On)
	if err != nil {
		return nil, err
	}
	active := len(p.Rules) + len(p.Broken)
	switch {
	case !p.On && active == 0:
		return []setup.Finding{passed("presence sync is off, so no rule is needed")}, nil
	case !p.On:
		return []setup.Finding{{
			Verdict: setup.Warned, What: counted.Noun(active, "rule") + " active, and presence sync is off",
			Why:  "statuses do not follow each other",
			Mend: "Tick Presence Sync Enabled of the adapter record, or write sync: true below setup.presence, or take Active off the rules.",
		}}, nil
	case active == 0:
		return []setup.Finding{{
			Verdict: setup.Warned, What: "presence sync is on, and no rule is active",
			Why:  "statuses do not follow each other",
			Mend: "Add a presence sync rule to the adapter record, or switch Presence Sync Enabled off.",
		}}, nil
	}
	found := rulesThatFail(p)
	for _, ask := range []func(context.Context, On, records.Presence) ([]setup.Finding, error){
		barRight, centreHas, agentsMay, onlineHasChannels,
	} {
		of, err := ask(ctx, on, p)
		if err != nil {
			return found, err
		}
		found = append(found, of...)
	}
	if found == nil {
		found = []setup.Finding{passed("presence sync is on: %s, whose statuses are there and may be chosen", counted.Noun(active, "rule"))}
	}
	return found, nil
}

// rulesThatFail are rules that do nothing, run in a circle, or take back what somebody chose.
func rulesThatFail(p records.Presence) (found []setup.Finding) {
	for _, b := range p.Broken {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: "the rule " + b.Rule.Name + " does nothing: " + strings.Join(b.Problems, " "),
			Why:  "the side that it should set keeps its status",
			Mend: "Mend the rule in the adapter record, or take its Active off.",
		})
	}
	ways := presence.Follow(p.Rules)
	for _, path := range ways.Loops {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: "rules lead in a circle: " + path.String(),
			Why:  "each change is followed one step far only, so the statuses end where nobody meant",
			Mend: "Take Active off one of them. " + whereToLook,
		})
	}
	for _, path := range ways.Undone {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: "rules take back what somebody chooses: " + path.String(),
			Why:  "the agent's own choice should last",
			Mend: "Have both rules name the same pair of statuses. " + whereToLook,
		})
	}
	return found
}

// barRight wants what reaches Omni-Channel in the bar, whoever switched the sync on.
func barRight(ctx context.Context, on On, _ records.Presence) ([]setup.Finding, error) {
	if on.Steps.Console.Presence { // Service Console says it
		return nil, nil
	}
	console := on.Steps.Console
	console.Presence = true
	changes, err := console.Plan(ctx, on.Site.Platforms)
	if err != nil {
		return nil, err
	}
	var found []setup.Finding
	for _, c := range changes {
		if c.Action == setup.Nothing || !strings.Contains(c.What+c.Old+c.New, steps.DeskName) &&
			!strings.Contains(c.What+c.Old+c.New, steps.OmniName) {
			continue
		}
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: c.What + " is " + setup.OrEmpty(c.Old) + ", not " + setup.OrEmpty(c.New), Why: c.Why,
			Mend: "Write presence: {sync: true} below setup into patchcord.yaml and run patchcord setup apply, or add it in App Builder.",
			Link: c.Link,
		})
	}
	return found, nil
}

// ruleNaming is a sentence about a status that a rule names.
func ruleNaming(r presence.Rule, format string, args ...any) string {
	return "the rule " + r.Name + " " + fmt.Sprintf(format, args...)
}
