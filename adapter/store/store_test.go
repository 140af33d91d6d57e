package store

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/internal/clock"
)

var morning = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func open(t *testing.T, file string, clk clock.Clock) *Store {
	t.Helper()
	s, err := Open(t.Context(), file, clk)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestSessions(t *testing.T) {
	clk := clock.NewFake(morning)
	s := open(t, "", clk)
	in := Session{TokenHash: "h", UserID: "005", Username: "a@x", Name: "A", Instance: "http://crm", Refresh: []byte{1},
		Expires: morning.Add(time.Hour)}
	if err := s.PutSession(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	got, err := s.Session(t.Context(), "h")
	if err != nil || got.UserID != "005" || !got.Expires.Equal(in.Expires) {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := s.SessionOf(t.Context(), "005"); err != nil || got.TokenHash != "h" {
		t.Errorf("by user: %+v, %v", got, err)
	}
	clk.Advance(2 * time.Hour)
	if _, err := s.Session(t.Context(), "h"); !errors.Is(err, ErrNone) {
		t.Errorf("an expired session gave %v", err)
	}
}

func TestStateSurvivesReopening(t *testing.T) {
	file := filepath.Join(t.TempDir(), "adapter.db")
	first := open(t, file, clock.NewFake(morning))
	if err := errors.Join(first.MarkDone(t.Context(), "k"), first.MarkDone(t.Context(), "k"),
		first.PutPopped(t.Context(), "c", "003"), first.Close()); err != nil {
		t.Fatal(err)
	}
	second := open(t, file, clock.NewFake(morning))
	if done, err := second.Done(t.Context(), "k"); err != nil || !done {
		t.Errorf("done = %v, %v", done, err)
	}
	if record, err := second.Popped(t.Context(), "c"); err != nil || record != "003" {
		t.Errorf("popped %q, %v", record, err)
	}
	if _, err := second.Popped(t.Context(), "other"); !errors.Is(err, ErrNone) {
		t.Errorf("another contact: %v", err)
	}
}

func TestRunsAndSweep(t *testing.T) {
	clk := clock.NewFake(morning)
	s := open(t, "", clk)
	in := Run{ID: "r", Contact: "c", Agent: "a", Flow: "f", Event: "onConnecting", Status: "completed", Started: morning,
		Took: 3 * time.Millisecond, Steps: []byte("[]")}
	if err := s.Ran(t.Context(), in, "003"); err != nil {
		t.Fatal(err)
	}
	if done, err := s.Done(t.Context(), "r"); err != nil || !done {
		t.Errorf("done = %v, %v", done, err)
	}
	if record, err := s.Popped(t.Context(), "c"); err != nil || record != "003" {
		t.Errorf("popped %q, %v", record, err)
	}
	got, err := s.Runs(t.Context(), "c", 10)
	if err != nil || len(got) != 1 {
		t.Fatalf("%d runs, %v", len(got), err)
	}
	got[0].Started = got[0].Started.UTC()
	if diff := cmp.Diff(in, got[0]); diff != "" {
		t.Error(diff)
	}
	clk.Advance(48 * time.Hour)
	if err := s.Sweep(t.Context(), 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Runs(t.Context(), "", 10); err != nil || len(got) != 0 {
		t.Errorf("after the sweep %d runs, %v", len(got), err)
	}
}
