package console

import (
	"context"

	"github.com/patchcord/patchcord/adapter/flow"
)

// GetAppViewInfo tells which page or record is in front.
var GetAppViewInfo = flow.Block{
	Type: "SE_SFGetAppViewInfo", Label: "Get App View Info", Category: "Salesforce",
	Help:   "Gives what the console shows at the moment.",
	Ports:  []flow.Port{flow.Success, flow.Failure},
	Result: "url; on a record also recordId, recordName, objectType, accountId, contactId, personAccount",
	Place:  flow.InPage, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		view, err := c.Ask(ctx, "appView", nil)
		all, _ := view.(map[string]any)
		shown := map[string]any{}
		for _, name := range []string{"url", "recordId", "recordName", "objectType", "accountId", "contactId", "personAccount"} {
			if value, ok := all[name]; ok {
				shown[name] = value
			}
		}
		return flow.Outcome{Port: flow.Success, Result: shown}, err
	},
}
