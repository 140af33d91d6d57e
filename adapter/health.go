package adapter

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/patchcord/patchcord/adapter/store"
)

// metrics are what /metrics counts. No label is of a client's choosing.
type metrics struct {
	facts   *prometheus.CounterVec
	refused *prometheus.CounterVec
	runs    *prometheus.CounterVec
}

func newMetrics(registry *prometheus.Registry) metrics {
	m := metrics{
		facts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_facts_total",
			Help: "Facts that pages told and that were kept, by source."}, []string{"source"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_facts_refused_total",
			Help: "Facts that were not kept, by reason."}, []string{"reason"}),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_runs_total",
			Help: "Runs that have ended, by kind and how they ended."}, []string{"kind", "status"}),
	}
	registry.MustRegister(m.facts, m.refused, m.runs)
	return m
}

// waitsFor is the header of /readyz that says for programs what the adapter waits for.
const waitsFor = "Patchcord-Waits-For"

const healthWithin = 2 * time.Second

// routes adds the endpoints for operators. None of them tells anything about a person.
func (a *Adapter) routes(mux *http.ServeMux) {
	a.gauge("patchcord_pages", "Connected softphone pages.", func() float64 { return float64(a.hub.Connected()) })
	a.gauge("patchcord_runs_open", "Runs that have not ended.", func() float64 { return float64(a.engine.Standing().Open) })
	a.gauge("patchcord_runs_waiting_for_sign_in", "Runs that wait for their agent to sign in.",
		func() float64 { return float64(a.engine.Standing().Waiting) })
	a.gauge("patchcord_runs_given_up", "Runs that were tried until there was no more sense in it.", a.givenUp)
	a.gauge("patchcord_org_api_used_ratio", "Share of the org's API allowance of 24 hours that is used, by whomever.", a.meter.Share)
	a.gauge("patchcord_store_damage", "Places at which the data folder was found damaged.",
		func() float64 { return float64(len(a.store.Damage())) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /.well-known/patchcord.json", a.introduce)
	// The process lives: whatever it needs of others is for /readyz to say, so that a slow org never looks like a dead adapter.
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthWithin)
		defer cancel()
		if err := a.store.Probe(ctx); err != nil {
			http.Error(w, "nothing can be kept: "+a.store.File()+" cannot be written to", http.StatusServiceUnavailable)
			return
		}
		if waiting, app := a.setUp.waiting(ctx); waiting != "" {
			if app {
				w.Header().Set(waitsFor, "app") // for set-up, which waits for that
			}
			http.Error(w, waiting, http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
}

func (a *Adapter) gauge(name, help string, value func() float64) {
	a.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

// givenUp counts the runs that were given up; what cannot be counted now counts as none.
func (a *Adapter) givenUp() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), healthWithin)
	defer cancel()
	var n int64
	err := a.store.View(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.CountGivenUp()
		return err
	})
	if err != nil {
		return 0
	}
	return float64(n)
}
