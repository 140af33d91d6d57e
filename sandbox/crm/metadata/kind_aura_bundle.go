package metadata

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/aura"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

const auraKind = "AuraDefinitionBundle"

// auraBundle is a folder with an Aura component's files.
func auraBundle() kind {
	return kind{
		name: auraKind, folder: "aura", suffix: ".cmp", turn: 2, bundle: true, fixed: true,
		label: "Aura component", section: "Lightning Components",
		install: installAura, remove: removeAura,
	}
}

const maxBundle = 1 << 20

// installAura compiles a bundle and keeps all its files.
func installAura(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	size := 0
	b := aura.Bundle{Name: p.fullName, Files: p.files}
	for name, body := range p.files {
		size += len(body)
		c.Files[path.Join(p.file, name)] = body
	}
	if size > maxBundle {
		return bad(e, "A bundle may have 1 MB at most")
	}
	if !developerName.MatchString(p.fullName) {
		return bad(e, "Invalid name for a bundle: %s", p.fullName)
	}
	var trouble error
	err := aura.Check(b, aura.World{HasChannel: func(name string) bool {
		short, custom := strings.CutSuffix(name, "__c")
		_, there, err := in.actor.Component(ctx, channelKind, short)
		trouble = errors.Join(trouble, err)
		return custom && there
	}})
	if trouble != nil {
		return trouble
	}
	if own, ok := errors.AsType[*aura.Problem](err); ok {
		return &problem{own.Text, own.Line, own.Column}
	}
	return err
}

// removeAura wants a component to be used by no Lightning page that stays.
func removeAura(in *installer, ctx context.Context, name string, gone manifest) error {
	pages, err := in.actor.Components(ctx, flexiKind)
	if err != nil {
		return err
	}
	for _, c := range pages {
		body, _ := c.File(".flexipage")
		e, err := tree(body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", c.Type, c.FullName, err)
		}
		if len(e.custom(name)) > 0 && !gone.lists(c.Type, c.FullName) {
			return &problem{fmt.Sprintf("This aura component is referenced elsewhere in salesforce.com. "+
				"Remove the usage and try again. : %s - %s.", c.Type, c.FullName), 1, 1}
		}
	}
	return nil
}

// bundleOf is an Aura bundle that the org has.
func bundleOf(ctx context.Context, actor *crm.Actor, name string) (aura.Definition, bool, error) {
	c, there, err := actor.Component(ctx, auraKind, name)
	if err != nil || !there {
		return aura.Definition{}, false, err
	}
	d, err := aura.Define(aura.BundleOf(c.FullName, c.Files))
	return d, true, err
}
