package checks

import (
	"context"
	"strings"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// flowsActive wants a flow that pops and one that dials, and that each active flow can run. What is read of a flow here is what the adapter
// reads of it.
func flowsActive(ctx context.Context, on On) ([]setup.Finding, error) {
	where := org.Equals("Call_Center_Definition_Name__c", on.Config.Setup.CallCenter)
	rows, err := org.Query[flowRow](ctx, on.Site.CRM,
		"SELECT Id, Name, Source__c, Event__c, Active__c, Script__c FROM AC_CtiScript__c WHERE CTI_Adapter__r."+where)
	if err != nil {
		return nil, err
	}
	pops, dials := false, false
	var broken []setup.Finding
	for _, r := range rows {
		if !r.Active {
			continue
		}
		if found := r.broken(on.Site.Hosts.Lightning); found != nil {
			broken = append(broken, *found)
			continue
		}
		pops = pops || r.Source == "connectVoiceContact"
		dials = dials || r.Event == "onClickToDial"
	}
	switch {
	case broken != nil:
		return broken, nil
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

// flowRow is a CTI flow of the org.
type flowRow struct {
	Id, Name string
	Source   string `json:"Source__c"`
	Event    string `json:"Event__c"`
	Active   bool   `json:"Active__c"`
	Script   string `json:"Script__c"`
}

// broken says why a flow cannot run; nil if it can. A block that this version lacks fails when it is reached, and is no reason.
func (r flowRow) broken(lightning string) *setup.Finding {
	_, err := flow.Load([]byte(r.Script), blocks.All)
	if err == nil {
		return nil
	}
	found := &setup.Finding{
		Verdict: setup.Failed, What: "the flow " + r.Name + " is broken: " + strings.TrimPrefix(err.Error(), "flow: "),
		Why:  "the adapter leaves it out: nothing of it happens on " + r.Event,
		Mend: "Mend its Script, or delete the flow and run patchcord setup apply: that brings a default flow anew.",
	}
	if lightning != "" && r.Id != "" {
		found.Link = lightning + "/lightning/r/AC_CtiScript__c/" + r.Id + "/view"
	}
	return found
}
