package setup

import (
	"context"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup/rights"
)

// withoutNamespace refuses an org that has a namespace: it puts it before the name of everything that is deployed, and
// neither adapter nor set-up asks for such names. Only Developer Editions that packages are made in have one.
// Source: Object Reference, Organization; ISVforce Guide, Create and Register Your Namespace.
func withoutNamespace(ctx context.Context, crm *salesforce.Client) error {
	orgs, err := salesforce.Query[struct{ NamespacePrefix string }](ctx, crm, "SELECT NamespacePrefix FROM Organization")
	if err != nil {
		return explain(rights.SignIn, err)
	}
	if len(orgs) == 0 || orgs[0].NamespacePrefix == "" {
		return nil
	}
	return &config.Error{
		Field: "setup.salesforce",
		Message: "the org has the namespace " + orgs[0].NamespacePrefix + ", which it puts before the names of all objects " +
			"that are deployed, and the adapter does not ask for such names: take an org without a namespace",
	}
}
