package metadata

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
)

// clientApp checks a component of an external client app, and gives its OAuth settings the key and the secret that the org makes.
func (in *installer) clientApp(ctx context.Context, p part, c crm.Component) error {
	kind := p.kind.name
	if kind != clientapp.Header && !slices.Contains(clientapp.Parts(), kind) {
		return nil
	}
	text, err := clientapp.Check(ctx, in.actor, kind, p.fullName, c.Files[p.file])
	switch {
	case err != nil:
		return err
	case text != "":
		return &problem{text, 1, 1}
	case !clientapp.IsGlobal(kind):
		return nil
	}
	have, _, err := in.actor.Component(ctx, kind, p.fullName)
	if err != nil {
		return err
	}
	before, _ := have.File(p.kind.suffix)
	body, gone, err := clientapp.Completed(c.Files[p.file], before)
	if err != nil {
		return err
	}
	c.Files[p.file] = body
	return in.actor.RevokeClient(ctx, gone)
}
