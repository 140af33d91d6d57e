package adapter

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/trace"
)

// registerGauges adds what is read when somebody asks.
func (a *Adapter) registerGauges() {
	standing := a.engine.Standing
	for _, g := range []struct {
		name, help string
		value      func() float64
	}{
		{"pages", "Connected softphone pages.", func() float64 { return float64(a.hub.Connected()) }},
		{"agents_connected", "Agents with a connected softphone page.", func() float64 { return float64(len(a.hub.Census())) }},
		{"runs_open", "Runs that have not ended.", func() float64 { return float64(standing().Open) }},
		{"runs_under_way", "Runs that are being carried out now.", func() float64 { return float64(standing().UnderWay) }},
		{"runs_waiting_for_sign_in", "Runs that wait for their agent to sign in.", func() float64 { return float64(standing().Waiting) }},
		{"org_api_used", "Requests that the org has counted in 24 hours, by whomever; 0 until it has said.",
			func() float64 { return float64(a.meter.Used()) }},
		{"org_api_limit", "Requests that the org allows in 24 hours; 0 until it has said.", func() float64 { return float64(a.meter.Max()) }},
		{"org_api_used_ratio", "Share of the org's API allowance of 24 hours that is used, by whomever.", a.meter.Share},
		{"store_bytes", "Size of the data folder's database, its log included.", func() float64 { return float64(a.store.Size()) }},
		{"store_free_bytes", "Room that is left on the data folder's disk; -1 where nobody says.",
			func() float64 { return float64(admin.FreeSpace(a.store.File())) }},
		{"store_writable", "1 if the latest transaction could be made durable.", func() float64 { return truth(a.store.Writable()) }},
		{"store_damage", "Places at which the data folder was found damaged.",
			func() float64 { return float64(len(a.store.Damage())) }},
	} {
		a.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "patchcord_" + g.name, Help: g.help}, g.value))
	}
	if ends := a.cfg.CertificateEnds; ends != nil {
		a.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "patchcord_certificate_ends_timestamp_seconds",
			Help: "When the time of the adapter's own certificate is over."}, func() float64 { return float64(ends().Unix()) }))
	}
	a.registry.MustRegister(kept{a})
	if a.store.Nodes() != nil {
		a.registry.MustRegister(stands{a})
	}
	a.registerTraces()
}

// registerTraces adds what became of the spans that were to be told.
func (a *Adapter) registerTraces() {
	for result, count := range map[string]func(trace.Counts) int64{
		"exported": func(c trace.Counts) int64 { return c.Exported },
		"failed":   func(c trace.Counts) int64 { return c.Failed },
		"dropped":  func(c trace.Counts) int64 { return c.Dropped },
	} {
		a.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "patchcord_trace_spans_total",
			Help:        "Spans of traces that the receiver took, that it did not take, and that were dropped because too many waited.",
			ConstLabels: prometheus.Labels{"result": result}}, func() float64 { return float64(count(a.trace.Counts())) }))
	}
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// kept are the figures that the store has to be asked for. While it does not answer they are absent, so that nobody reads a nought.
type kept struct{ a *Adapter }

var (
	givenUpDesc = prometheus.NewDesc("patchcord_runs_given_up", "Runs that were tried until there was no more sense in it.", nil, nil)
	oldestDesc  = prometheus.NewDesc("patchcord_store_oldest_seconds", "Age of the oldest fact or run that is kept.", nil, nil)
)

// Describe names them.
func (k kept) Describe(to chan<- *prometheus.Desc) { to <- givenUpDesc; to <- oldestDesc }

// Collect reads them.
func (k kept) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), healthWithin)
	defer cancel()
	var givenUp int64
	age := 0.0
	err := k.a.store.View(ctx, func(tx *store.Tx) (err error) {
		if givenUp, err = tx.CountGivenUp(); err != nil {
			return err
		}
		oldest, err := tx.Oldest()
		if !oldest.IsZero() {
			age = k.a.cfg.Clock.Now().Sub(oldest).Seconds()
		}
		return err
	})
	if err != nil {
		return
	}
	to <- prometheus.MustNewConstMetric(givenUpDesc, prometheus.GaugeValue, float64(givenUp))
	to <- prometheus.MustNewConstMetric(oldestDesc, prometheus.GaugeValue, age)
}

// stands are the figures of a node among others. While the store does not answer they are absent.
type stands struct{ a *Adapter }

var (
	nodesDesc    = prometheus.NewDesc("patchcord_nodes", "Nodes that share the store, as far as they are not known to be dead.", nil, nil)
	holdingsDesc = prometheus.NewDesc("patchcord_holdings", "Agents whose work this node has in hand.", nil, nil)
	lettersDesc  = prometheus.NewDesc("patchcord_letters_waiting", "Letters of other nodes that this node has not read yet.", nil, nil)
)

// Describe names them.
func (s stands) Describe(to chan<- *prometheus.Desc) {
	to <- nodesDesc
	to <- holdingsDesc
	to <- lettersDesc
}

// Collect reads them.
func (s stands) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), healthWithin)
	defer cancel()
	now, err := s.a.store.Nodes().Stands(ctx)
	if err != nil {
		return
	}
	to <- prometheus.MustNewConstMetric(nodesDesc, prometheus.GaugeValue, float64(now.Nodes))
	to <- prometheus.MustNewConstMetric(holdingsDesc, prometheus.GaugeValue, float64(now.Held))
	to <- prometheus.MustNewConstMetric(lettersDesc, prometheus.GaugeValue, float64(now.Letters))
}
