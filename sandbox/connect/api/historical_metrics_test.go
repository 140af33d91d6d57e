package api

import (
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

func TestMeasures(t *testing.T) {
	at := func(second int64) time.Time { return time.Unix(second, 0) }
	quick := connect.Record{Queued: at(100), Connected: at(110), Ended: at(170), WorkBegan: at(170), WorkEnded: at(200),
		Hold: 20 * time.Second}
	slow := connect.Record{Queued: at(100), Connected: at(130), Ended: at(150)}
	abandoned := connect.Record{Queued: at(100), Ended: at(105), Reason: "CUSTOMER_DISCONNECT"}
	direct := connect.Record{Queued: at(100), Connected: at(101), Ended: at(111), InitiationMethod: connect.InitiatedOutbound}
	waiting := connect.Record{Queued: at(100)}
	all := []connect.Record{quick, slow, abandoned, direct, waiting}
	for _, tc := range []struct {
		name    string
		metric  string
		records []connect.Record
		want    float64
		has     bool
	}{
		{"all are created", "CONTACTS_CREATED", all, 5, true},
		{"who reached an agent is handled", "CONTACTS_HANDLED", all, 3, true},
		{"what an agent places waits in no queue", "CONTACTS_QUEUED", all, 4, true},
		{"who hangs up before an agent abandons", "CONTACTS_ABANDONED", all, 1, true},
		{"answered before the limit", "SUM_CONTACTS_ANSWERED_IN_X", all, 1, true},
		{"one of three that are over was answered in time", "SERVICE_LEVEL", all, 100.0 / 3, true},
		{"nothing is over", "SERVICE_LEVEL", []connect.Record{waiting}, 0, false},
		{"the mean of the waits", "AVG_QUEUE_ANSWER_TIME", all, 20, true},
		{"the longest wait", "MAX_QUEUED_TIME", all, 30, true},
		{"nobody was answered", "MAX_QUEUED_TIME", []connect.Record{waiting}, 0, false},
		{"hold is no interaction", "AVG_INTERACTION_TIME", []connect.Record{quick}, 40, true},
		{"only who was held counts", "AVG_HOLD_TIME", all, 20, true},
		{"only who had work counts", "AVG_AFTER_CONTACT_WORK_TIME", all, 30, true},
		{"talk and work", "AVG_HANDLE_TIME", []connect.Record{quick, slow}, 55, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, has := historicalMetrics[tc.metric](tc.records, 20)
			if got != tc.want || has != tc.has {
				t.Errorf("%s is %v (%v), want %v (%v)", tc.metric, got, has, tc.want, tc.has)
			}
		})
	}
}
