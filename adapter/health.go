package adapter

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// waitsFor is the header of /readyz that says for programs what the adapter waits for.
const waitsFor = "Patchcord-Waits-For"

const healthWithin = 2 * time.Second

// routes adds the endpoints for operators. None of them tells anything about a person.
func (a *Adapter) routes(mux *http.ServeMux) {
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /.well-known/patchcord.json", a.introduce)
	// The process lives: whatever it needs of others is for /readyz to say, so that a slow org never looks like a dead adapter.
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthWithin)
		defer cancel()
		if !a.others.takesPages(w) {
			return
		}
		if err := a.store.Probe(ctx); err != nil {
			http.Error(w, "nothing can be kept: "+a.store.Name()+" cannot be written to", http.StatusServiceUnavailable)
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
