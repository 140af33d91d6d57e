package heart

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// A ring for which nothing runs says why: no flow, a flow that cannot be read, or a record that cannot.
func TestWhatDoesNotRunSaysWhy(t *testing.T) {
	const leftOut = records.LeftOut + " Pop was left out: it has no start."
	for name, tc := range map[string]struct {
		rules  records.Adapter
		broken error
		want   store.Reason
		says   string
	}{
		"no flow":     {records.Adapter{Name: "A"}, nil, store.NoFlow, "is active for connectVoiceContact.onConnecting"},
		"broken flow": {records.Adapter{Name: "A", Problems: []string{"Ringtone is no address.", leftOut}}, nil, store.FlowBroken, leftOut},
		"record":      {records.Adapter{}, fault.New(fault.Missing, nil, "0 records name it."), store.RecordBroken, "0 records name it."},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			h := New(Config{
				Store: s, Rules: func(string) (records.Adapter, error, bool) { return tc.rules, tc.broken, true }, Start: func(...*store.Run) {},
				Open: func(string) int { return 0 }, Rings: func(string) {}, Over: func(_, _ string, _ bool) {}, Clock: clock.System{},
				Bind: func(*store.Tx, string, string, time.Time) (bool, error) { return true, nil }, Log: slog.New(slog.DiscardHandler),
			})
			err = h.Keep(t.Context(), "005000000000001AAA", "p", wire.Event{Key: "c:onConnecting:1", Source: fact.Voice, Event: "onConnecting",
				Contact: &wire.Contact{ContactID: "c", Type: "voice", State: "connecting", Inbound: true, Since: 1}})
			if err != nil {
				t.Fatal(err)
			}
			var runs []store.Run
			if err := s.View(t.Context(), func(tx *store.Tx) (err error) { runs, err = tx.RunsOf("c", 9); return err }); err != nil {
				t.Fatal(err)
			}
			if len(runs) != 1 || runs[0].Body.Reason != tc.want || !strings.Contains(runs[0].Problem, tc.says) {
				t.Errorf("%+v", runs)
			}
		})
	}
}

// A queued callback announces itself to its own flows; to those of a call's onIncoming only where it has none of its own.
func TestWhoHearsOfACallback(t *testing.T) {
	of := func(name, source string) records.Flow {
		return records.Flow{ID: name, Name: name, Source: source, Event: "onIncoming", Version: name, Script: []byte("{}")}
	}
	voice, callback := of("voice", fact.Voice), of("callback", fact.Callback)
	for name, tc := range map[string]struct {
		flows []records.Flow
		want  string
	}{
		"both":           {[]records.Flow{voice, callback}, "callback"},
		"a call's alone": {[]records.Flow{voice}, "voice"},
		"neither":        {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := store.Open(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			h := New(Config{
				Store: s, Rules: func(string) (records.Adapter, error, bool) {
					return records.Adapter{Name: "A", Flows: tc.flows}, nil, true
				},
				Start: func(...*store.Run) {}, Open: func(string) int { return 0 }, Rings: func(string) {}, Over: func(_, _ string, _ bool) {},
				Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
				Bind: func(*store.Tx, string, string, time.Time) (bool, error) { return true, nil },
			})
			err = h.Keep(t.Context(), "005000000000001AAA", "p", wire.Event{Key: "c:onIncoming:1", Source: fact.Callback, Event: "onIncoming",
				Contact: &wire.Contact{ContactID: "c", Type: "queue_callback", State: "incoming", Inbound: true, Since: 1}})
			if err != nil {
				t.Fatal(err)
			}
			var runs []store.Run
			if err := s.View(t.Context(), func(tx *store.Tx) (err error) { runs, err = tx.RunsOf("c", 9); return err }); err != nil {
				t.Fatal(err)
			}
			if len(runs) != 1 || runs[0].Flow != tc.want {
				t.Errorf("%+v", runs)
			}
		})
	}
}
