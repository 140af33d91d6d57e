package effect

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
)

const delayed = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"d"}},
	{"id":"d","type":"SE_CoreDelay","controls":{"milliseconds":30000},"ports":{"done":"c"}},
	{"id":"c","type":"SE_UpdateCounter","controls":{"key":"n"},"ports":{"done":"e"}},{"id":"e","type":"SE_End"}]}`

// TestADelayOutlivesTheAdapter: the run is put away at once, wakes with another engine, and what follows happens once.
func TestADelayOutlivesTheAdapter(t *testing.T) {
	d := newDrawer(t)
	r := store.Run{User: "005A", Kind: "flow", Status: store.Waiting, Created: d.clock.Now(), Body: store.Body{Version: "v"}}
	r.Body.Fact.At = d.clock.Now()
	err := d.store.Do(t.Context(), "", func(tx *store.Tx) error {
		if err := tx.KeepVersion("v", []byte(delayed), d.clock.Now()); err != nil {
			return err
		}
		return tx.AddRun(&r)
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &run.Hand{Run: r}
	next := d.flows.Do(t.Context(), h)
	if want := d.clock.Now().Add(30 * time.Second); next.Status != store.Waiting || !next.Wake.Equal(want) || h.Run.Body.Tries != 0 ||
		h.Run.Body.Spent != 30*time.Second {
		t.Fatalf("%s until %v, after %d tries, spent %v: %s", next.Status, next.Wake, h.Run.Body.Tries, h.Run.Body.Spent, next.Problem)
	}
	h.Run.Status, h.Run.Wake = next.Status, next.Wake
	if err := d.store.Do(t.Context(), "", func(tx *store.Tx) error { return tx.SaveRun(h.Run) }); err != nil {
		t.Fatal(err)
	}
	ended := make(chan store.Run, 1)
	engine := run.New(run.Config{Store: d.store, Clock: d.clock, Log: slog.New(slog.DiscardHandler),
		Kinds: map[string]run.Kind{"flow": {Do: d.flows.Do}}, Ended: func(r store.Run) { ended <- r }})
	defer engine.Close()
	if err := engine.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	d.clock.Advance(29 * time.Second)
	if s := engine.Standing(); s.Open != 1 || s.UnderWay != 0 {
		t.Fatalf("before its moment %+v", s)
	}
	d.clock.Advance(time.Second)
	select {
	case r := <-ended:
		if r.Status != store.Completed {
			t.Errorf("%s: %s", r.Status, r.Problem)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it did not wake")
	}
	if n, _, err := d.of(9, "005A", "").Get(t.Context(), "n"); n != 1.0 || err != nil {
		t.Errorf("counted to %v: %v", n, err)
	}
}
