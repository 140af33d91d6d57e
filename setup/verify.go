package setup

import (
	"context"
	"fmt"
)

// Verdict is how a check ended.
type Verdict string

// The verdicts.
const (
	Passed Verdict = "passed"
	Failed Verdict = "failed" // the main job does not work
	Warned Verdict = "warned" // a person should look at it
)

// Finding is what one check found.
type Finding struct {
	Check   string  `json:"check"`
	Verdict Verdict `json:"verdict"`
	What    string  `json:"what"`           // what is so, or what is wrong
	Why     string  `json:"why,omitempty"`  // why it matters
	Mend    string  `json:"mend,omitempty"` // what to do
	Link    string  `json:"link,omitempty"`
}

// Broken says whether the main job does not work: some check failed.
func Broken(findings []Finding) bool {
	for _, f := range findings {
		if f.Verdict == Failed {
			return true
		}
	}
	return false
}

// check is one question to the platforms. An error means that it could not be asked.
type check struct {
	name string
	ask  func(context.Context, Config, Site) ([]Finding, error)
}

// checks are in the order in which a call needs them.
var checks = []check{
	{"adapter reachable", adapterReachable},
	{"adapter signs in", adapterReady},
	{"approved origins", originsApproved},
	{"softphone page", pageAnswers},
	{"call center", callCenterRight},
	{"agents", agentsMaySignIn},
	{"adapter record", recordRight},
	{"CTI flows", flowsActive},
	{"Service Console", consoleRight},
	{"framing", framingAllowed},
	{"single sign-on", ssoFields},
	{"ringtones", ringtonesPlay},
	{"new fields", fieldsVisible},
	{"presence sync", presenceSync},
	{"softphone layout", layoutRight},
}

// Verify asks every check, whatever the others found.
func Verify(ctx context.Context, c Config, s Site) ([]Finding, error) {
	var all []Finding
	for _, one := range checks {
		found, err := one.ask(ctx, c, s)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err != nil {
			found = []Finding{{Verdict: Failed, What: "could not be asked: " + err.Error(), Mend: "Mend that first; then run patchcord setup verify again."}}
		}
		for _, f := range found {
			f.Check = one.name
			all = append(all, f)
		}
	}
	return all, nil
}

func passed(format string, args ...any) Finding {
	return Finding{Verdict: Passed, What: fmt.Sprintf(format, args...)}
}

const applyAgain = "Run patchcord setup apply."

// unless turns what a step still has to do into findings.
func unless(ctx context.Context, s Site, step Step, right string) ([]Finding, error) {
	changes, err := step.Plan(ctx, s.Platforms)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, c := range changes {
		switch c.Action {
		case Create:
			found = append(found, Finding{Verdict: Failed, What: "missing: " + c.What, Why: c.Why, Mend: applyAgain})
		case Update:
			found = append(found, Finding{Verdict: Failed, What: c.What + " is " + quoted(c.Old) + ", not " + quoted(c.New), Why: c.Why, Mend: applyAgain})
		case Person:
			found = append(found, Finding{Verdict: Warned, What: "a person's step is open", Why: c.Why, Mend: c.What, Link: c.Link})
		}
	}
	if found == nil {
		found = []Finding{passed("%s", right)}
	}
	return found, nil
}
