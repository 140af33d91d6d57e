package checks

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// fieldsVisible compares the fields of the adapter record with the package's: an upgrade may leave some behind.
func fieldsVisible(ctx context.Context, on On) ([]setup.Finding, error) {
	all, err := sfdx.Package()
	if err != nil {
		return nil, err
	}
	var missing []string
	have := map[string][]string{}
	for _, m := range all.Members() {
		object, field, isField := strings.Cut(m.Name, ".")
		if m.Type != "CustomField" || !isField || !strings.HasPrefix(object, "AC_Cti") && object != "AC_Toolkit__c" {
			continue
		}
		if have[object] == nil {
			if have[object], err = fieldsOf(ctx, on, object); err != nil {
				return nil, err
			}
		}
		if !slices.Contains(have[object], field) {
			missing = append(missing, m.Name)
		}
	}
	if len(missing) > 0 {
		return []setup.Finding{{
			Verdict: setup.Failed, What: "missing or not visible: " + strings.Join(missing, ", "),
			Why:  "the platform does not bring new fields to an org that upgrades",
			Mend: applyAgain,
		}}, nil
	}
	return []setup.Finding{passed("every field of the package is there")}, nil
}

// fieldsOf names the fields of an object that the signed-in user sees; an object that is not there has none, and the
// list is never nil.
func fieldsOf(ctx context.Context, on On, object string) ([]string, error) {
	var described struct {
		Fields []struct {
			Name string `json:"name"`
		} `json:"fields"`
	}
	if err := on.Site.CRM.Describe(ctx, object, &described); err != nil && !salesforce.IsCode(err, "NOT_FOUND") {
		return nil, err
	}
	names := []string{}
	for _, f := range described.Fields {
		names = append(names, f.Name)
	}
	return names, nil
}
