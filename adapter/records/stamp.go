package records

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// wholeEvery is how often an adapter is read whole although nothing seems to have changed: rights to fields leave no stamp on records.
const wholeEvery = time.Hour

// stampLasts is how long a stamp may stay although something changes: it tells seconds.
const stampLasts = 2 * time.Second

// unchanged gives what was read, if a stamp says that it is still so, and counts it as read now.
func (e *entry) unchanged(stamp string, now time.Time) (Adapter, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	same := stamp != "" && stamp == e.stamp && e.err == nil && now.Sub(e.whole) < wholeEvery
	if !same || e.whole.Sub(e.stamped) < stampLasts {
		return Adapter{}, false
	}
	e.read = now
	return e.adapter, true
}

// stamps asks when which of the records that matter changed: one request, whatever there is. An org counts requests, and an adapter asks
// all day long.
var stamps = salesforce.Composite{Repeatable: true, Parts: []salesforce.Part{
	salesforce.Ask("adapters", "SELECT Id, SystemModstamp FROM AC_CtiAdapter__c ORDER BY Id LIMIT 200"),
	salesforce.Ask("flows", "SELECT Id, SystemModstamp FROM AC_CtiScript__c ORDER BY Id LIMIT 2000"),
	salesforce.Ask("features", "SELECT Id, SystemModstamp FROM AC_Feature__c ORDER BY Id LIMIT 200"),
	salesforce.Ask("presence", "SELECT Id, SystemModstamp FROM AC_PresenceSyncRule__c ORDER BY Id LIMIT 2000"),
	salesforce.Ask("toolkit", "SELECT Id, SystemModstamp FROM AC_Toolkit__c ORDER BY Id LIMIT 200"),
}}

// stamp names the state of the records that matter; "" if the org does not tell it, which is no reason not to read them.
func (r *Reader) stamp(ctx context.Context, userID string) string {
	crm, err := r.crm(ctx, userID)
	if err != nil {
		return ""
	}
	answers, err := crm.Composite(ctx, stamps)
	if err != nil {
		return ""
	}
	sum := sha256.New()
	for _, part := range stamps.Parts {
		var found struct {
			Records []struct{ Id, SystemModstamp string }
		}
		if err := answers.Into(part.Name, &found); err != nil {
			return ""
		}
		if err := json.NewEncoder(sum).Encode(found.Records); err != nil {
			return ""
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
