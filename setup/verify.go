package setup

import (
	"context"

	"github.com/patchcord/patchcord/internal/plain"
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
	// FirstDay is the number of what docs/real-org.md asks on the first day; 0 for what it does not.
	FirstDay int `json:"first_day,omitempty"`
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

// Check is one question to the platforms or the adapter. An error means that it could not be asked.
type Check struct {
	Name     string // short noun phrase
	FirstDay int    // as in Finding
	Ask      func(context.Context) ([]Finding, error)
}

// Verify asks every check, whatever the others found.
func Verify(ctx context.Context, checks []Check) ([]Finding, error) {
	var all []Finding
	for _, one := range checks {
		found, err := one.Ask(ctx)
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err != nil {
			found = []Finding{{
				Verdict: Failed, What: "could not be asked: " + plain.Line(explain(one.Name, err)),
				Mend: "Mend that first; then run patchcord setup verify again.",
			}}
		}
		for _, f := range found {
			f.Check, f.FirstDay = one.Name, one.FirstDay
			all = append(all, f)
		}
	}
	return all, nil
}
