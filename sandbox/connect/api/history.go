package api

import (
	"maps"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// Historical metrics of contacts: GetMetricDataV2. Source: Amazon Connect API reference.

type historyIn struct {
	paging
	ResourceArn        string
	StartTime, EndTime epoch
	Filters            []filterV2
	Groupings          []string
	Metrics            []metricV2
}

type filterV2 struct {
	FilterKey    string
	FilterValues []string
}

type metricV2 struct {
	Name      string
	Threshold []struct {
		Comparison     string
		ThresholdValue float64
	}
}

func (s contacts) metricData(c call) (any, error) {
	in, err := decode[historyIn](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.ResourceArn); err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	rows := in.rows(s.cfg.Centre.State(), s.cfg.Centre.Records())
	found := []entry{}
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		collections, err := metricValues(in.Metrics, rows[name].records)
		if err != nil {
			return nil, err
		}
		found = append(found, entry{
			"Dimensions": rows[name].dimensions, "Collections": collections,
			"MetricInterval": entry{"Interval": "TOTAL", "StartTime": float64(in.StartTime), "EndTime": float64(in.EndTime)},
		})
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	return listing("MetricResults", list, next), err
}

func (in historyIn) check() error {
	from, to := in.StartTime.time(), in.EndTime.time()
	switch {
	case len(in.Filters) == 0 || len(in.Metrics) == 0:
		return badParameter("Filters and Metrics are needed.")
	case !from.Before(to) || to.Sub(from) > 35*24*time.Hour:
		return badParameter("The time range is at most 35 days, and ends after it begins.")
	}
	for _, f := range in.Filters {
		if !slices.Contains([]string{"QUEUE", "ROUTING_PROFILE", "AGENT", "CHANNEL"}, f.FilterKey) {
			return badParameter("There is no filter " + f.FilterKey[:min(len(f.FilterKey), 60)] + ".")
		}
	}
	return nil
}

// historyRow are the contacts that have the same values in what they are grouped by.
type historyRow struct {
	dimensions map[string]string
	records    []connect.Record
}

// rows group the contacts that began in the time and pass the filters.
func (in historyIn) rows(st connect.State, all []connect.Record) map[string]historyRow {
	from, to := in.StartTime.time(), in.EndTime.time()
	rows := map[string]historyRow{}
	for _, r := range all {
		key := keyOf(st, r)
		if r.Began.Before(from) || !r.Began.Before(to) || !passes(key, in.Filters) {
			continue
		}
		name, dimensions := "", map[string]string{}
		for _, g := range in.Groupings {
			dimensions[g] = key[g]
			name += g + "=" + key[g] + ";"
		}
		rows[name] = historyRow{dimensions, append(rows[name].records, r)}
	}
	return rows
}

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

// metricValues are the metrics of one row.
func metricValues(metrics []metricV2, records []connect.Record) ([]entry, error) {
	collections := []entry{}
	for _, m := range metrics {
		metric, known := historicalMetrics[m.Name]
		if !known {
			return nil, badParameter("There is no metric " + m.Name[:min(len(m.Name), 60)] + ".")
		}
		limit := 0.0
		if len(m.Threshold) > 0 {
			limit = m.Threshold[0].ThresholdValue
		}
		one := entry{"Metric": entry{"Name": m.Name}}
		if value, has := metric(records, limit); has {
			one["Value"] = value
		}
		collections = append(collections, one)
	}
	return collections, nil
}
