package setup

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/sso"
	"github.com/patchcord/patchcord/salesforce"
)

func consoleRight(ctx context.Context, c Config, s Site) ([]Finding, error) {
	found, err := unless(ctx, s, Console{App: c.Setup.App, Hosts: s.Hosts}, "softphone and tab are there")
	for i := range found {
		if strings.Contains(found[i].What, "AC CTI Adapters") && found[i].Verdict == Failed {
			found[i].Verdict = Warned // administrators find the record by other ways too
		}
	}
	return found, err
}

// framingAllowed reads the org's clickjack protection, where the org lets it be read.
func framingAllowed(ctx context.Context, _ Config, s Site) ([]Finding, error) {
	return unless(ctx, s, Framing{Hosts: s.Hosts}, "the console may frame the softphone page")
}

// ssoFields checks the two fields of single sign-on, if the record has them.
func ssoFields(ctx context.Context, c Config, s Site) ([]Finding, error) {
	rows, err := query[struct {
		URL   string `json:"SSO_Url__c"`
		Relay string `json:"SSO_Relay_State__c"`
	}](ctx, s.CRM, "SELECT SSO_Url__c, SSO_Relay_State__c FROM AC_CtiAdapter__c WHERE "+equals("Call_Center_Definition_Name__c", c.Setup.CallCenter))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0].URL == "" && rows[0].Relay == "" {
		return []Finding{passed("agents sign in with the instance's own users")}, nil
	}
	address, err := sso.LoginURL(rows[0].URL, rows[0].Relay)
	if err != nil {
		return []Finding{{Verdict: Failed, What: err.Error(), Why: "the sign-in window opens it", Mend: "Correct the fields SSO Url and SSO Relay State of the AC CTI Adapter record."}}, nil
	}
	_, query, _ := strings.Cut(address, "?")
	relay, bad := url.ParseQuery(query)
	switch {
	case bad != nil || !strings.Contains(relay.Get("RelayState"), "/connect/federate/"):
		return []Finding{{Verdict: Failed, What: "SSO Relay State does not lead to the instance", Why: "the agent would end at the AWS console", Mend: "End it with &RelayState=https://" + c.Setup.Connect.Region + ".console.aws.amazon.com/connect/federate/" + s.Instance.ID + "?destination=%2Fconnect%2Fccp"}}, nil
	case !strings.Contains(relay.Get("RelayState"), s.Instance.ID):
		return []Finding{{Verdict: Failed, What: "SSO Relay State names another instance", Why: "agents would be signed in to that one", Mend: "Put " + s.Instance.ID + " behind /connect/federate/."}}, nil
	}
	return []Finding{passed("single sign-on leads to this instance")}, nil
}

// fieldsVisible compares the fields of the adapter record with the package's: an upgrade may leave some behind.
func fieldsVisible(ctx context.Context, _ Config, s Site) ([]Finding, error) {
	_, _, members, err := stamped()
	if err != nil {
		return nil, err
	}
	var missing []string
	have := map[string][]string{}
	for _, m := range members {
		object, field, isField := strings.Cut(m.Name, ".")
		if m.Type != "CustomField" || !isField || !strings.HasPrefix(object, "AC_Cti") && object != "AC_Toolkit__c" {
			continue
		}
		if have[object] == nil {
			var described struct {
				Fields []struct {
					Name string `json:"name"`
				} `json:"fields"`
			}
			if err := s.CRM.Describe(ctx, object, &described); err != nil && !salesforce.IsCode(err, "NOT_FOUND") {
				return nil, err
			}
			have[object] = []string{""}
			for _, f := range described.Fields {
				have[object] = append(have[object], f.Name)
			}
		}
		if !slices.Contains(have[object], field) {
			missing = append(missing, m.Name)
		}
	}
	if len(missing) > 0 {
		return []Finding{{Verdict: Failed, What: "missing or not visible: " + strings.Join(missing, ", "), Why: "the platform does not bring new fields to an org that upgrades", Mend: applyAgain}}, nil
	}
	return []Finding{passed("every field of the package is there")}, nil
}

// presenceSync tells why statuses would not follow each other.
func presenceSync(ctx context.Context, c Config, s Site) ([]Finding, error) {
	rows, err := query[struct {
		On bool `json:"Presence_Sync_Enabled__c"`
	}](ctx, s.CRM, "SELECT Presence_Sync_Enabled__c FROM AC_CtiAdapter__c WHERE "+equals("Call_Center_Definition_Name__c", c.Setup.CallCenter))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	if !rows[0].On {
		return []Finding{passed("presence sync is off, so no rule is needed")}, nil
	}
	rule, err := find(ctx, s.CRM, "AC_PresenceSyncRule__c", "Active__c = true")
	if err != nil {
		return nil, err
	}
	if rule == "" {
		return []Finding{{Verdict: Warned, What: "presence sync is on, and no rule is active", Why: "statuses do not follow each other", Mend: "Add a presence sync rule to the adapter record, or switch Presence Sync Enabled off."}}, nil
	}
	return []Finding{passed("presence sync is on and has rules")}, nil
}

func layoutRight(ctx context.Context, _ Config, s Site) ([]Finding, error) {
	found, err := unless(ctx, s, SoftphoneLayout{Hosts: s.Hosts}, "several matching records pop too")
	for i := range found {
		if found[i].Verdict == Warned {
			found[i].What = "a call whose number several records have does not pop, unless somebody made a layout"
		}
	}
	return found, err
}
