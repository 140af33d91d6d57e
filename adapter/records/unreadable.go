package records

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// unreadable says why the adapter record cannot be read, where a person can mend it.
// Source: Object Reference, Organization.
func unreadable(ctx context.Context, crm *salesforce.Client, err error) error {
	switch {
	case salesforce.NoAPI(err):
		return fault.New(fault.Denied, err,
			"The integration user may not use the API: give it a permission set with API Enabled.")
	case !salesforce.IsCode(err, "INVALID_TYPE"):
		return fmt.Errorf("read adapter: %w", err)
	}
	orgs, asked := salesforce.Query[struct{ NamespacePrefix string }](ctx, crm, "SELECT NamespacePrefix FROM Organization")
	if asked == nil && len(orgs) == 1 && orgs[0].NamespacePrefix != "" {
		return fault.New(fault.Invalid, err,
			"The org has the namespace %s, which it puts before the names of all objects: Patchcord works in orgs without one.",
			orgs[0].NamespacePrefix)
	}
	return fault.New(fault.Missing, err, "The integration user sees no object AC_CtiAdapter__c in the org: run patchcord setup apply.")
}
