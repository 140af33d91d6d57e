package adapter

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/trace"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// beginTraces begins to tell of calls, if somebody is to be told.
func (a *Adapter) beginTraces(ctx context.Context) (err error) {
	cfg := a.cfg.Traces
	cfg.Clock, cfg.Log = a.cfg.Clock, a.cfg.Log
	a.trace, err = trace.New(ctx, cfg)
	return err
}

// traced has kinds of runs told of in traces. What this file wraps is handed on as it is where there are no traces.
func (a *Adapter) traced(kinds map[string]run.Kind) map[string]run.Kind {
	if a.trace == nil {
		return kinds
	}
	for name, kind := range kinds {
		do := kind.Do
		kind.Do = func(ctx context.Context, h *run.Hand) run.Next { return do(a.trace.Run(ctx, h.Run), h) }
		kinds[name] = kind
	}
	return kinds
}

// keptFacts hears of facts, nil for nobody.
func (a *Adapter) keptFacts() func([]fact.Fact, time.Time) {
	if a.trace == nil {
		return nil
	}
	return func(facts []fact.Fact, arrived time.Time) {
		now := a.cfg.Clock.Now()
		for _, f := range facts {
			a.trace.Fact(f, arrived, now)
		}
	}
}

// mark is what a flow's actions are carried out under, nil for nothing.
func (a *Adapter) mark() func(context.Context, store.Run, flow.Effect) context.Context {
	if a.trace == nil {
		return nil
	}
	return a.trace.Step
}

// tracedPages is the hub, with its commands told of.
func (a *Adapter) tracedPages(to effect.Hub) effect.Hub {
	if a.trace == nil {
		return to
	}
	return tracedHub{to, a.trace, a.cfg.Clock}
}

type tracedHub struct {
	effect.Hub
	trace *trace.Tracer
	clock clock.Clock
}

// Do has a page carry out a command.
func (h tracedHub) Do(ctx context.Context, userID string, c wire.Command) (socket.Answer, error) {
	began := h.clock.Now()
	answer, err := h.Hub.Do(ctx, userID, c)
	h.trace.Command(ctx, c, answer.Result, answer.Away, began, h.clock.Now())
	return answer, err
}

// tracedWeb is what web services are asked with, with the requests told of.
func (a *Adapter) tracedWeb(to effect.Web) effect.Web {
	if a.trace == nil {
		return to
	}
	return tracedWeb{to, a.trace, a.cfg.Clock}
}

type tracedWeb struct {
	effect.Web
	trace *trace.Tracer
	clock clock.Clock
}

// Do asks a web service. Whose it is, and what it is asked, is nobody's business.
func (w tracedWeb) Do(ctx context.Context, hosts outbound.Hosts, r outbound.Request) (outbound.Response, error) {
	began := w.clock.Now()
	answer, err := w.Web.Do(ctx, hosts, r)
	w.trace.Request(ctx, trace.Request{Of: "web", Method: r.Method, Status: answer.Status, Began: began, Ended: w.clock.Now()})
	return answer, err
}

// tracedOrg is how the org is asked, with the requests told of.
func (a *Adapter) tracedOrg(to http.RoundTripper) http.RoundTripper {
	if a.trace == nil {
		return to
	}
	return tracedOrg{to, a.trace, a.cfg.Clock}
}

type tracedOrg struct {
	next  http.RoundTripper
	trace *trace.Tracer
	clock clock.Clock
}

// RoundTrip asks, and sends no word of the trace along: the org would do nothing with it, and it would name a call to somebody else.
func (o tracedOrg) RoundTrip(r *http.Request) (*http.Response, error) {
	began := o.clock.Now()
	resp, err := o.next.RoundTrip(r)
	told := trace.Request{Of: "crm", What: resourceOf(r.URL.Path), Method: r.Method, Began: began, Ended: o.clock.Now()}
	if err == nil {
		told.Status = resp.StatusCode
	}
	o.trace.Request(r.Context(), told)
	return resp, err
}

// resources are the parts of the REST API that are told by name. What else stands in an address may be a person's.
var resources = []string{"sobjects", "query", "queryAll", "search", "parameterizedSearch", "composite", "limits", "ui-api"}

// resourceOf is the part of the org's API that a path is of; "" for any other.
func resourceOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case len(parts) > 3 && parts[0] == "services" && parts[1] == "data" && slices.Contains(resources, parts[3]):
		return parts[3]
	case len(parts) > 1 && parts[0] == "services" && parts[1] == "oauth2":
		return "oauth2"
	}
	return ""
}
