package metadata

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
)

// PageSource is what Setup edits of a Visualforce page.
type PageSource struct{ Name, Label, Description, Markup string }

// SavePage puts a page in as a deployment would, within the actor's transaction and with its entry in the audit trail; what else the page's
// description says stays.
func SavePage(ctx context.Context, actor *crm.Actor, source PageSource) error {
	k, _ := kindNamed("ApexPage")
	was, there, err := component(ctx, actor, k.name, source.Name)
	if err != nil {
		return err
	}
	root := &element{name: k.name, kids: []*element{{name: "apiVersion", text: "67.0"}}}
	if there {
		body, _ := was.File(k.suffix + described)
		if root, err = tree(body); err != nil {
			return err
		}
	}
	e := root.without("label", "description")
	for name, text := range map[string]string{"label": source.Label, "description": source.Description} {
		if text != "" {
			e.kids = append(e.kids, texted(name, text))
		}
	}
	slices.SortStableFunc(e.kids, func(x, y *element) int { return strings.Compare(x.name, y.name) })
	p := part{kind: k, fullName: source.Name, file: k.file(source.Name), described: e.file(), body: []byte(source.Markup), hasBody: true}
	in := &installer{actor: actor, by: actor.User().ID, deployment: &deployment{}, made: map[string]bool{}}
	read, err := p.read()
	if err != nil {
		return refusal(err)
	}
	id, err := in.page(ctx, p, read)
	if err != nil {
		return refusal(err)
	}
	return in.replace(ctx, was, there, crm.Component{Type: k.name, FullName: source.Name, ID: id, ModifiedBy: in.by, Files: map[string][]byte{p.file: p.body, p.file + described: e.file()}}, &message{})
}

// refusal is a component's own problem as the platform's error.
func refusal(err error) error {
	if own, ok := errors.AsType[*problem](err); ok {
		return &crm.Error{Code: "FIELD_INTEGRITY_EXCEPTION", Message: own.text, Status: http.StatusBadRequest}
	}
	return err
}

// DeletePage deletes a page within the actor's transaction, with its entry in the audit trail; refused while something uses it.
func DeletePage(ctx context.Context, actor *crm.Actor, name string) error {
	in := &installer{actor: actor, by: actor.User().ID, deployment: &deployment{}, made: map[string]bool{}}
	there, err := in.remove(ctx, "ApexPage", name, manifest{})
	if err == nil && !there {
		return edge.ErrNoResource
	}
	return refusal(err)
}

// Use is a component that names a page.
type Use struct{ Type, Name string }

// PageUses are the components that show a page, by type and name: tabs, page layouts, buttons and links, Lightning pages.
func PageUses(ctx context.Context, actor *crm.Actor, page string) ([]Use, error) {
	all, err := actor.Components(ctx, "")
	if err != nil {
		return nil, err
	}
	uses := []Use{}
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
				uses = append(uses, Use{c.Type, c.FullName})
				break
			}
		}
	}
	return uses, nil
}

// showPages are the types whose components may show a Visualforce page.
var showPages = []string{"CustomTab", "Layout", "WebLink", "FlexiPage", "CustomObject"}

// shows says whether an element or one below it names a page: by an element page, as an override of an action, or as a component's property.
func (e *element) shows(page string) bool {
	override := e.name == "actionOverrides" && strings.EqualFold(e.get("type"), "visualforce") && strings.EqualFold(e.get("content"), page)
	property := e.name == "componentInstanceProperties" && e.get("name") == "pageName" && strings.EqualFold(e.get("value"), page)
	return override || property || e.name == "page" && strings.EqualFold(strings.TrimSpace(e.text), page) || slices.ContainsFunc(e.kids, func(k *element) bool { return k.shows(page) })
}

// removePage wants a page to be used by nothing that stays.
func (in *installer) removePage(ctx context.Context, name string, all manifest) error {
	uses, err := PageUses(ctx, in.actor, name)
	if err != nil {
		return err
	}
	for _, u := range uses {
		if !all.lists(u.Type, u.Name) {
			return &problem{fmt.Sprintf("This Visualforce page is referenced elsewhere in salesforce.com. Remove the usage and try again. : %s - %s.", u.Type, u.Name), 1, 1}
		}
	}
	return in.actor.RemoveComponent(ctx, "ApexPage", name)
}
