// Package traces has a program that we did not write take the adapter's traces: the OpenTelemetry Collector.
package traces

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/trace"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

const config = `yaml:{receivers: {otlp: {protocols: {http: {endpoint: "%s"}}}}, exporters: {debug: {verbosity: detailed}},
service: {pipelines: {traces: {receivers: [otlp], exporters: [debug]}}, telemetry: {metrics: {level: none}}}}`

// collector builds and starts the collector, and gives its address and what it writes.
func collector(t *testing.T) (address string, lines <-chan string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "collector")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Dir = "collector"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the collector: %v\n%s", err, out)
	}
	address = free(t)
	cmd := exec.Command(program, "--config", fmt.Sprintf(config, address))
	from, to := io.Pipe()
	cmd.Stdout, cmd.Stderr = to, to
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	written := make(chan string, 1000)
	read := make(chan struct{})
	go func() {
		defer close(read)
		defer close(written)
		for scan := bufio.NewScanner(from); scan.Scan(); {
			select {
			case written <- scan.Text():
			default: // nobody reads any more
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the collector ended with %v", err)
		}
		_ = to.Close()
		<-read
	})
	return address, written
}

// free is an address of this machine that nobody has.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// until reads what is written until all of some texts have come.
func until(t *testing.T, lines <-chan string, wanted ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var all strings.Builder
	for missing := wanted; len(missing) > 0; {
		select {
		case line, ok := <-lines:
			if !ok {
				t.Fatalf("the collector has ended:\n%s", all.String())
			}
			fmt.Fprintln(&all, line)
			for len(missing) > 0 && strings.Contains(strings.Join(strings.Fields(all.String()), " "), missing[0]) {
				missing = missing[1:]
			}
		case <-ctx.Done():
			t.Fatalf("no %q in:\n%s", missing, all.String())
		}
	}
}

func TestACollectorTakesTheTraces(t *testing.T) {
	address, lines := collector(t)
	until(t, lines, "Everything is ready")
	tracer, err := trace.New(t.Context(), trace.Config{On: true, Endpoint: "http://" + address, Clock: clock.System{},
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	rang := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	ring := fact.Fact{User: "005000000000001AAA", Key: "k", At: rang, Source: fact.Voice, Event: "onConnecting",
		Contact: &wire.Contact{ContactID: "c-1"}}
	pop := store.Run{ID: 1, User: ring.User, Contact: "c-1", Kind: "flow", Flow: "Pop", Status: store.Completed, Created: rang,
		Ended: rang.Add(50 * time.Millisecond), Body: store.Body{Fact: ring}}
	tracer.Fact(ring, rang, rang.Add(time.Millisecond))
	step := tracer.Step(tracer.Run(t.Context(), pop), pop, flow.Effect{Action: "a", Visit: 1})
	tracer.Command(step, wire.Command{Body: wire.CommandBody{Type: "screenPop"}}, wire.Result{Outcome: wire.OutcomeDone}, 0, rang,
		rang.Add(40*time.Millisecond))
	tracer.Ended(pop)
	if err := tracer.Close(); err != nil {
		t.Fatal(err)
	}
	if got := tracer.Counts(); got != (trace.Counts{Exported: 3}) {
		t.Errorf("counted %+v", got)
	}
	until(t, lines, "service.name: Str(patchcord)", "Trace ID : "+tracer.ID(ring.User, "c-1"), "Name : connectVoiceContact.onConnecting",
		"Name : page screenPop", "Name: painted", "Name : run flow", "patchcord.flow: Str(Pop)")
}
