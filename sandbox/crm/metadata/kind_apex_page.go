package metadata

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// apexPage is a Visualforce page; its markup is the file beside the description.
func apexPage() kind {
	return kind{
		name: pageKind, folder: "pages", suffix: ".page", turn: 2, content: true, label: "Visualforce page", section: "Visualforce Page",
		install: (*installer).installPage, remove: (*installer).removePage,
	}
}

const (
	pageKind  = "ApexPage"
	maxMarkup = 1 << 20
)

type pageXML struct {
	Label       string  `xml:"label"`
	Description string  `xml:"description"`
	Version     float64 `xml:"apiVersion"`
}

func (in *installer) installPage(ctx context.Context, p part, e *element, c *records.Component) error {
	var x pageXML
	if err := decode(e, &x); err != nil {
		return err
	}
	switch {
	case !p.hasBody:
		return bad(e, "the file %s is missing", p.file)
	case len(p.body) > maxMarkup:
		return bad(e, "a page may have 1 MB at most")
	case !strings.Contains(string(p.body), "<apex:page"):
		return bad(e, "The element type \"apex:page\" is missing: a page begins with it")
	}
	if err := pageChannels(ctx, in.actor, e, p.body); err != nil {
		return err
	}
	var err error
	c.ID, err = in.put(ctx, pageKind, p.fullName, records.Values{
		"Name": p.fullName, "MasterLabel": x.Label, "Description": x.Description, "ApiVersion": x.Version, "Markup": string(p.body),
	})
	return err
}

var mergedChannel = regexp.MustCompile(`(?i)\{!\s*(\$MessageChannel\.(\w+))\s*\}`)

// pageChannels wants the message channels that a page names to be there.
func pageChannels(ctx context.Context, actor *crm.Actor, e *element, markup []byte) error {
	for _, m := range mergedChannel.FindAllSubmatch(markup, -1) {
		name, custom := strings.CutSuffix(string(m[2]), "__c")
		_, there, err := actor.Component(ctx, channelKind, name)
		if err != nil {
			return err
		}
		if !custom || !there {
			return bad(e, "Field %s does not exist. Check spelling.", m[1])
		}
	}
	return nil
}

// removePage wants a page to be used by nothing that stays; who was let in to it is forgotten.
func (in *installer) removePage(ctx context.Context, name string, gone manifest) error {
	uses, err := pageUses(ctx, in.actor, name)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if !gone.lists(u.Type, u.Name) {
			return &problem{fmt.Sprintf("This Visualforce page is referenced elsewhere in salesforce.com. "+
				"Remove the usage and try again. : %s - %s.", u.Type, u.Name), 1, 1}
		}
	}
	id, err := in.id(ctx, pageKind, name)
	if err != nil || id == "" {
		return err
	}
	if err := in.clear(ctx, "SetupEntityAccess", "SetupEntityId", string(id)); err != nil {
		return err
	}
	return in.actor.Delete(ctx, pageKind, id)
}

// use is a component that names a page.
type use struct{ Type, Name string }

// pageUses are the components that show a page, by type and name: tabs, page layouts, buttons and links, Lightning pages.
func pageUses(ctx context.Context, actor *crm.Actor, page string) ([]use, error) {
	all, err := actor.Components(ctx, "")
	if err != nil {
		return nil, err
	}
	uses := []use{}
	for _, c := range all {
		if !slices.Contains(showPages, c.Type) {
			continue
		}
		for _, body := range c.Files {
			e, err := tree(body)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", c.Type, c.FullName, err)
			}
			if e.shows(page) {
				uses = append(uses, use{c.Type, c.FullName})
				break
			}
		}
	}
	return uses, nil
}

// showPages are the types whose components may show a Visualforce page.
var showPages = []string{tabKind, "Layout", "WebLink", "FlexiPage", objectKind}

// shows says whether an element or one below it names a page: by an element page, as an override of an action, or as a
// component's property.
func (e *element) shows(page string) bool {
	is := func(text string) bool { return strings.EqualFold(text, page) }
	switch {
	case e.name == "actionOverrides" && strings.EqualFold(e.get("type"), "visualforce") && is(e.get("content")),
		e.name == "componentInstanceProperties" && e.get("name") == "pageName" && is(e.get("value")),
		e.name == "page" && is(strings.TrimSpace(e.text)):
		return true
	}
	return slices.ContainsFunc(e.kids, func(k *element) bool { return k.shows(page) })
}
