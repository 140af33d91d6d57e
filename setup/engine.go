// Package setup puts the adapter into an org and an instance: it plans by reading, applies what an API can do, and may be repeated.
//
// Read first: Step, Plan, Apply. It reaches the two platforms only through their published APIs and does not know whether they are
// real or a sandbox.
package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/salesforce"
)

// Platforms are the two far sides, signed in as an administrator.
type Platforms struct {
	CRM     *salesforce.Client
	Connect *amazonconnect.Client
}

// Action is what a step would do.
type Action string

// The actions, with the sign that a plan prints.
const (
	Nothing Action = "="
	Create  Action = "+"
	Update  Action = "~"
)

// Change is one line of a plan.
type Change struct {
	Step   string `json:"step"`
	Action Action `json:"action"`
	What   string `json:"what"`          // one line a person understands
	Why    string `json:"why,omitempty"` // what does not work without it
}

// Step is one thing that must be true of the two platforms.
type Step interface {
	// Name is a short noun phrase, unique among the steps.
	Name() string
	// Plan reads and never writes.
	Plan(ctx context.Context, p Platforms) (Change, error)
	// Apply makes it true; repeating it changes nothing.
	Apply(ctx context.Context, p Platforms) error
}

// Plan says for each step, in order, what is still to do.
func Plan(ctx context.Context, p Platforms, steps []Step) ([]Change, error) {
	changes := make([]Change, 0, len(steps))
	for _, step := range steps {
		change, err := step.Plan(ctx, p)
		if err != nil {
			return changes, fmt.Errorf("plan %s: %w", step.Name(), err)
		}
		change.Step = step.Name()
		changes = append(changes, change)
	}
	return changes, nil
}

// Apply plans and applies one step after another and stops at the first failure; what is already right is left alone. A later step
// may need an earlier one, so each is planned when its turn comes. told hears every step once it is done, and may be nil.
func Apply(ctx context.Context, p Platforms, steps []Step, told func(Change)) error {
	for _, step := range steps {
		change, err := step.Plan(ctx, p)
		if err != nil {
			return fmt.Errorf("plan %s: %w", step.Name(), err)
		}
		change.Step = step.Name()
		if change.Action != Nothing {
			if err := step.Apply(ctx, p); err != nil {
				return fmt.Errorf("apply %s: %w", step.Name(), err)
			}
		}
		if told != nil {
			told(change)
		}
	}
	return nil
}
