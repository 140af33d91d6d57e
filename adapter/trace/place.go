package trace

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"

	"go.opentelemetry.io/otel/trace"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
)

// place is where in a trace something belongs: the trace, and the span that it is below; none for one that is below no other.
type place struct {
	trace trace.TraceID
	span  trace.SpanID
}

type placeKey struct{}

// within has what is done under ctx told below a span.
func within(ctx context.Context, p place) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

// placeIn is where in a trace something belongs that is done under ctx; false if it is in none that is told.
func placeIn(ctx context.Context) (place, bool) {
	p, ok := ctx.Value(placeKey{}).(place)
	return p, ok
}

// hashed gives the same bytes for the same texts, wherever and whenever it is asked.
func hashed(texts ...string) [sha256.Size]byte {
	var all []byte
	for _, text := range texts {
		all = fmt.Appendf(all, "%d:%s", len(text), text) // so that no two lists of texts look alike
	}
	return sha256.Sum256(all)
}

func spanID(texts ...string) trace.SpanID {
	sum := hashed(texts...)
	return trace.SpanID(sum[:8])
}

// ofContact is the trace of a contact as one user had it.
func ofContact(userID, contactID string) trace.TraceID {
	sum := hashed("contact", userID, contactID)
	return trace.TraceID(sum[:16])
}

// traceOf is the trace of a fact: its contact's, or its own if it is about none.
func traceOf(f fact.Fact) trace.TraceID {
	if id := f.ContactID(); id != "" {
		return ofContact(f.User, id)
	}
	sum := hashed("fact", f.User, f.Key)
	return trace.TraceID(sum[:16])
}

func ofFact(f fact.Fact) trace.SpanID { return spanID("span of fact", f.User, f.Key) }

// runPlace is where a run belongs: below the fact that made it.
func runPlace(r store.Run) place {
	f := r.Body.Fact
	f.User = r.User
	if f.Contact == nil && r.Contact != "" { // what it was made of is damaged
		return place{trace: ofContact(r.User, r.Contact)}
	}
	p := place{trace: traceOf(f)}
	if f.Key != "" {
		p.span = ofFact(f)
	}
	return p
}

func ofRun(r store.Run) trace.SpanID {
	return spanID("span of run", r.User, strconv.FormatInt(r.Created.UnixMilli(), 10), strconv.FormatInt(r.ID, 10))
}

func ofStep(r store.Run, action flow.ActionID, visit int) trace.SpanID {
	run := ofRun(r)
	return spanID("span of step", run.String(), string(action), strconv.Itoa(visit))
}

// ids gives each span the id that was chosen for it, and chance's to the others.
type ids struct{ chance func() uint64 }

type chosenKey struct{}

// chosen is which span begins next; a zero span is any.
func chosen(ctx context.Context, p place) context.Context {
	return context.WithValue(ctx, chosenKey{}, p)
}

// NewIDs is asked for a span that is below none.
func (g ids) NewIDs(ctx context.Context) (trace.TraceID, trace.SpanID) {
	p, _ := ctx.Value(chosenKey{}).(place)
	return p.trace, g.NewSpanID(ctx, p.trace)
}

// NewSpanID is asked for a span that is below another.
func (g ids) NewSpanID(ctx context.Context, _ trace.TraceID) trace.SpanID {
	p, _ := ctx.Value(chosenKey{}).(place)
	for !p.span.IsValid() {
		p.span = spanID("any span", strconv.FormatUint(g.chance(), 16))
	}
	return p.span
}
