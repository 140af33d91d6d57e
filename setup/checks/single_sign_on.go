package checks

import (
	"context"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/internal/sso"
	"github.com/patchcord/patchcord/setup"
)

// ssoFields checks the two fields of single sign-on, if the record has them.
func ssoFields(ctx context.Context, on On) ([]setup.Finding, error) {
	rows, err := adapterRecord[struct {
		URL   string `json:"SSO_Url__c"`
		Relay string `json:"SSO_Relay_State__c"`
	}](ctx, on, "SSO_Url__c, SSO_Relay_State__c")
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || rows[0].URL == "" && rows[0].Relay == "" {
		return []setup.Finding{passed("agents sign in with the instance's own users")}, nil
	}
	address, err := sso.LoginURL(rows[0].URL, rows[0].Relay)
	if err != nil {
		return []setup.Finding{{
			Verdict: setup.Failed, What: err.Error(),
			Why:  "the sign-in window opens it",
			Mend: "Correct the fields SSO Url and SSO Relay State of the AC CTI Adapter record.",
		}}, nil
	}
	_, query, _ := strings.Cut(address, "?")
	relay, bad := url.ParseQuery(query)
	switch {
	case bad != nil || !strings.Contains(relay.Get("RelayState"), "/connect/federate/"):
		return []setup.Finding{{
			Verdict: setup.Failed, What: "SSO Relay State does not lead to the instance",
			Why: "the agent would end at the AWS console",
			Mend: "End it with &RelayState=https://" + on.Config.Setup.Connect.Region +
				".console.aws.amazon.com/connect/federate/" + on.Site.Instance.ID + "?destination=%2Fconnect%2Fccp",
		}}, nil
	case !strings.Contains(relay.Get("RelayState"), on.Site.Instance.ID):
		return []setup.Finding{{
			Verdict: setup.Failed, What: "SSO Relay State names another instance",
			Why:  "agents would be signed in to that one",
			Mend: "Put " + on.Site.Instance.ID + " behind /connect/federate/.",
		}}, nil
	}
	return []setup.Finding{passed("single sign-on leads to this instance")}, nil
}
