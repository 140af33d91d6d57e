// Package tracetest is a receiver of traces for tests: OTLP over HTTP, read with the types that the protocol's makers generate.
//
// Read first: New, Receiver. It does not know who sends.
package tracetest

import (
	"compress/gzip"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// Receiver takes spans until the test ends. Answer may be set before anything is sent.
type Receiver struct {
	URL string
	// Answer is the status to refuse with; 0 takes what comes. Body is the answer's.
	Answer func() (status int, body string)

	mu       sync.Mutex // guards what follows
	spans    []Span
	requests []Request
}

// Request is one request as it came.
type Request struct {
	Path   string
	Header http.Header
	Body   []byte // not compressed
	About  map[string]string
}

// Span is one span as it came.
type Span struct {
	*trace.Span
	Trace, ID, Parent string // hexadecimal; Parent is "" for none
	About             map[string]*common.AnyValue
}

// Text is an attribute of a span.
func (s Span) Text(name string) string { return s.About[name].GetStringValue() }

// New begins to take spans.
func New(t testing.TB) *Receiver {
	t.Helper()
	r := &Receiver{}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.URL = server.URL
	return r
}

// ServeHTTP takes one batch.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := bodyOf(req)
	if r.Answer != nil {
		if status, text := r.Answer(); status != 0 {
			http.Error(w, text, status)
			return
		}
	}
	var batch collector.ExportTraceServiceRequest
	if err != nil || req.Method != http.MethodPost || req.Header.Get("Content-Type") != "application/x-protobuf" ||
		proto.Unmarshal(body, &batch) != nil {
		http.Error(w, "this is no batch of spans", http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	came := Request{Path: req.URL.Path, Header: req.Header, Body: body, About: map[string]string{}}
	for _, of := range batch.ResourceSpans {
		for _, a := range of.Resource.GetAttributes() {
			came.About[a.Key] = a.Value.GetStringValue()
		}
		for _, scope := range of.ScopeSpans {
			for _, s := range scope.Spans {
				r.spans = append(r.spans, spanOf(s))
			}
		}
	}
	r.requests = append(r.requests, came)
	w.Header().Set("Content-Type", "application/x-protobuf")
}

func bodyOf(req *http.Request) ([]byte, error) {
	from := io.Reader(req.Body)
	if req.Header.Get("Content-Encoding") == "gzip" {
		unzipped, err := gzip.NewReader(from)
		if err != nil {
			return nil, err
		}
		from = unzipped
	}
	return io.ReadAll(io.LimitReader(from, 16<<20))
}

func spanOf(s *trace.Span) Span {
	out := Span{Span: s, Trace: hex.EncodeToString(s.TraceId), ID: hex.EncodeToString(s.SpanId), Parent: hex.EncodeToString(s.ParentSpanId),
		About: map[string]*common.AnyValue{}}
	for _, a := range s.Attributes {
		out.About[a.Key] = a.Value
	}
	return out
}

// Spans are those that came so far.
func (r *Receiver) Spans() []Span {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Span(nil), r.spans...)
}

// Named are the spans of a name.
func (r *Receiver) Named(name string) (found []Span) {
	for _, s := range r.Spans() {
		if s.Name == name {
			found = append(found, s)
		}
	}
	return found
}

// Requests are those that were taken so far.
func (r *Receiver) Requests() []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Request(nil), r.requests...)
}
