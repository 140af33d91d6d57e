package adapter

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// metrics are what /metrics counts. No label is of a client's choosing: sources and reasons are closed lists, and names of flows, which
// administrators choose, are counted apart up to a bound.
type metrics struct {
	facts, refused, runs, flows, pops, asked *prometheus.CounterVec
	committed, command, presence             prometheus.Histogram
	took, org                                *prometheus.HistogramVec
	names                                    *bounded
}

// quickly and slowly are the buckets of what takes milliseconds, and of what may wait for a person; in seconds.
var (
	quickly = []float64{.0005, .001, .002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
	slowly  = []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800}
)

func newMetrics(registry *prometheus.Registry) metrics {
	count := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "patchcord_" + name, Help: help}, labels)
		registry.MustRegister(c)
		return c
	}
	times := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "patchcord_" + name, Help: help, Buckets: buckets}, labels)
		registry.MustRegister(h)
		return h
	}
	one := func(v *prometheus.HistogramVec) prometheus.Histogram {
		return v.WithLabelValues().(prometheus.Histogram)
	}
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m := metrics{
		facts:   count("facts_total", "Facts that pages told and that were kept, by source.", "source"),
		refused: count("facts_refused_total", "Facts that were not kept, by reason.", "reason"),
		runs:    count("runs_total", "Runs that have ended, by kind and how they ended.", "kind", "status"),
		flows: count("flow_runs_total", "Runs of CTI flows that have ended, by the flow's name and how they ended; names beyond a "+
			"hundred count as other.", "flow", "status"),
		asked: count("flow_org_operations_total", "What blocks of flows asked of the org, by operation: create, update, retrieve, query or "+
			"find.", "operation"),
		pops: count("pops_total", "Runs for a ringing contact that have ended, by what became of the pop.", "outcome"),
		committed: one(times("fact_committed_seconds", "From a fact's arrival until it is durable and may be acknowledged.",
			quickly)),
		command: one(times("fact_to_command_seconds", "From a fact's arrival until the first command of a flow that it fired goes to a page.",
			quickly)),
		presence: one(times("presence_seconds", "From a change of one of an agent's statuses until the other was changed for it.", quickly)),
		took:     times("run_seconds", "From a run's beginning to its end, waits included, by kind.", slowly, "kind"),
		org: times("org_request_seconds", "Requests to the org until an answer begins: ok, refused (4xx), failed (5xx) or unanswered.",
			slowly, "result"),
		names: &bounded{most: 100},
	}
	for _, operation := range effect.Operations {
		m.asked.WithLabelValues(operation) // so that it is there, and 0
	}
	return m
}

// ended counts a run that has ended.
func (m metrics) ended(r store.Run) {
	m.runs.WithLabelValues(r.Kind, string(r.Status)).Inc()
	m.took.WithLabelValues(r.Kind).Observe(r.Body.Took.Seconds())
	if r.Kind != heart.Flow {
		return
	}
	m.flows.WithLabelValues(m.names.name(r.Flow), string(r.Status)).Inc()
	if outcome := told.Of(told.Leg{Runs: []told.Run{admin.Told(r)}}).Outcome; outcome != told.Nothing {
		m.pops.WithLabelValues(string(outcome)).Inc()
	}
}

// bounded lets so many names through, each shortened; all others have one in common.
type bounded struct {
	most  int
	mu    sync.Mutex // guards known
	known map[string]bool
}

const (
	otherName   = "other"
	longestName = 80 // the CRM's name of a record
)

func (b *bounded) name(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), longestName)], "")
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.known[text]:
		return text
	case len(b.known) >= b.most:
		return otherName
	case b.known == nil:
		b.known = map[string]bool{}
	}
	b.known[text] = true
	return text
}

// asked is an org's answers, measured. It goes on to the standard transport.
type asked struct {
	next  http.RoundTripper // nil is the standard one
	clock clock.Clock
	took  *prometheus.HistogramVec // by result
}

// RoundTrip asks.
func (a asked) RoundTrip(r *http.Request) (*http.Response, error) {
	next := a.next
	if next == nil {
		next = http.DefaultTransport
	}
	began := a.clock.Now()
	resp, err := next.RoundTrip(r)
	result := "ok"
	switch {
	case err != nil:
		result = "unanswered"
	case resp.StatusCode >= 500:
		result = "failed"
	case resp.StatusCode >= 400:
		result = "refused"
	}
	a.took.WithLabelValues(result).Observe(a.clock.Now().Sub(began).Seconds())
	return resp, err
}

// orgWithin is how long one request to the org may take.
const orgWithin = 30 * time.Second

// orgHTTP is how the org is asked.
func (a *Adapter) orgHTTP() *http.Client {
	return &http.Client{Timeout: orgWithin, Transport: a.tracedOrg(asked{clock: a.cfg.Clock, took: a.metrics.org})}
}

// firstCommand is when the run came up whose first command is still to go out.
type firstCommand struct {
	since time.Time
	once  sync.Once
}

type firstCommandKey struct{}

// timed has the first command of a run measured. What waited for something else than its turn is not.
func (a *Adapter) timed(do run.Doer) run.Doer {
	return func(ctx context.Context, h *run.Hand) run.Next {
		if h.Run.Fence <= 1 && h.Run.Body.Tries == 0 {
			ctx = context.WithValue(ctx, firstCommandKey{}, &firstCommand{since: h.Run.Created})
		}
		return do(ctx, h)
	}
}

// timedHub is a hub whose commands are measured.
type timedHub struct {
	effect.Hub
	clock clock.Clock
	took  prometheus.Histogram
}

// Do has a page carry out a command.
func (h timedHub) Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error) {
	if first, ok := ctx.Value(firstCommandKey{}).(*firstCommand); ok {
		first.once.Do(func() { h.took.Observe(h.clock.Now().Sub(first.since).Seconds()) })
	}
	return h.Hub.Do(ctx, userID, c)
}
