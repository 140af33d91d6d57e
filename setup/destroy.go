package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// PlanDestroy says what of the record is still there, in the order in which it is taken back: last made first.
func PlanDestroy(ctx context.Context, p Platforms, record *Record) ([]Change, error) {
	made := record.Made()
	slices.Reverse(made)
	var changes []Change
	for _, m := range made {
		c, err := planUndo(ctx, p, m)
		if err != nil {
			return changes, fmt.Errorf("plan to take back %s: %w", m.What, err)
		}
		changes = append(changes, c)
	}
	return number(changes), nil
}

// Destroy takes back what the record lists and nothing else. What somebody has changed since stays as it is. What
// cannot be taken back, or only by a person, stays in the record, and does not keep the rest from going.
func Destroy(ctx context.Context, p Platforms, record *Record, hooks Hooks) error {
	made := record.Made()
	slices.Reverse(made)
	var failed error
	for _, m := range made {
		err := takeBack(ctx, p, m, record, hooks)
		if ctx.Err() != nil || errors.Is(err, ErrRefused) {
			return errors.Join(failed, err)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

func takeBack(ctx context.Context, p Platforms, m Made, record *Record, hooks Hooks) error {
	c, err := planUndo(ctx, p, m)
	if err != nil {
		return fmt.Errorf("take back %s: %w", m.What, err)
	}
	if !c.idle() {
		if err := hooks.agree(c); err != nil {
			return err
		}
		hooks.begin(c)
		if err := c.carryOut(ctx, p, hooks); err != nil {
			return fmt.Errorf("take back %s: %w", m.What, explain(m.Step, err))
		}
	}
	if c.Action != Person { // nobody knows yet whether the person did it
		if err := record.drop(m); err != nil {
			return err
		}
	}
	hooks.done(c)
	return nil
}

// planUndo finds what one line of the record left, and how it goes.
func planUndo(ctx context.Context, p Platforms, m Made) (Change, error) {
	c, err := m.Entry.Undo(ctx, p, m)
	c.Step = m.Step
	return c, explain(m.Step, err)
}
