package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/trace/tracetest"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/secret"
)

const (
	user    = "005000000000001AAA"
	contact = "c0ffee00-0000-4000-8000-000000000001"
	private = "CANARY" // stands for all that is a person's
)

var ring = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func at(ms int) time.Time { return ring.Add(time.Duration(ms) * time.Millisecond) }

func begin(t *testing.T, cfg Config) *Tracer {
	t.Helper()
	cfg.On = true
	if cfg.Clock == nil {
		cfg.Clock = clock.System{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	tracer, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tracer
}

func ringing() fact.Fact {
	return fact.Fact{User: user, Key: contact + ":onConnecting:" + private, At: ring, Source: fact.Voice, Event: "onConnecting",
		Contact: &wire.Contact{ContactID: contact, Type: "voice", Inbound: true, PhoneNumber: private, QueueName: private,
			Attributes: map[string]string{private: private}},
		Agent: &wire.Agent{Username: private, Name: private}, Payload: json.RawMessage(`{"` + private + `": 1}`)}
}

// popping is the run of a flow that pops, and its steps.
func popping(t *testing.T, f fact.Fact) store.Run {
	t.Helper()
	steps, err := json.Marshal([]flow.Step{
		{Action: "number", Type: "CN_GetNumber", Title: private, Inputs: map[string]any{"n": private}, Result: private, Port: flow.Success,
			Started: at(22), Took: time.Millisecond},
		{Action: "pop", Type: "SE_SFSearchAndScreenpop", Title: private, Inputs: map[string]any{"n": private}, Port: flow.Failure,
			Problem: private, Warning: private, Args: map[string]string{"name": private}, Started: at(23), Took: 40 * time.Millisecond,
			Attributes: map[string]string{"x": private}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return store.Run{ID: 7, User: user, Contact: contact, Kind: "flow", Flow: "Voice pop", Status: store.Partial, Problem: private,
		Created: at(21), Ended: at(64),
		Body: store.Body{Fact: f, Steps: steps, Searches: []store.Search{{Name: private, Args: []string{private}}}}}
}

// walk tells of a ring whose record popped.
func walk(t *testing.T, tracer *Tracer) {
	t.Helper()
	f := ringing()
	tracer.Fact(f, at(15), at(20))
	r := popping(t, f)
	ctx := tracer.Run(t.Context(), r)
	step := tracer.Step(ctx, r, flow.Effect{Action: "pop", Visit: 1})
	pop := wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{Params: json.RawMessage(private)}}
	tracer.Command(step, wire.Command{Body: pop}, wire.Result{Outcome: wire.OutcomeDone, Value: json.RawMessage(private)}, 0, at(30), at(60))
	tracer.Command(step, wire.Command{Body: wire.CommandBody{Type: "log"}}, wire.Result{Outcome: private, Error: private}, 0, at(61), at(62))
	tracer.Request(step, Request{Of: "crm", What: "query", Method: "GET", Status: 200, Began: at(24), Ended: at(29)})
	tracer.Request(ctx, Request{Of: "web", Method: private, Began: at(24), Ended: at(29)})
	tracer.Ended(r)
}

func TestOneTraceFromTheRingToThePaintedRecord(t *testing.T) {
	leak.Check(t)
	receiver := tracetest.New(t)
	tracer := begin(t, Config{Endpoint: receiver.URL + "/base/", Headers: map[string]secret.String{"authorization": "Basic s"}})
	walk(t, tracer)
	id := tracer.ID(user, contact)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	one := func(name string) tracetest.Span {
		t.Helper()
		found := receiver.Named(name)
		if len(found) != 1 {
			t.Fatalf("%d spans %q", len(found), name)
		}
		return found[0]
	}
	told, run, step := one("connectVoiceContact.onConnecting"), one("run flow"), one("SE_SFSearchAndScreenpop")
	pop, query := one("page screenPop"), one("crm GET query")
	for _, link := range []struct {
		below tracetest.Span
		above string
	}{{told, ""}, {run, told.ID}, {step, run.ID}, {one("CN_GetNumber"), run.ID}, {pop, step.ID}, {query, step.ID},
		{one("web _OTHER"), run.ID}} {
		if link.below.Trace != id || link.below.Parent != link.above {
			t.Errorf("%s is in %s below %q, want %s, %q", link.below.Name, link.below.Trace, link.below.Parent, id, link.above)
		}
	}
	if told.StartTimeUnixNano != uint64(ring.UnixNano()) || told.EndTimeUnixNano != uint64(at(20).UnixNano()) ||
		told.About["patchcord.age_ms"].GetIntValue() != 15 || told.Events[0].Name != "arrived" {
		t.Errorf("the fact: %v", told)
	}
	if len(pop.Events) != 1 || pop.Events[0].Name != "painted" || pop.Events[0].TimeUnixNano != uint64(at(60).UnixNano()) {
		t.Errorf("the pop: %v", pop)
	}
	if run.Text("patchcord.flow") != "Voice pop" || run.Text("patchcord.status") != "partial" || step.Text("patchcord.port") != "failure" ||
		step.Status.GetCode() != 2 || one("page log").Text("patchcord.outcome") != "unknown" {
		t.Errorf("the run: %v, its step: %v", run, step)
	}
	request := receiver.Requests()[0]
	if request.Path != "/base/v1/traces" || request.Header.Get("Authorization") != "Basic s" || request.About["service.name"] != "patchcord" {
		t.Errorf("%s, %v, %v", request.Path, request.Header, request.About)
	}
	if got, want := tracer.Counts(), (Counts{Exported: int64(len(receiver.Spans()))}); got != want {
		t.Errorf("counted %+v, want %+v", got, want)
	}
}

// An action of a called flow has the id that its caller's action of the same name has not.
func TestWhatACalledFlowDoesIsBelowItsStep(t *testing.T) {
	receiver := tracetest.New(t)
	tracer := begin(t, Config{Endpoint: receiver.URL})
	r := popping(t, ringing())
	var err error
	r.Body.Steps, err = json.Marshal([]flow.Step{
		{Action: "pop", Type: "callers", Port: flow.Success, Started: at(22)},
		{Action: "pop", In: "c:1", Type: "called", Port: flow.Success, Started: at(23)},
	})
	if err != nil {
		t.Fatal(err)
	}
	step := tracer.Step(tracer.Run(t.Context(), r), r, flow.Effect{Action: "c:1/pop", Visit: 1})
	tracer.Request(step, Request{Of: "crm", What: "query", Method: "GET", Status: 200, Began: at(24), Ended: at(29)})
	tracer.Ended(r)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	callers, called, query := receiver.Named("callers"), receiver.Named("called"), receiver.Named("crm GET query")
	if len(callers) != 1 || len(called) != 1 || len(query) != 1 {
		t.Fatalf("%d, %d and %d spans", len(callers), len(called), len(query))
	}
	if query[0].Parent != called[0].ID || called[0].ID == callers[0].ID {
		t.Errorf("what the called flow asked is below %s, its step is %s", query[0].Parent, called[0].ID)
	}
}

func TestNothingOfAPersonIsTold(t *testing.T) {
	receiver := tracetest.New(t)
	tracer := begin(t, Config{Endpoint: receiver.URL})
	walk(t, tracer)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	for _, r := range receiver.Requests() {
		if i := bytes.Index(r.Body, []byte(private)); i >= 0 {
			t.Errorf("told: %q", r.Body[max(0, i-60):i+len(private)])
		}
	}
	if len(receiver.Spans()) < 7 {
		t.Errorf("only %d spans came", len(receiver.Spans()))
	}
}

// A trace goes on after a restart, at another machine, and with the next version.
func TestIDsFollowFromWhatHappened(t *testing.T) {
	tracer := begin(t, Config{Endpoint: "http://127.0.0.1:1"})
	defer tracer.Close()
	if id := tracer.ID(user, contact); id != "b3695162f256279070a863d00135e40b" {
		t.Errorf("the contact's trace is %s", id)
	}
	r := popping(t, ringing())
	if run, step := ofRun(r), ofStep(r, "pop", 1); run.String() != "a94fe24d5c0d3a80" || step.String() != "63a8c83bc3fddba6" {
		t.Errorf("its run is %s, the run's step %s", run, step)
	}
	click := store.Run{User: user, Body: store.Body{Fact: fact.Fact{User: user, Key: "ui:1"}}}
	lapse := store.Run{User: user, Body: store.Body{Fact: fact.Fact{User: user, Contact: &wire.Contact{ContactID: contact}}}}
	damaged := store.Run{User: user, Contact: contact}
	for name, tc := range map[string]struct {
		run  store.Run
		want place
	}{
		"a click is a trace of its own":                      {click, place{traceOf(click.Body.Fact), ofFact(click.Body.Fact)}},
		"what no fact made is below none":                    {lapse, place{trace: ofContact(user, contact)}},
		"what is damaged is of its contact":                  {damaged, place{trace: ofContact(user, contact)}},
		"a fact that is the same for two users is two facts": {r, place{ofContact(user, contact), ofFact(ringing())}},
	} {
		if got := runPlace(tc.run); got != tc.want {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}

func TestAShareIsOfContacts(t *testing.T) {
	receiver := tracetest.New(t)
	tracer := begin(t, Config{Endpoint: receiver.URL, Share: 0.25})
	told := map[string]bool{}
	for i := range 400 {
		f := ringing()
		f.Contact.ContactID = fmt.Sprint("contact ", i)
		tracer.Fact(f, ring, ring)
		r := store.Run{User: user, Kind: "task", Created: ring, Ended: ring, Body: store.Body{Fact: f}}
		tracer.Request(tracer.Run(t.Context(), r), Request{Of: "crm", Status: 200, Began: ring, Ended: ring})
		tracer.Ended(r)
		if id := tracer.ID(user, f.Contact.ContactID); id != "" {
			told[id] = true
		}
	}
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	if len(told) < 60 || len(told) > 140 {
		t.Errorf("%d of 400 contacts are told, want about 100", len(told))
	}
	spans := map[string]int{}
	for _, s := range receiver.Spans() {
		spans[s.Trace]++
	}
	for id := range told {
		if spans[id] != 3 {
			t.Errorf("%s has %d spans, want all 3", id, spans[id])
		}
	}
	if len(spans) != len(told) {
		t.Errorf("%d traces came, want %d", len(spans), len(told))
	}
}

func TestWithoutAReceiverNothingIsDone(t *testing.T) {
	var log bytes.Buffer
	for _, cfg := range []Config{{}, {On: true, Unspoken: "grpc"}} {
		cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
		tracer, err := New(t.Context(), cfg)
		if err != nil || tracer != nil {
			t.Fatalf("%v, %v", tracer, err)
		}
		r, f, ctx := popping(t, ringing()), ringing(), t.Context()
		if n := testing.AllocsPerRun(100, func() {
			tracer.Fact(f, ring, ring)
			tracer.Request(tracer.Step(tracer.Run(ctx, r), r, flow.Effect{}), Request{})
			tracer.Command(ctx, wire.Command{}, wire.Result{}, 0, ring, ring)
			tracer.Ended(r)
		}); n != 0 || tracer.ID(user, contact) != "" || tracer.Close() != nil {
			t.Errorf("%v allocations", n)
		}
	}
	if n := strings.Count(log.String(), "http/protobuf"); n != 1 {
		t.Errorf("the log says %d times what to write: %s", n, log.String())
	}
}

// flood tells of more facts than may wait.
func flood(tracer *Tracer, n int) {
	for range n {
		tracer.Fact(ringing(), ring, ring)
	}
}

func TestAReceiverThatDoesNotAnswerHoldsNobodyUp(t *testing.T) {
	leak.Check(t)
	receiver := tracetest.New(t)
	asked, hang := make(chan struct{}, 100), make(chan struct{})
	receiver.Answer = func() (int, string) {
		asked <- struct{}{}
		<-hang
		return 500, ""
	}
	defer close(hang)
	var log bytes.Buffer
	tracer := begin(t, Config{Endpoint: receiver.URL, Clock: hasty{}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	flood(tracer, maxWaiting)
	<-asked // a batch of them is under way, and counts until it is over
	flood(tracer, 100)
	if got := tracer.Counts(); got != (Counts{Dropped: 100}) {
		t.Errorf("counted %+v", got)
	}
	if err := tracer.Close(); err != nil { // the three seconds are over at once
		t.Error(err)
	}
	if got := tracer.Counts(); got != (Counts{Dropped: 100, Failed: maxWaiting}) {
		t.Errorf("at the end %+v", got)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 {
		t.Errorf("said %d times: %s", n, log.String())
	}
}

// hasty is a clock on which all is over at once.
type hasty struct{ clock.System }

func (hasty) AfterFunc(_ time.Duration, f func()) clock.Timer { return time.AfterFunc(0, f) }

func TestWhatIsLostIsSaidOnceAndWhenItIsOver(t *testing.T) {
	receiver := tracetest.New(t)
	status := make(chan int, 10)
	receiver.Answer = func() (int, string) { return <-status, "you sent Basic " + private }
	var log bytes.Buffer
	tracer := begin(t, Config{Endpoint: receiver.URL, Headers: map[string]secret.String{"authorization": "Basic " + private},
		Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, answer := range []int{401, 401, 0, 0, 403, 0} {
		status <- answer
		flood(tracer, 1)
		if err := tracer.provider.ForceFlush(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	if got := tracer.Counts(); got != (Counts{Exported: 3, Failed: 3}) {
		t.Errorf("counted %+v", got)
	}
	text := log.String()
	if strings.Count(text, "not exported") != 2 || strings.Count(text, "exported again") != 2 || !strings.Contains(text, "401 Unauthorized") {
		t.Errorf("said:\n%s", text)
	}
	if strings.Contains(text, private) {
		t.Errorf("a secret is in the log:\n%s", text)
	}
}

func TestTheEnvironmentIsTakenWhereTheFileIsSilent(t *testing.T) {
	receiver := tracetest.New(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.URL)
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "key=a%20b,"+private)
	t.Setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
	t.Setenv("OTEL_SERVICE_NAME", "desk")
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
	tracer := begin(t, Config{})
	flood(tracer, 1)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	r := receiver.Requests()[0]
	if r.Path != "/v1/traces" || r.Header.Get("Key") != "a b" || r.About["service.name"] != "desk" ||
		r.About["deployment.environment.name"] != "test" {
		t.Errorf("%+v", r)
	}
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "nothing")
	_, err := New(t.Context(), Config{On: true, Log: slog.New(slog.DiscardHandler)})
	if err == nil || !strings.Contains(err.Error(), "name=value") {
		t.Errorf("err = %v", err)
	}
}
