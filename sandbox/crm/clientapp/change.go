package clientapp

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

// RenameSet follows a permission set that policies name to its new name; a set that is gone, whose new name is "", leaves them.
func RenameSet(ctx context.Context, actor *crm.Actor, from, to string) error {
	all, err := actor.Components(ctx, oauthRulesKind)
	if err != nil {
		return err
	}
	for _, c := range all {
		body, ok := c.File(rulesSuffix)
		d, err := read(body)
		if !ok || err != nil {
			continue // a deployment lets none in that cannot be read
		}
		sets := d.words(setsElement)
		i := slices.Index(sets, from)
		if i < 0 {
			continue
		}
		if sets[i] = to; to == "" {
			sets = slices.Delete(sets, i, i+1)
		}
		d.set(setsElement, strings.Join(sets, ","))
		files := maps.Clone(c.Files)
		for name := range files {
			if strings.HasSuffix(name, rulesSuffix) {
				files[name] = d.file()
			}
		}
		c.Files, c.ModifiedBy = files, actor.User().ID
		if err := actor.PutComponent(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// SwitchedOff is the consumer key of the app that a component about to be deployed would switch off; "" for any other.
func SwitchedOff(ctx context.Context, from Source, kind string, body []byte) (string, error) {
	d, err := read(body)
	if err != nil || kind != policiesKind || d.flag("isEnabled", true) && d.flag("isOauthPluginEnabled", true) {
		return "", err
	}
	app, _, err := Find(ctx, from, d.text(appElement))
	if err != nil || !app.Live() {
		return "", err
	}
	return app.OAuth.Key, nil
}

// Remove takes an app away: all its components, and all tokens that it was given. It says whether there was one.
func Remove(ctx context.Context, actor *crm.Actor, name string) (bool, error) {
	all, err := load(ctx, actor)
	if err != nil {
		return false, err
	}
	have, ok := all[strings.ToLower(name)]
	if !ok {
		return false, nil
	}
	if err := people.RevokeClient(ctx, actor.Access, have.app().OAuth.Key); err != nil {
		return true, err
	}
	for _, at := range places {
		found, err := actor.Components(ctx, at.kind)
		if err != nil {
			return true, err
		}
		for _, c := range found {
			body, _ := c.File(at.suffix)
			d, err := read(body)
			mine := err == nil && strings.EqualFold(d.text(appElement), name)
			if at.kind == Header {
				mine = strings.EqualFold(c.FullName, name)
			}
			if !mine {
				continue
			}
			if err := actor.DropComponent(ctx, at.kind, c.FullName); err != nil {
				return true, err
			}
		}
	}
	return true, nil
}
