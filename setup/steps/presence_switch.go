package steps

import (
	"context"

	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// PresenceSwitch is the tick of the adapter record with which the rules work.
type PresenceSwitch struct {
	CallCenter string
	On         bool // it is wanted; otherwise the tick stays as it is
}

// Name says what it is.
func (PresenceSwitch) Name() string { return "presence sync" }

const (
	switchField = "Presence_Sync_Enabled__c"
	switchName  = "Presence Sync Enabled of the adapter record"
)

// Plan ticks it.
func (s PresenceSwitch) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if !s.On {
		return nil, nil
	}
	state, _, err := readOmni(ctx, p)
	if err != nil || state == omniAway {
		return nil, err
	}
	where := org.Equals("Call_Center_Definition_Name__c", s.CallCenter) + " AND Active__c = true"
	rows, err := org.Query[struct {
		Id string
		On bool `json:"Presence_Sync_Enabled__c"`
	}](ctx, p.CRM, "SELECT Id, "+switchField+" FROM AC_CtiAdapter__c WHERE "+where)
	if err != nil {
		return nil, err
	}
	if len(rows) > 0 && rows[0].On {
		return []setup.Change{setup.Right("%s is ticked", switchName)}, nil
	}
	return []setup.Change{{
		Action: setup.Update, What: switchName, Old: "false", New: "true", Why: "no rule works without it",
		Do: func(ctx context.Context) error {
			id, err := org.Must(ctx, p.CRM, "AC_CtiAdapter__c", where)
			if err != nil {
				return err
			}
			return p.CRM.Update(ctx, "AC_CtiAdapter__c", id, salesforce.Values{switchField: true})
		},
		Made: []setup.Made{{
			What: switchName, Before: "false", After: "true",
			Entry: Field{Object: "AC_CtiAdapter__c", Where: where, Name: switchField},
		}},
	}}, nil
}
