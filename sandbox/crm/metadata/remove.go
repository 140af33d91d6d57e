package metadata

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// destroy deletes what a list of deletions names: rights and applications first, objects last. What is not there is a
// warning.
func (in *installer) destroy(ctx context.Context, file string, body []byte) error {
	if body == nil {
		return nil
	}
	m, err := readManifest(body)
	if err != nil {
		return in.one(ctx, message{FileName: file, FullName: file}, func(*message) error { return err })
	}
	slices.SortStableFunc(m.types, func(x, y members) int { return turnOf(y.kind) - turnOf(x.kind) })
	for _, t := range m.types {
		for _, name := range t.names {
			err := in.one(ctx, message{FileName: file, FullName: name, ComponentType: t.kind}, func(out *message) error {
				if name == "*" {
					return &problem{"Wildcards are not allowed in a list of deletions", 1, 1}
				}
				there, err := in.remove(ctx, t.kind, name, m)
				switch {
				case err != nil:
					return err
				case there:
					out.Deleted, out.Changed = true, true
					return nil
				case !in.opts.IgnoreWarnings:
					return &problem{fmt.Sprintf("No %s named: %s found", t.kind, name), 1, 1}
				}
				out.Problem, out.ProblemType = fmt.Sprintf("No %s named: %s found", t.kind, name), "Warning"
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// turnOf is when a type's components go: after those with a greater turn; children go before what they stand in.
func turnOf(name string) int {
	k, _ := kindNamed(name)
	if k.parent != "" {
		return k.turn*2 + 1
	}
	return k.turn * 2
}

// remove deletes one component with what stands for it; false if it is not there. gone lists what is deleted together
// with it.
func (in *installer) remove(ctx context.Context, kind, name string, gone manifest) (bool, error) {
	k, known := kindNamed(kind)
	if !known {
		return false, nil
	}
	c, there, err := component(ctx, in.actor, kind, name)
	if err != nil {
		return false, err
	}
	if there {
		name = c.FullName
	}
	if k.there != nil {
		found, err := k.there(in, ctx, name)
		if err != nil {
			return false, err
		}
		if there = found != ""; there {
			name = found
		}
	}
	if !there {
		return false, nil
	}
	if k.remove != nil {
		if err := k.remove(in, ctx, name, gone); err != nil {
			return false, err
		}
	}
	if err := in.audit(ctx, kind, name, "Deleted"); err != nil {
		return true, err
	}
	return true, in.actor.DropComponent(ctx, kind, name)
}

// Remove deletes components and what stands for them within the transaction of an actor whose rights the caller has
// checked: rights and pages before objects, whatever the order they are named in. What is not there is gone already;
// what something uses that stays is refused with a *schema.Error. The caller writes the entry of the audit trail.
func Remove(ctx context.Context, actor *crm.Actor, components ...Identified) error {
	in := installerFor(actor)
	in.untold = true
	var gone manifest
	for _, c := range components {
		gone.types = append(gone.types, members{kind: c.Type, names: []string{c.FullName}})
	}
	components = slices.Clone(components)
	slices.SortStableFunc(components, func(x, y Identified) int { return turnOf(y.Type) - turnOf(x.Type) })
	for _, c := range components {
		object, _, _ := strings.Cut(c.FullName, ".")
		if k, _ := kindNamed(c.Type); k.parent != "" && gone.lists(k.parent, object) {
			continue // goes with what it stands in
		}
		if _, err := in.remove(ctx, c.Type, c.FullName, gone); err != nil {
			return refusal(fmt.Errorf("remove %s %s: %w", c.Type, c.FullName, err))
		}
	}
	return nil
}

// installerFor is an installer that no deployment runs.
func installerFor(actor *crm.Actor) *installer {
	return &installer{actor: actor, by: actor.User().ID, deployment: &deployment{}, made: map[string]bool{}}
}

// refusal is a component's own problem as the platform's error.
func refusal(err error) error {
	if own, ok := errors.AsType[*problem](err); ok {
		return &schema.Error{Code: "FIELD_INTEGRITY_EXCEPTION", Message: own.text, Status: http.StatusBadRequest}
	}
	return err
}
