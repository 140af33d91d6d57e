package checks

import (
	"context"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// flowsActive wants a flow that pops and one that dials.
func flowsActive(ctx context.Context, on On) ([]setup.Finding, error) {
	where := org.Equals("Call_Center_Definition_Name__c", on.Config.Setup.CallCenter)
	rows, err := org.Query[struct {
		Name   string
		Source string `json:"Source__c"`
		Event  string `json:"Event__c"`
		Active bool   `json:"Active__c"`
	}](ctx, on.Site.CRM, "SELECT Name, Source__c, Event__c, Active__c FROM AC_CtiScript__c WHERE CTI_Adapter__r."+where)
	if err != nil {
		return nil, err
	}
	pops, dials := false, false
	for _, r := range rows {
		pops = pops || r.Active && r.Source == "connectVoiceContact"
		dials = dials || r.Active && r.Event == "onClickToDial"
	}
	switch {
	case !pops:
		return []setup.Finding{{
			Verdict: setup.Failed, What: "no active flow for voice contacts",
			Why:  "nothing pops when a call arrives",
			Mend: applyAgain + " A flow that somebody switched off stays off: tick Active on it.",
		}}, nil
	case !dials:
		return []setup.Finding{{
			Verdict: setup.Warned, What: "no active flow for click-to-dial",
			Why:  "numbers in the console are not clickable",
			Mend: "Tick Active on the flow Salesforce UI onClickToDial.",
		}}, nil
	}
	all := counted.Noun(len(rows), "flow")
	return []setup.Finding{passed("%s, a pop and click-to-dial among the active ones", all)}, nil
}
