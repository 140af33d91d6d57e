package metadata

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// externalClientApp are the types that an external client app is made of: the app itself, its settings, its policies.
func externalClientApp() []kind {
	app := func(name, folder, suffix, label string, turn int) kind {
		return kind{
			name: name, folder: folder, suffix: suffix, turn: turn, label: label, section: "External Client Apps",
			install: (*installer).installClientApp,
		}
	}
	header := app(clientapp.Header, "externalClientApps", ".eca", "external client app", 6)
	header.remove, header.fixed = (*installer).removeClientApp, true
	global := app("ExtlClntAppGlobalOauthSettings", "extlClntAppGlobalOauthSets", ".ecaGlblOauth",
		"global OAuth settings of an external client app", 7)
	global.remove = (*installer).removeGlobalSettings
	return []kind{
		header,
		app("ExtlClntAppOauthSettings", "extlClntAppOauthSettings", ".ecaOauth",
			"OAuth settings of an external client app", 7),
		global,
		app("ExtlClntAppOauthConfigurablePolicies", "extlClntAppOauthPolicies", ".ecaOauthPlcy",
			"OAuth policies of an external client app", 7),
		app("ExtlClntAppConfigurablePolicies", "extlClntAppPolicies", ".ecaPlcy",
			"policies of an external client app", 7),
	}
}

// installClientApp checks a component of an app, and gives its OAuth settings the key and the secret that the org
// makes. The sessions of an app that is switched off end.
func (in *installer) installClientApp(ctx context.Context, p part, _ *element, c *records.Component) error {
	kind := p.kind.name
	text, err := clientapp.Check(ctx, in.actor, kind, p.fullName, c.Files[p.file])
	if err == nil && text == "" {
		text, err = clientapp.Lacks(ctx, in.actor, kind, c.Files[p.file], in.comes)
	}
	switch {
	case err != nil:
		return err
	case text != "":
		return &problem{text, 1, 1}
	case !clientapp.IsGlobal(kind):
		off, err := clientapp.SwitchedOff(ctx, in.actor, kind, c.Files[p.file])
		if err != nil {
			return err
		}
		return people.EndSessions(ctx, in.actor.Access, off)
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
	return people.RevokeClient(ctx, in.actor.Access, gone)
}

// comes says whether the archive brings a component of a type for an app.
func (in *installer) comes(kind, app string) bool {
	return slices.ContainsFunc(in.parts, func(p part) bool {
		return p.kind.name == kind && strings.EqualFold(clientapp.Belongs(p.described), app)
	})
}

// addPolicies gives the apps that the archive brought the policies that it left out.
func (in *installer) addPolicies(ctx context.Context) error {
	for _, p := range in.parts {
		if p.kind.name != clientapp.Header {
			continue
		}
		if err := clientapp.AddPolicies(ctx, in.actor, p.fullName); err != nil {
			return err
		}
	}
	return nil
}

// removeClientApp takes the app's other components away too, and the tokens that it was given.
func (in *installer) removeClientApp(ctx context.Context, name string, _ manifest) error {
	_, err := clientapp.Remove(ctx, in.actor, name)
	return err
}

// removeGlobalSettings takes away the tokens that were given for their key.
func (in *installer) removeGlobalSettings(ctx context.Context, name string, _ manifest) error {
	c, ok, err := in.actor.Component(ctx, "ExtlClntAppGlobalOauthSettings", name)
	if err != nil || !ok {
		return err
	}
	return people.RevokeClient(ctx, in.actor.Access, clientapp.KeyOf(c))
}
