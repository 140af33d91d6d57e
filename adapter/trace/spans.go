package trace

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
)

// span is one thing that was done, as it is told once it is over.
type span struct {
	at           place        // where it belongs
	id           trace.SpanID // zero is any
	name         string
	kind         trace.SpanKind
	began, ended time.Time
	failed       bool
	attributes   []attribute.KeyValue
	moments      []moment
}

// moment is something that happened at one time of a span.
type moment struct {
	name string
	at   time.Time
}

func (t *Tracer) tell(s span) {
	ctx := chosen(context.Background(), place{s.at.trace, s.id})
	if s.at.span.IsValid() {
		ctx = trace.ContextWithRemoteSpanContext(ctx, trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: s.at.trace, SpanID: s.at.span, TraceFlags: trace.FlagsSampled, Remote: true,
		}))
	}
	_, told := t.spans.Start(ctx, s.name, trace.WithTimestamp(s.began), trace.WithSpanKind(s.kind), trace.WithAttributes(s.attributes...))
	for _, m := range s.moments {
		told.AddEvent(m.name, trace.WithTimestamp(m.at))
	}
	if s.failed {
		told.SetStatus(codes.Error, "") // why is for /admin to say: it may name people
	}
	end := s.ended
	if end.Before(s.began) { // the clock was set back
		end = s.began
	}
	told.End(trace.WithTimestamp(end))
}

// Fact tells that a fact was kept: from when it happened until it was durable.
func (t *Tracer) Fact(f fact.Fact, arrived, kept time.Time) {
	if t == nil {
		return
	}
	at := place{trace: traceOf(f)}
	if !t.tells(at.trace) {
		return
	}
	about := []attribute.KeyValue{
		attribute.String("patchcord.user", f.User), attribute.Int64("patchcord.age_ms", max(0, arrived.Sub(f.At)).Milliseconds()),
		attribute.Bool("patchcord.derived", f.Derived), attribute.Bool("patchcord.misdated", f.Misdated),
		attribute.Bool("patchcord.replay", f.Replay),
	}
	if f.Contact != nil {
		about = append(known(about, "patchcord.contact", f.ContactID()), attribute.Bool("patchcord.inbound", f.Contact.Inbound))
	}
	t.tell(span{at: at, id: ofFact(f), name: f.Name(), kind: trace.SpanKindConsumer, began: f.At, ended: kept, attributes: about,
		moments: []moment{{"arrived", arrived}}})
}

// Run has what is done under ctx told below a run.
func (t *Tracer) Run(ctx context.Context, r store.Run) context.Context {
	if t == nil {
		return ctx
	}
	if at := runPlace(r); t.tells(at.trace) {
		return within(ctx, place{at.trace, ofRun(r)})
	}
	return ctx
}

// Step has what is done under ctx, which is of a run, told below one of its steps.
func (t *Tracer) Step(ctx context.Context, r store.Run, e flow.Effect) context.Context {
	if at, ok := placeIn(ctx); ok {
		return within(ctx, place{at.trace, ofStep(r, e.Action, e.Visit)})
	}
	return ctx
}

const (
	maxSteps = 200 // of a run that are told
	maxText  = 80  // bytes of a name that an administrator chose
)

// Ended tells of a run that has ended, and of its steps.
func (t *Tracer) Ended(r store.Run) {
	if t == nil {
		return
	}
	at := runPlace(r)
	if !t.tells(at.trace) {
		return
	}
	var steps []flow.Step
	if len(r.Body.Steps) > 0 && json.Unmarshal(r.Body.Steps, &steps) != nil {
		steps = nil // what cannot be read is named elsewhere
	}
	about := []attribute.KeyValue{
		attribute.Int64("patchcord.run", r.ID), attribute.String("patchcord.user", r.User), attribute.String("patchcord.kind", r.Kind),
		attribute.String("patchcord.status", string(r.Status)), attribute.Int("patchcord.tries", r.Body.Tries),
	}
	about = known(about, "patchcord.contact", r.Contact)
	about = known(about, "patchcord.flow", r.Flow)
	about = known(about, "patchcord.reason", string(r.Body.Reason))
	if len(steps) > 0 {
		about = append(about, attribute.Int("patchcord.steps", len(steps)), attribute.Int64("patchcord.own_ms", r.Body.Spent.Milliseconds()))
	}
	t.tell(span{at: at, id: ofRun(r), name: "run " + r.Kind, began: r.Created, ended: r.Ended, attributes: about,
		failed: r.Status == store.Failed || r.Status == store.GivenUp})
	visits := map[flow.ActionID]int{}
	for _, s := range steps[:min(len(steps), maxSteps)] {
		action := s.Place() // as effects name it: that of a called flow begins with its caller's
		visits[action]++
		t.step(place{at.trace, ofRun(r)}, ofStep(r, action, visits[action]), s)
	}
}

func (t *Tracer) step(at place, id trace.SpanID, s flow.Step) {
	about := known(nil, "patchcord.action", string(s.Action))
	about = known(about, "patchcord.port", string(s.Port))
	about = known(about, "patchcord.code", s.Code)
	t.tell(span{at: at, id: id, name: short(s.Type), began: s.Started, ended: s.Started.Add(s.Took), attributes: about,
		failed: s.Problem != ""})
}

// Command tells of a command to a page that was carried out under ctx: from when it was to be sent until its result.
func (t *Tracer) Command(ctx context.Context, c wire.Command, r wire.Result, away time.Duration, began, ended time.Time) {
	at, ok := placeIn(ctx)
	if !ok {
		return
	}
	outcome := "none" // no page was there, or none answered
	if r.Outcome != "" {
		outcome = outcomeOf(r.Outcome)
	}
	s := span{at: at, name: "page " + c.Body.Type, kind: trace.SpanKindClient, began: began, ended: ended,
		failed: outcome != wire.OutcomeDone, attributes: []attribute.KeyValue{
			attribute.String("patchcord.outcome", outcome), attribute.Bool("patchcord.again", c.Again),
			attribute.Int64("patchcord.away_ms", away.Milliseconds()),
		}}
	if c.Body.Type == "screenPop" && outcome == wire.OutcomeDone {
		s.moments = []moment{{"painted", ended}} // the console has said that the record is open
	}
	t.tell(s)
}

// outcomeOf is a page's word, if it is one that we know.
func outcomeOf(said string) string {
	switch said {
	case wire.OutcomeDone, wire.OutcomeRefused, wire.OutcomeUnable:
		return said
	}
	return wire.OutcomeUnknown
}

// Request is something that was asked over HTTP.
type Request struct {
	Of           string // crm or web
	What         string // the operation; "" for none
	Method       string
	Status       int // 0 if no answer came
	Began, Ended time.Time
}

// Request tells of a request that was made under ctx.
func (t *Tracer) Request(ctx context.Context, r Request) {
	at, ok := placeIn(ctx)
	if !ok {
		return
	}
	name := strings.Join(strings.Fields(r.Of+" "+methodOf(r.Method)+" "+r.What), " ")
	about := known(nil, "http.request.method", methodOf(r.Method))
	if r.Status > 0 {
		about = append(about, attribute.Int("http.response.status_code", r.Status))
	}
	t.tell(span{at: at, name: name, kind: trace.SpanKindClient, began: r.Began, ended: r.Ended, failed: r.Status < 100 || r.Status >= 400,
		attributes: about})
}

// methodOf is a method of HTTP, if it is one.
func methodOf(said string) string {
	switch said {
	case "", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE":
		return said
	}
	return "_OTHER" // as OpenTelemetry has it
}

// known adds an attribute that has a value.
func known(about []attribute.KeyValue, key, value string) []attribute.KeyValue {
	if value == "" {
		return about
	}
	return append(about, attribute.String(key, short(value)))
}

func short(text string) string { return strings.ToValidUTF8(text[:min(len(text), maxText)], "") }
