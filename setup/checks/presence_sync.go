package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// presenceSync tells why statuses would not follow each other.
func presenceSync(ctx context.Context, on On) ([]setup.Finding, error) {
	rows, err := adapterRecord[struct {
		On bool `json:"Presence_Sync_Enabled__c"`
	}](ctx, on, "Presence_Sync_Enabled__c")
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if !rows[0].On {
		return []setup.Finding{passed("presence sync is off, so no rule is needed")}, nil
	}
	rule, err := org.Find(ctx, on.Site.CRM, "AC_PresenceSyncRule__c", "Active__c = true")
	if err != nil {
		return nil, err
	}
	if rule == "" {
		return []setup.Finding{{
			Verdict: setup.Warned, What: "presence sync is on, and no rule is active",
			Why:  "statuses do not follow each other",
			Mend: "Add a presence sync rule to the adapter record, or switch Presence Sync Enabled off.",
		}}, nil
	}
	return []setup.Finding{passed("presence sync is on and has rules")}, nil
}
