// Package setup puts the adapter into an org and an instance: it plans by reading, applies what an API can do, checks
// that it works, and takes back what it made. This is the engine: what it carries out is in steps, what it asks is in
// checks, and it knows neither.
//
// Read first: Step, Change, Entry, Check; then Plan, Apply, Destroy, Verify. It reaches the two platforms only through
// their published APIs and does not know whether they are real or a sandbox.
package setup

import (
	"context"
	"errors"
	"fmt"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// Platforms are the two far sides, signed in as an administrator.
type Platforms struct {
	CRM     *salesforce.Client
	Connect *amazonconnect.Client
}

// Action is what is to be done, as the sign that a plan prints.
type Action string

// The actions.
const (
	Nothing Action = "=" // it is right already
	Create  Action = "+"
	Update  Action = "~" // something that exists changes
	Remove  Action = "-" // only Destroy removes
	Person  Action = "!" // no API can do it
)

// Change is one line of a plan.
type Change struct {
	Step   string `json:"step"`
	Action Action `json:"action"`
	What   string `json:"what"`          // one line a person understands
	Old    string `json:"old,omitempty"` // of an Update
	New    string `json:"new,omitempty"`
	Why    string `json:"why,omitempty"`    // what does not work without it
	Link   string `json:"link,omitempty"`   // where a person does it
	Number int    `json:"number,omitempty"` // of a person's step, from 1

	// Deploy is the metadata that the change brings, Do is what a change without metadata does; both are nil where
	// nothing is to be done, or not yet. A step's later changes of a file build on its earlier ones, so that the
	// bundles of a whole plan can be laid over one another.
	Deploy sfdx.Bundle                 `json:"-"`
	Do     func(context.Context) error `json:"-"`
	// Wait is what a change does that only time makes true.
	Wait *Waiting `json:"-"`
	// First says what else to make when the platform refused the change, which is then tried once more; nil, or no
	// changes, where there is nothing.
	First func(ctx context.Context, refused *salesforce.DeployError) ([]Change, error) `json:"-"`
	// Hidden says that the change brings components that no bundle shows: until it is made, nobody can ask about what
	// needs them.
	Hidden bool `json:"-"`
	// Optional says what works all the same if the platform refuses the change, which is then told and gone past; "" if
	// nothing does.
	Optional string `json:"-"`
	// Made is what Destroy has to know; it is written down before the change is made.
	Made []Made `json:"-"`

	// Asked is what the org said of the change when it was asked beforehand, Refused what it would not take of it.
	Asked   Answer    `json:"asked,omitempty"`
	Refused []Refusal `json:"refused,omitempty"`
}

// idle says that the change is nothing that a program can do now.
func (c Change) idle() bool { return c.Deploy == nil && c.Do == nil && c.Wait == nil }

func (c Change) carryOut(ctx context.Context, p Platforms, hooks Hooks) error {
	switch {
	case c.Deploy != nil:
		return org.Deploy(ctx, p.CRM, c.Deploy)
	case c.Wait != nil:
		return c.Wait.out(ctx, func(text string) { hooks.wait(c, text) })
	}
	return c.Do(ctx)
}

// Right is the line of a plan for what needs nothing.
func Right(format string, args ...any) Change {
	return Change{Action: Nothing, What: fmt.Sprintf(format, args...)}
}

// Step is one thing that must be true of the two platforms.
type Step interface {
	// Name is a short noun phrase, unique among the steps.
	Name() string
	// Plan reads and never writes. What an earlier step has still to bring counts as missing, not as an error.
	Plan(ctx context.Context, p Platforms) ([]Change, error)
}

// Plan says, in order, what is still to do. A person's steps are numbered.
func Plan(ctx context.Context, p Platforms, steps []Step) ([]Change, error) {
	var all []Change
	for _, step := range steps {
		changes, err := planOne(ctx, p, step)
		all = append(all, changes...)
		if err != nil {
			return number(all), err
		}
	}
	return number(all), nil
}

func planOne(ctx context.Context, p Platforms, step Step) ([]Change, error) {
	changes, err := step.Plan(ctx, p)
	changes = named(step, changes)
	if err != nil {
		return changes, fmt.Errorf("plan %s: %w", step.Name(), explain(step.Name(), err))
	}
	return changes, nil
}

// named puts the step's name on its changes.
func named(step Step, changes []Change) []Change {
	for i := range changes {
		changes[i].Step = step.Name()
		for j := range changes[i].Made {
			changes[i].Made[j].Step = step.Name()
		}
	}
	return changes
}

func number(changes []Change) []Change {
	n := 0
	for i := range changes {
		if changes[i].Action == Person {
			n++
			changes[i].Number = n
		}
	}
	return changes
}

// Pending counts the changes that Apply would make.
func Pending(changes []Change) (create, update, person int) {
	for _, c := range changes {
		switch c.Action {
		case Create:
			create++
		case Update:
			update++
		case Person:
			person++
		}
	}
	return create, update, person
}

// ErrRefused means that somebody was asked and did not agree.
var ErrRefused = errors.New("not agreed to")

// Hooks are what Apply and Destroy ask and tell; each may be nil.
type Hooks struct {
	// Agree is asked before something that exists is changed; nil agrees to all.
	Agree func(Change) (bool, error)
	// Begin hears a change before it is made, Done after; Done also hears what was right already.
	Begin, Done func(Change)
	// Waits hears, again and again, what a change still waits for.
	Waits func(Change, string)
	// Passed hears an optional change that the platform refused, with its words.
	Passed func(Change, error)
}

func (h Hooks) wait(c Change, text string) {
	if h.Waits != nil {
		h.Waits(c, text)
	}
}

// asks says whether somebody is asked about the change.
func (h Hooks) asks(c Change) bool {
	return h.Agree != nil && (c.Action == Update || c.Action == Remove)
}

func (h Hooks) agree(c Change) error {
	if !h.asks(c) {
		return nil
	}
	yes, err := h.Agree(c)
	if err == nil && !yes {
		err = fmt.Errorf("%s: %s: %w", c.Step, c.What, ErrRefused)
	}
	return err
}

func (h Hooks) begin(c Change) {
	if h.Begin != nil {
		h.Begin(c)
	}
}

func (h Hooks) passed(c Change, err error) {
	if h.Passed != nil {
		h.Passed(c, err)
	}
}

func (h Hooks) done(c Change) {
	if h.Done != nil {
		h.Done(c)
	}
}

// Apply makes the steps true, one after another, and stops at the first failure; what is right already is left alone.
// A later step may need an earlier one, so each is planned when its turn comes. Every change is written down in the
// record before it is made, so that an end at any moment loses nothing and a second Apply goes on.
func Apply(ctx context.Context, p Platforms, steps []Step, record *Record, hooks Hooks) error {
	for _, step := range steps {
		changes, err := planOne(ctx, p, step)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if err := applyOne(ctx, p, step, c, record, hooks); err != nil {
				return err
			}
		}
	}
	return nil
}

func applyOne(ctx context.Context, p Platforms, step Step, c Change, record *Record, hooks Hooks) error {
	if c.idle() && (c.Action == Create || c.Action == Update) {
		return fmt.Errorf("apply %s: %s: what it needs is not there", c.Step, c.What)
	}
	if c.idle() {
		hooks.done(c)
		return nil
	}
	if err := hooks.agree(c); err != nil {
		return err
	}
	if hooks.asks(c) {
		var err error
		if c, err = again(ctx, p, step, c); err != nil {
			return err
		}
	}
	hooks.begin(c)
	added, replaced, err := record.add(c.Made...)
	if err != nil {
		return fmt.Errorf("apply %s: %w", c.Step, err)
	}
	err = c.carryOut(ctx, p, hooks)
	if failed, isDeploy := errors.AsType[*salesforce.DeployError](err); isDeploy && c.First != nil {
		err = afterFirst(ctx, p, step, c, failed, record, hooks)
	}
	if err != nil {
		// Cut off, nobody knows whether it was made: it stays written down. Refused, it was not.
		if ctx.Err() == nil && refused(err) {
			dropped := record.unsay(added, replaced)
			if c.Optional != "" && dropped == nil {
				hooks.passed(c, err)
				return nil
			}
			err = errors.Join(err, dropped)
		}
		return fmt.Errorf("apply %s: %s: %w", c.Step, c.What, explain(c.Step, err))
	}
	hooks.done(c)
	return nil
}

// afterFirst makes what a refused change wants to be there, and tries it once more.
func afterFirst(
	ctx context.Context, p Platforms, step Step, c Change, failed *salesforce.DeployError, record *Record, hooks Hooks,
) error {
	first, err := c.First(ctx, failed)
	if err != nil {
		return errors.Join(failed, err)
	}
	if len(first) == 0 {
		return failed
	}
	for _, one := range named(step, first) {
		one.First = nil
		if err := applyOne(ctx, p, step, one, record, hooks); err != nil {
			return err
		}
	}
	return c.carryOut(ctx, p, hooks)
}

// again plans a change anew after somebody was asked about it: while they thought, others may have edited the same
// file, and theirs must not be lost.
func again(ctx context.Context, p Platforms, step Step, agreed Change) (Change, error) {
	changes, err := planOne(ctx, p, step)
	if err != nil {
		return agreed, err
	}
	for _, c := range changes {
		if !c.idle() && c.Action == agreed.Action && c.What == agreed.What && c.Old == agreed.Old && c.New == agreed.New {
			return c, nil
		}
	}
	return agreed, fmt.Errorf("apply %s: %s: it has changed since you were asked; run patchcord setup apply again",
		agreed.Step, agreed.What)
}

// refused is true for an answer of the platform that says that nothing was done.
func refused(err error) bool {
	if errors.Is(err, salesforce.ErrOutcomeUnknown) {
		return false
	}
	if failed, ok := errors.AsType[*salesforce.Error](err); ok {
		return failed.Status < 500
	}
	if _, ok := errors.AsType[*salesforce.DeployError](err); ok {
		return true
	}
	return amazonconnect.ErrorCode(err) != "" && !amazonconnect.ServerFault(err)
}
