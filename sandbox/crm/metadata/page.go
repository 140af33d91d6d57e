package metadata

import (
	"context"
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
	k := apexPage()
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
	return refusal(installerFor(actor).install(ctx, p, &message{}))
}

// DeletePage deletes a page within the actor's transaction, with its entry in the audit trail; refused while something uses it.
func DeletePage(ctx context.Context, actor *crm.Actor, name string) error {
	there, err := installerFor(actor).remove(ctx, pageKind, name, manifest{})
	if err == nil && !there {
		return edge.ErrNoResource
	}
	return refusal(err)
}
