package api

import "github.com/patchcord/patchcord/sandbox/connect"

// historicalMetric is one historical metric of some contacts: has is false where there is nothing to measure. Some
// have a limit in seconds.
type historicalMetric func(all []connect.Record, limit float64) (value float64, has bool)

var historicalMetrics = map[string]historicalMetric{
	"CONTACTS_CREATED":   counted(func(connect.Record) bool { return true }),
	"CONTACTS_HANDLED":   counted(handled),
	"CONTACTS_QUEUED":    counted(queued),
	"CONTACTS_ABANDONED": counted(func(r connect.Record) bool { return queued(r) && !handled(r) && r.Reason == "CUSTOMER_DISCONNECT" }),
	"SUM_CONTACTS_ANSWERED_IN_X": func(all []connect.Record, limit float64) (float64, bool) {
		return count(all, answeredIn(limit)), true
	},
	"SERVICE_LEVEL":               serviceLevel,
	"AVG_QUEUE_ANSWER_TIME":       averaged(func(r connect.Record) (float64, bool) { return queueWait(r), answered(r) }),
	"MAX_QUEUED_TIME":             longestWait,
	"AVG_INTERACTION_TIME":        averaged(func(r connect.Record) (float64, bool) { t, ok := talkTime(r); return t - r.Hold.Seconds(), ok }),
	"AVG_HOLD_TIME":               averaged(func(r connect.Record) (float64, bool) { return r.Hold.Seconds(), handled(r) && r.Hold > 0 }),
	"AVG_AFTER_CONTACT_WORK_TIME": averaged(afterContactWork),
	"AVG_HANDLE_TIME": averaged(func(r connect.Record) (float64, bool) {
		t, ok := talkTime(r)
		w, _ := afterContactWork(r)
		return t + max(w, 0), ok
	}),
}

func serviceLevel(all []connect.Record, limit float64) (float64, bool) {
	total := count(all, func(r connect.Record) bool { return queued(r) && (handled(r) || !r.Ended.IsZero()) })
	if total == 0 {
		return 0, false
	}
	return 100 * count(all, answeredIn(limit)) / total, true
}

func longestWait(all []connect.Record, _ float64) (longest float64, has bool) {
	for _, r := range all {
		if answered(r) {
			longest, has = max(longest, queueWait(r)), true
		}
	}
	return longest, has
}

func handled(r connect.Record) bool { return !r.Connected.IsZero() }
func queued(r connect.Record) bool {
	return !r.Queued.IsZero() && r.InitiationMethod != connect.InitiatedOutbound
}
func answered(r connect.Record) bool     { return queued(r) && handled(r) }
func queueWait(r connect.Record) float64 { return r.Connected.Sub(r.Queued).Seconds() }

func answeredIn(limit float64) func(connect.Record) bool {
	return func(r connect.Record) bool { return answered(r) && queueWait(r) < limit }
}

// talkTime and afterContactWork are seconds; false while they last, and without an agent.
func talkTime(r connect.Record) (float64, bool) {
	return r.Ended.Sub(r.Connected).Seconds(), handled(r) && !r.Ended.IsZero()
}

func afterContactWork(r connect.Record) (float64, bool) {
	return r.WorkEnded.Sub(r.WorkBegan).Seconds(), handled(r) && !r.WorkEnded.IsZero()
}

func counted(of func(connect.Record) bool) historicalMetric {
	return func(all []connect.Record, _ float64) (float64, bool) { return count(all, of), true }
}

func averaged(of func(connect.Record) (float64, bool)) historicalMetric {
	return func(all []connect.Record, _ float64) (float64, bool) {
		sum, n := 0.0, 0.0
		for _, r := range all {
			if v, ok := of(r); ok {
				sum, n = sum+v, n+1
			}
		}
		if n == 0 {
			return 0, false
		}
		return sum / n, true
	}
}

func count(all []connect.Record, of func(connect.Record) bool) float64 {
	n := 0.0
	for _, r := range all {
		if of(r) {
			n++
		}
	}
	return n
}
