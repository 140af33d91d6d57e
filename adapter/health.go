package adapter

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what /metrics counts.
type metrics struct {
	events *prometheus.CounterVec
	runs   *prometheus.CounterVec
}

func newMetrics(registry *prometheus.Registry) metrics {
	m := metrics{
		events: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_events_total",
			Help: "Events of softphone pages, by source."}, []string{"source"}),
		runs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_flow_runs_total",
			Help: "Runs of flows, by how they ended."}, []string{"status"}),
	}
	registry.MustRegister(m.events, m.runs)
	return m
}

// waitsFor is the header of /readyz that says for programs what the adapter waits for.
const waitsFor = "Patchcord-Waits-For"

const healthWithin = 2 * time.Second

// routes adds the endpoints for operators. None of them tells anything about a person.
func (a *Adapter) routes(mux *http.ServeMux) {
	a.registry.MustRegister(prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{Name: "patchcord_pages", Help: "Connected softphone pages."},
		func() float64 { return float64(a.hub.Connected()) }))
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /.well-known/patchcord.json", a.introduce)
	// The process lives: whatever it needs of others is for /readyz to say, so that a slow org never looks like a dead adapter.
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthWithin)
		defer cancel()
		if err := a.store.Ping(ctx); err != nil {
			http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
			return
		}
		if _, err := a.journal.Dead(ctx); err != nil {
			http.Error(w, "the journal does not answer", http.StatusServiceUnavailable)
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
