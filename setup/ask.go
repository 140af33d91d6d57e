package setup

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Answer is what the org said of a change when it was asked beforehand; "" for what needs no asking.
type Answer string

// The answers.
const (
	Taken    Answer = "taken"
	Declined Answer = "refused"
	// NotYet is for what is no metadata, or needs an earlier change to be kept: nobody can ask about it now.
	NotYet Answer = "not asked yet"
)

// Refusal is one component that the org would not take.
type Refusal struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Problem string `json:"problem"` // the org's own sentence
}

// Ask asks the org whether it would take a plan: all metadata of all changes, laid over one another, in one archive of
// which nothing is kept. The changes come back with its answers.
func Ask(ctx context.Context, p Platforms, changes []Change) ([]Change, error) {
	joint, first := sfdx.Bundle{}, "" // the step that deploys first: refused the right to deploy, that is what fails
	for _, c := range changes {
		if c.Deploy != nil {
			first = cmp.Or(first, c.Step)
			joint.Lay(c.Deploy)
		}
	}
	var failed *salesforce.DeployError
	if len(joint) > 0 {
		err := org.Check(ctx, p.CRM, joint)
		if !errors.As(err, &failed) && err != nil {
			return nil, fmt.Errorf("ask the org: %w", explain(first, err))
		}
		if failed != nil && len(failed.Failures) == 0 {
			return nil, fmt.Errorf("ask the org: %w", failed)
		}
	}
	asked := make([]Change, len(changes))
	for i, c := range changes {
		asked[i] = c
		switch {
		case c.Deploy != nil:
			asked[i].Asked = Taken
		case c.Action == Create || c.Action == Update:
			asked[i].Asked = NotYet
		}
	}
	if failed == nil {
		return asked, nil
	}
	return asked, blame(ctx, failed, asked)
}

// blame puts each component that was refused on the changes that bring it; what none of them brings, on the first.
func blame(ctx context.Context, failed *salesforce.DeployError, asked []Change) error {
	byChange := map[int][]salesforce.DeployFailure{}
	for _, f := range failed.Failures {
		owner := -1
		for i, c := range asked {
			if c.Deploy == nil {
				continue
			}
			if owner < 0 || c.Deploy.Brings(f.File, sfdx.Member{Type: f.Type, Name: f.Name}) {
				owner = i // of several changes of a file the last one's content counts
			}
		}
		byChange[owner] = append(byChange[owner], f)
	}
	hidden := false
	for i := range asked {
		c, mine := &asked[i], byChange[i]
		hidden = hidden || c.Hidden
		if len(mine) == 0 {
			continue
		}
		mendable, err := c.mendable(ctx, &salesforce.DeployError{Status: failed.Status, Failures: mine})
		if err != nil {
			return fmt.Errorf("ask the org: %w", explain(c.Step, err))
		}
		if mendable || hidden {
			c.Asked = NotYet
			continue
		}
		c.Asked = Declined
		for _, f := range mine {
			c.Refused = append(c.Refused, Refusal{Type: f.Type, Name: f.Name, Problem: f.Problem})
		}
	}
	return nil
}

// mendable says whether the change itself puts right first what it was refused for.
func (c Change) mendable(ctx context.Context, failed *salesforce.DeployError) (bool, error) {
	if c.First == nil {
		return false, nil
	}
	first, err := c.First(ctx, failed)
	return len(first) > 0, err
}

// WouldFail says whether the org would refuse some of a plan that it was asked about, and that would end it: an optional
// change that is refused is gone past.
func WouldFail(asked []Change) bool {
	for _, c := range asked {
		if c.Asked == Declined && c.Optional == "" {
			return true
		}
	}
	return false
}
