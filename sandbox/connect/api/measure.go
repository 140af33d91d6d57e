package api

import (
	"iter"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/sandbox/connect"
)

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// keyOf are the values that a record is filtered and grouped by.
func keyOf(st connect.State, r connect.Record) map[string]string {
	key := map[string]string{"QUEUE": string(r.Queue), "AGENT": string(r.Agent), "CHANNEL": "VOICE"}
	for _, u := range st.Users {
		if u.ID == r.Agent {
			key["ROUTING_PROFILE"] = string(u.RoutingProfile)
		}
	}
	return key
}

func passes(key map[string]string, filters []filterV2) bool {
	return !slices.ContainsFunc(filters, func(f filterV2) bool {
		return !slices.ContainsFunc(f.FilterValues, func(v string) bool { return v == key[f.FilterKey] || last(v) == key[f.FilterKey] })
	})
}

// measure is one historical metric of some contacts: has is false where there is nothing to measure.
func measure(name string, all []connect.Record, limit float64) (value float64, has, known bool) {
	count := func(f func(connect.Record) bool) float64 {
		n := 0.0
		for _, r := range all {
			if f(r) {
				n++
			}
		}
		return n
	}
	mean := func(f func(connect.Record) (float64, bool)) (float64, bool, bool) {
		sum, n := 0.0, 0.0
		for _, r := range all {
			if v, ok := f(r); ok {
				sum, n = sum+v, n+1
			}
		}
		if n == 0 {
			return 0, false, true
		}
		return sum / n, true, true
	}
	handled := func(r connect.Record) bool { return !r.Connected.IsZero() }
	queued := func(r connect.Record) bool { return !r.Queued.IsZero() && r.Method != connect.ByAgent }
	waited := func(r connect.Record) float64 { return r.Connected.Sub(r.Queued).Seconds() }
	talk := func(r connect.Record) (float64, bool) {
		return r.Ended.Sub(r.Connected).Seconds(), handled(r) && !r.Ended.IsZero()
	}
	work := func(r connect.Record) (float64, bool) {
		return r.WorkEnded.Sub(r.WorkBegan).Seconds(), handled(r) && !r.WorkEnded.IsZero()
	}
	switch name {
	case "CONTACTS_CREATED":
		return float64(len(all)), true, true
	case "CONTACTS_HANDLED":
		return count(handled), true, true
	case "CONTACTS_QUEUED":
		return count(queued), true, true
	case "CONTACTS_ABANDONED":
		return count(func(r connect.Record) bool { return queued(r) && !handled(r) && r.Reason == "CUSTOMER_DISCONNECT" }), true, true
	case "SUM_CONTACTS_ANSWERED_IN_X":
		return count(func(r connect.Record) bool { return queued(r) && handled(r) && waited(r) < limit }), true, true
	case "SERVICE_LEVEL":
		total := count(func(r connect.Record) bool { return queued(r) && (handled(r) || !r.Ended.IsZero()) })
		if total == 0 {
			return 0, false, true
		}
		return 100 * count(func(r connect.Record) bool { return queued(r) && handled(r) && waited(r) < limit }) / total, true, true
	case "AVG_QUEUE_ANSWER_TIME":
		return mean(func(r connect.Record) (float64, bool) { return waited(r), queued(r) && handled(r) })
	case "MAX_QUEUED_TIME":
		longest, any := 0.0, false
		for _, r := range all {
			if queued(r) && handled(r) {
				longest, any = max(longest, waited(r)), true
			}
		}
		return longest, any, true
	case "AVG_INTERACTION_TIME":
		return mean(func(r connect.Record) (float64, bool) { t, ok := talk(r); return t - r.Hold.Seconds(), ok })
	case "AVG_HOLD_TIME":
		return mean(func(r connect.Record) (float64, bool) { return r.Hold.Seconds(), handled(r) && r.Hold > 0 })
	case "AVG_AFTER_CONTACT_WORK_TIME":
		return mean(work)
	case "AVG_HANDLE_TIME":
		return mean(func(r connect.Record) (float64, bool) {
			t, ok := talk(r)
			w, _ := work(r)
			return t + max(w, 0), ok
		})
	}
	return 0, false, false
}
