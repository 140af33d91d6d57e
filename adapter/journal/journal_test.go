package journal

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

func open(t *testing.T, dir string) *Journal {
	t.Helper()
	j, err := Open(t.Context(), Config{Dir: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func record(key string) Record {
	return Record{UserID: "005", Page: "p", Event: wire.Event{Source: "connectVoiceContact", Event: "onConnecting", Key: key}}
}

// collect runs a consumer and gives what it handles until n records came or time is up.
func collect(t *testing.T, j *Journal, n int, c Consumer) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	keys := make(chan string, 100)
	inner := c.Handle
	c.Handle = func(ctx context.Context, r Record) error {
		keys <- r.Event.Key
		return inner(ctx, r)
	}
	ended := make(chan error, 1)
	go func() { ended <- j.Run(ctx, c) }()
	var got []string
	for len(got) < n {
		select {
		case key := <-keys:
			got = append(got, key)
		case <-ctx.Done():
			t.Fatalf("only %v came", got)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	return got
}

var fine = Consumer{Name: "flows", Parallel: 1, Tries: 2, Within: time.Second, Handle: func(context.Context, Record) error { return nil }}

func TestTheSameOccurrenceIsKeptOnce(t *testing.T) {
	j := open(t, "")
	defer j.Close()
	for _, key := range []string{"a", "a", "b", "a"} {
		if err := j.Append(t.Context(), record(key)); err != nil {
			t.Fatal(err)
		}
	}
	if got := collect(t, j, 2, fine); got[0] != "a" || got[1] != "b" {
		t.Errorf("handled %v, want [a b]", got)
	}
}

func TestWhatWasAppendedSurvivesARestart(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	if err := j.Append(t.Context(), record("a")); err != nil {
		t.Fatal(err)
	}
	_ = j.Close()
	again := open(t, dir)
	defer again.Close()
	if got := collect(t, again, 1, fine); got[0] != "a" {
		t.Errorf("handled %v", got)
	}
}

func TestARecordThatKeepsFailingGoesToTheDeadLetters(t *testing.T) {
	j := open(t, "")
	defer j.Close()
	for _, key := range []string{"a", "b"} {
		if err := j.Append(t.Context(), record(key)); err != nil {
			t.Fatal(err)
		}
	}
	failing := fine
	failing.Tries = 2
	failing.Handle = func(context.Context, Record) error { return errors.New("the CRM is down") }
	collect(t, j, 4, failing) // each of the two, twice
	dead, err := j.Dead(t.Context())
	if err != nil || dead == 0 {
		t.Errorf("%d dead letters, %v", dead, err)
	}
}

func TestALaneKeepsItsOrderAndOthersDoNotWaitForIt(t *testing.T) {
	j := open(t, "")
	defer j.Close()
	for _, key := range []string{"a1", "a2", "b1", "a3"} {
		if err := j.Append(t.Context(), record(key)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	begun, release, ended := make(chan string, 10), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- j.Run(ctx, Consumer{
			Name: "flows", Parallel: 8, Tries: 2, Within: 10 * time.Second,
			Lane: func(r Record) string { return r.Event.Key[:1] },
			Handle: func(ctx context.Context, r Record) error {
				begun <- r.Event.Key
				if r.Event.Key == "a1" {
					<-release
				}
				return nil
			},
		})
	}()
	first := map[string]bool{<-begun: true, <-begun: true}
	if !first["a1"] || !first["b1"] {
		t.Errorf("first came %v, want a1 and b1", first)
	}
	close(release)
	if a2, a3 := <-begun, <-begun; a2 != "a2" || a3 != "a3" {
		t.Errorf("then came %s, %s", a2, a3)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func TestARecordThatWaitsForAPersonIsNotGivenUp(t *testing.T) {
	j := open(t, "")
	defer j.Close()
	if err := j.Append(t.Context(), record("a")); err != nil {
		t.Fatal(err)
	}
	tries := 0
	got := collect(t, j, 3, Consumer{Name: "calls", Parallel: 1, Tries: 1, Within: time.Second, Handle: func(context.Context, Record) error {
		if tries++; tries < 3 {
			return &Later{errors.New("signed out")}
		}
		return nil
	}})
	if len(got) != 3 {
		t.Errorf("it came %d times", len(got))
	}
	if n, err := j.Dead(t.Context()); err != nil || n != 0 {
		t.Errorf("%d dead letters, %v", n, err)
	}
}
