// Package trace tells a receiver of OpenTelemetry traces what was done for each contact: one trace from the ring to the record that popped.
//
// Read first: Config, New, Tracer. What it tells of others it is handed as values; it asks nobody and decides nothing.
package trace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/go-logr/logr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
)

// Config says whom to tell, and how much.
type Config struct {
	On bool // false tells nobody
	// Endpoint is where the receiver is, as OTEL_EXPORTER_OTLP_ENDPOINT has it; "" leaves it to the environment.
	Endpoint string
	Headers  map[string]secret.String // to be sent along; none leaves them to the environment
	Share    float64                  // of the contacts that are told, up to 1; 0 is all
	// Unspoken is the protocol that the environment asks for, if it is not one of ours; nobody is told then.
	Unspoken string
	Clock    clock.Clock
	Log      *slog.Logger
}

// Tracer is safe for concurrent use. A nil one tells nobody, and costs nothing.
type Tracer struct {
	provider *sdk.TracerProvider
	spans    trace.Tracer
	sampler  sdk.Sampler
	out      *queue
	clock    clock.Clock
}

const (
	tracesPath = "/v1/traces"
	// flushWithin is how long the end may take to send what is still to be sent.
	flushWithin = 3 * time.Second
)

// New begins to tell; Close ends. It is nil if nobody is to be told. A receiver that is away is no error.
func New(ctx context.Context, cfg Config) (*Tracer, error) {
	if cfg.Unspoken != "" {
		cfg.Log.WarnContext(ctx, "traces are not exported: OTEL_EXPORTER_OTLP_PROTOCOL asks for a protocol that the adapter does not speak; "+
			"write http/protobuf, and the receiver's port for it (4318)", "protocol", cfg.Unspoken)
		return nil, nil
	}
	if !cfg.On {
		return nil, nil
	}
	// What the library says by itself quotes the environment, headers included. What goes wrong with the receiver, queue says.
	otel.SetLogger(logr.Discard())
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {}))
	exporter, err := otlptracehttp.New(ctx, options(cfg)...)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "patchcord")), resource.WithTelemetrySDK(),
		resource.WithFromEnv())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("traces: OTEL_RESOURCE_ATTRIBUTES: write name=value, separated by commas: %w", err),
			exporter.Shutdown(ctx))
	}
	t := &Tracer{sampler: sdk.AlwaysSample(), out: newQueue(exporter, cfg.Log), clock: cfg.Clock}
	if cfg.Share > 0 && cfg.Share < 1 {
		t.sampler = sdk.TraceIDRatioBased(cfg.Share)
	}
	t.provider = sdk.NewTracerProvider(sdk.WithResource(about), sdk.WithSampler(t.sampler), sdk.WithIDGenerator(ids{rand.Uint64}),
		sdk.WithSpanProcessor(t.out))
	t.spans = t.provider.Tracer("github.com/patchcord/patchcord/adapter")
	return t, nil
}

func options(cfg Config) []otlptracehttp.Option {
	options := []otlptracehttp.Option{otlptracehttp.WithMaxResponseSize(maxResponse)}
	if cfg.Endpoint != "" {
		at := strings.TrimRight(cfg.Endpoint, "/")
		if !strings.HasSuffix(at, tracesPath) {
			at += tracesPath
		}
		options = append(options, otlptracehttp.WithEndpointURL(at), otlptracehttp.WithEncoding(otlptracehttp.EncodingProtobuf))
	}
	if len(cfg.Headers) > 0 {
		headers := map[string]string{}
		for name, value := range cfg.Headers {
			headers[name] = value.Expose()
		}
		options = append(options, otlptracehttp.WithHeaders(headers))
	}
	return options
}

// maxResponse is how much of a receiver's answer is read, in bytes: only whether it took the spans counts.
const maxResponse = 64 << 10

// Close sends what is still to be sent, for at most three seconds.
func (t *Tracer) Close() error {
	if t == nil {
		return nil
	}
	late := t.clock.AfterFunc(flushWithin, t.out.stop)
	defer late.Stop()
	defer t.out.stop()
	return t.provider.Shutdown(context.Background()) // which ends, since what is under way does
}

// ID is the trace of a contact as one user had it, as W3C Trace Context writes it: 32 hexadecimal digits; "" if it is not told.
func (t *Tracer) ID(userID, contactID string) string {
	if t == nil {
		return ""
	}
	if id := ofContact(userID, contactID); t.tells(id) {
		return id.String()
	}
	return ""
}

// Counts are how many spans the receiver took, how many it did not take, and how many were dropped because too many waited.
type Counts struct{ Exported, Failed, Dropped int64 }

// Counts counts the spans since the beginning.
func (t *Tracer) Counts() Counts {
	if t == nil {
		return Counts{}
	}
	return Counts{t.out.exported.Load(), t.out.failed.Load(), t.out.dropped.Load()}
}

// tells says whether a trace is among those that are told.
func (t *Tracer) tells(id trace.TraceID) bool {
	return t.sampler.ShouldSample(sdk.SamplingParameters{TraceID: id}).Decision == sdk.RecordAndSample
}
