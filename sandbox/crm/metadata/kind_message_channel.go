package metadata

import (
	"context"
	"fmt"
	"regexp"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

const channelKind = "LightningMessageChannel"

// messageChannel is a channel of Lightning Message Service; scripts know it by its name with __c.
func messageChannel() kind {
	return kind{
		name: channelKind, folder: "messageChannels", suffix: ".messageChannel", turn: 1, fixed: true,
		label: "Lightning message channel", section: "Lightning Message Channels",
		install: installChannel, remove: removeChannel,
	}
}

func installChannel(_ *installer, _ context.Context, p part, e *element, _ *records.Component) error {
	if !developerName.MatchString(p.fullName) {
		return bad(e, "The Lightning Message Channel Name can only contain underscores and alphanumeric characters. It must be unique, "+
			"begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.")
	}
	seen := map[string]bool{}
	for _, f := range e.Kids("lightningMessageFields") {
		name := f.get("fieldName")
		if seen[name] {
			return bad(f, "Duplicate field name: %s", name)
		}
		seen[name] = true
	}
	return nil
}

// removeChannel wants a channel to be used by no page and no component that stays.
func removeChannel(in *installer, ctx context.Context, name string, gone manifest) error {
	uses, err := channelUses(ctx, in.actor, name)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if !gone.lists(u.Type, u.Name) {
			return &problem{fmt.Sprintf("This Lightning message channel is referenced elsewhere in salesforce.com. "+
				"Remove the usage and try again. : %s - %s.", u.Type, u.Name), 1, 1}
		}
	}
	return nil
}

// channelUses are the components whose markup names a channel: Visualforce pages by $MessageChannel, Aura components by type.
func channelUses(ctx context.Context, actor *crm.Actor, channel string) ([]use, error) {
	name := regexp.QuoteMeta(channel) + "__c"
	uses := []use{}
	for _, where := range []struct {
		kind, file string
		named      *regexp.Regexp
	}{
		{pageKind, ".page", regexp.MustCompile(`(?i)\$MessageChannel\.` + name + `\b`)},
		{auraKind, ".cmp", regexp.MustCompile(`\btype\s*=\s*["']` + name + `["']`)},
	} {
		all, err := actor.Components(ctx, where.kind)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if body, ok := c.File(where.file); ok && where.named.Match(body) {
				uses = append(uses, use{c.Type, c.FullName})
			}
		}
	}
	return uses, nil
}
