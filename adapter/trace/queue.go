package trace

import (
	"context"
	"log/slog"
	"strings"
	"sync/atomic"

	sdk "go.opentelemetry.io/otel/sdk/trace"

	"github.com/patchcord/patchcord/internal/plain"
)

// maxWaiting is how many spans may wait for the receiver: those of about a hundred calls, in a few megabytes.
const maxWaiting = 4096

// queue holds spans until they are sent, in batches. Nobody waits for it: what does not fit is dropped and counted.
type queue struct {
	sdk.SpanProcessor // which gathers batches
	exporter          sdk.SpanExporter
	log               *slog.Logger
	ctx               context.Context // ends what is under way
	stop              context.CancelFunc

	waiting, exported, failed, dropped atomic.Int64
	// lost is how many were dropped when the latest batch was taken, silent whether it was said that spans are lost.
	lost   atomic.Int64
	silent atomic.Bool
}

func newQueue(to sdk.SpanExporter, log *slog.Logger) *queue {
	q := &queue{exporter: to, log: log}
	q.ctx, q.stop = context.WithCancel(context.Background())
	// The batches' own queue is never full: what waits is bounded before it.
	q.SpanProcessor = sdk.NewBatchSpanProcessor(sending{q}, sdk.WithMaxQueueSize(maxWaiting))
	return q
}

// OnEnd takes a span in, if there is room.
func (q *queue) OnEnd(s sdk.ReadOnlySpan) {
	if q.waiting.Add(1) > maxWaiting {
		q.waiting.Add(-1)
		q.dropped.Add(1)
		q.say("more of them wait than there is room for")
		return
	}
	q.SpanProcessor.OnEnd(s)
}

// say says once that spans are lost, until none are.
func (q *queue) say(why string) {
	if !q.silent.Swap(true) {
		q.log.Warn("traces are not exported; all else goes on, and patchcord_trace_spans_total counts what is lost", "err", why)
	}
}

// sending is the exporter as batches see it.
type sending struct{ *queue }

// ExportSpans sends a batch. It has no errors: it says itself what went wrong.
func (s sending) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	n := int64(len(spans))
	err := s.exporter.ExportSpans(ctx, spans)
	s.waiting.Add(-n)
	if err != nil {
		s.failed.Add(n)
		s.say(reason(err))
		return nil
	}
	s.exported.Add(n)
	dropped := s.dropped.Load()
	if s.lost.Swap(dropped) == dropped && s.silent.Swap(false) {
		s.log.Info("traces are exported again", "failed", s.failed.Load(), "dropped", dropped)
	}
	return nil
}

// Shutdown ends the exporter.
func (s sending) Shutdown(ctx context.Context) error { return s.exporter.Shutdown(ctx) }

// reason is why a batch was not taken, without what the receiver answered: nobody knows what stands in there.
func reason(err error) string {
	text, _, _ := strings.Cut(plain.Cause(err), "body:")
	return strings.TrimRight(text, " (:")
}
