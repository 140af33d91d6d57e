package heart

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

func calling(t *testing.T, id, name, event string, others ...string) records.Flow {
	t.Helper()
	script := `{"actions":[{"id":"s","type":"SE_Start"}`
	for _, other := range others {
		script += `,{"id":"` + other + `","type":"SE_PatchcordCallFlow","controls":{"flow":"` + other + `"}}`
	}
	program, err := flow.Load([]byte(script+"]}"), blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	return records.Flow{ID: id, Name: name, Source: fact.Voice, Event: event, Version: "v" + name, Script: []byte(script + "]}"),
		Program: program}
}

// A run keeps the versions of all flows that it may come to, by whatever name; what could be several, or none, is not among them.
func TestARunKeepsWhatItMayCall(t *testing.T) {
	s, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	rules := records.Adapter{Name: "A", Flows: []records.Flow{
		calling(t, "a02000000000001AAA", "Main", "onConnecting", "Find", "a02000000000003", "Two", "Moon"),
		calling(t, "a02000000000002AAA", "Find", "onNever", "Deep", "Main"), calling(t, "a02000000000003AAA", "By id", "onNever"),
		calling(t, "a02000000000004AAA", "Two", "onNever"), calling(t, "a02000000000005AAA", "Two", "onNever"),
		calling(t, "a02000000000006AAA", "Deep", "onNever"), calling(t, "a02000000000007AAA", "Not called", "onNever"),
	}}
	h := New(Config{
		Store: s, Rules: func(string) (records.Adapter, error, bool) { return rules, nil, true }, Start: func(...*store.Run) {},
		Open: func(string) int { return 0 }, Rings: func(string) {}, Over: func(_, _ string, _ bool) {}, Clock: clock.System{},
		Bind: func(*store.Tx, string, string, time.Time) (bool, error) { return true, nil }, Log: slog.New(slog.DiscardHandler),
	})
	err = h.Keep(t.Context(), "005000000000001AAA", "p", wire.Event{Key: "c:onConnecting:1", Source: fact.Voice, Event: "onConnecting",
		Contact: &wire.Contact{ContactID: "c", Type: "voice", State: "connecting", Inbound: true, Since: 1}})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"Find": "vFind", "a02000000000003": "vBy id", "Deep": "vDeep", "Main": "vMain"}
	err = s.View(t.Context(), func(tx *store.Tx) error {
		runs, err := tx.RunsOf("c", 9)
		if err != nil || len(runs) != 1 {
			t.Fatalf("%+v, %v", runs, err)
		}
		if diff := cmp.Diff(want, runs[0].Body.Calls); diff != "" {
			t.Error(diff)
		}
		for _, hash := range want {
			if _, err := tx.Version(hash); err != nil {
				t.Errorf("%s is not kept: %v", hash, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
