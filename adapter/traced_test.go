package adapter

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/trace"
	"github.com/patchcord/patchcord/adapter/trace/tracetest"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/leak"
)

// A call is one trace, from its ring over the pop to its Task, with whatever adapter each of its parts was told to.
func TestACallIsOneTrace(t *testing.T) {
	leak.Check(t)
	o, receiver := newOrg(t), tracetest.New(t)
	o.sets = []string{"AC_Manager"}
	cfg := testConfig(t, o.url, t.TempDir())
	cfg.Traces = trace.Config{On: true, Endpoint: receiver.URL}

	first := begin(t, cfg)
	t.Cleanup(first.end)
	page := open(t, first.server, signIn(t, first.server))
	page.tell(connecting("c-1"))
	for _, kind := range []string{"search", "screenPop"} {
		c := page.command(kind)
		page.does(c, popsMaya(c))
	}
	for !slices.Contains(scrape(t, first.server), `patchcord_pops_total{outcome="popped"} 1`) { // the run ends after its last answer
	}
	first.end()

	second := begin(t, cfg)
	t.Cleanup(second.end)
	page = open(t, second.server, signIn(t, second.server))
	page.tell(connected("c-1"))
	page.tell(ended("c-1"))
	done := `patchcord_runs_total{kind="task",status="completed"} 1`
	var lines []string
	for !slices.Contains(lines, done) {
		lines = scrape(t, second.server)
	}
	var detail admin.CallDetail
	asks(t, second.server, visit(t, second.server), "calls/c-1", &detail)
	var list admin.CallList
	for len(list.Calls) == 0 { // it may be half a second behind
		asks(t, second.server, visit(t, second.server), "calls", &list)
	}
	second.end()

	id := detail.Legs[0].Call.TraceID
	if id == "" || list.Calls[0].TraceID != id {
		t.Errorf("the list has the trace %q, the call %q", list.Calls[0].TraceID, id)
	}
	names := map[string]tracetest.Span{}
	for _, s := range receiver.Spans() {
		if s.Trace == id {
			names[s.Name] = s
		}
	}
	for name, above := range map[string]string{
		"connectVoiceContact.onConnecting": "", "run flow": "connectVoiceContact.onConnecting", "page search": "SE_SFSearchAndScreenpop",
		"SE_SFSearchAndScreenpop": "run flow", "page screenPop": "SE_SFSearchAndScreenpop", "connectVoiceContact.onConnected": "",
		"connectVoiceContact.onEnded": "", "run task": "connectVoiceContact.onEnded", "crm POST composite": "run task",
	} {
		if s, ok := names[name]; !ok || s.Parent != names[above].ID {
			t.Errorf("%s is below %q, want %s (%t)", name, s.Parent, above, ok)
		}
	}
	pop := names["page screenPop"]
	if len(pop.Events) != 1 || pop.Events[0].Name != "painted" {
		t.Errorf("the pop: %v", pop)
	}
	for _, r := range receiver.Requests() {
		for _, of := range []string{callerNumber, strings.TrimPrefix(callerNumber, "+1"), "Maya", "Lindqvist"} {
			if strings.Contains(string(r.Body), of) {
				t.Errorf("told: %s", of)
			}
		}
	}
	if all := strings.Join(lines, "\n"); !strings.Contains(all, `patchcord_trace_spans_total{result="dropped"} 0`) {
		t.Error("/metrics does not say what is lost")
	}
}

// A fact that is told again, by another tab or after a reload, is in the trace once.
func TestAFactIsToldOnce(t *testing.T) {
	o, receiver := newOrg(t), tracetest.New(t)
	cfg := testConfig(t, o.url, t.TempDir())
	cfg.Traces = trace.Config{On: true, Endpoint: receiver.URL}
	n := begin(t, cfg)
	t.Cleanup(n.end)
	session := signIn(t, n.server)
	for range 2 {
		page := open(t, n.server, session)
		page.tell(connected("c-1"))
		page.until(func(m wire.ToPage) bool { return m.Ack != nil })
	}
	n.end()
	if got := receiver.Named("connectVoiceContact.onConnected"); len(got) != 1 {
		t.Errorf("%d spans, want 1", len(got))
	}
}

func TestOrgRequestsAreToldByNoAddress(t *testing.T) {
	for path, want := range map[string]string{
		"/services/data/v67.0/sobjects/Contact/003": "sobjects", "/services/data/v67.0/query": "query",
		"/services/data/v67.0/composite": "composite", "/services/data/v67.0/Maya": "", "/services/data/v67.0": "",
		"/services/oauth2/token": "oauth2", "/Maya/oauth2": "", "/": "", "": "",
	} {
		if got := resourceOf(path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// nowhere is an org that is not there.
type nowhere struct{}

func (nowhere) RoundTrip(*http.Request) (*http.Response, error) { return nil, http.ErrServerClosed }

// Nothing stands between the rooms where there are no traces.
func TestWithoutTracesNothingIsWrapped(t *testing.T) {
	a := &Adapter{}
	if a.tracedOrg(nowhere{}) != (nowhere{}) || a.tracedPages(nil) != nil || a.tracedWeb(nil) != nil || a.keptFacts() != nil ||
		a.mark() != nil {
		t.Error("something is wrapped")
	}
}

func TestTracesAreTheFilesElseTheEnvironments(t *testing.T) {
	file := config.Traces{Endpoint: "https://otlp.example.com", Share: 0.5}
	for _, tc := range []struct {
		name        string
		file        config.Traces
		environment map[string]string
		want        trace.Config
	}{
		{"neither", config.Traces{}, nil, trace.Config{}},
		{"the file", file, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"},
			trace.Config{On: true, Endpoint: "https://otlp.example.com", Share: 0.5}},
		{"the environment", config.Traces{}, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}, trace.Config{On: true}},
		{"of traces alone", config.Traces{}, map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x"}, trace.Config{On: true}},
		{"switched off", config.Traces{}, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_SDK_DISABLED": "TRUE"},
			trace.Config{}},
		{"not as traces", config.Traces{}, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_TRACES_EXPORTER": "none"},
			trace.Config{}},
		{"another protocol", config.Traces{},
			map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
			trace.Config{On: true, Unspoken: "grpc"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := TracesOf(tc.file, func(name string) string { return tc.environment[name] })
			if got.On != tc.want.On || got.Endpoint != tc.want.Endpoint || got.Share != tc.want.Share || got.Unspoken != tc.want.Unspoken {
				t.Errorf("%+v, want %+v", got, tc.want)
			}
		})
	}
}

// What a receiver that is away costs is counted in nobody's time: the record pops all the same.
func TestACallPopsWhileTheReceiverIsAway(t *testing.T) {
	o, receiver := newOrg(t), tracetest.New(t)
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	receiver.Answer = func() (int, string) { <-hang; return 500, "" }
	cfg := testConfig(t, o.url, t.TempDir())
	cfg.Traces = trace.Config{On: true, Endpoint: receiver.URL}
	n := begin(t, cfg)
	t.Cleanup(n.end)
	page := open(t, n.server, signIn(t, n.server))
	page.tell(connecting("c-1"))
	for _, kind := range []string{"search", "screenPop"} {
		c := page.command(kind)
		page.does(c, popsMaya(c))
	}
	began := time.Now()
	n.end()
	if took := time.Since(began); took > 20*time.Second { // three seconds, on a machine that does other work too
		t.Errorf("it ended after %s", took)
	}
}
