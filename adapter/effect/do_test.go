package effect

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
)

// played is a hub whose page answers everything alike.
type played struct {
	answer socket.Answer
	err    error
	asked  []wire.Command
	then   func() // before it answers; nil for nothing
}

func (h *played) Do(_ context.Context, _ string, c wire.Command) (socket.Answer, error) {
	h.asked = append(h.asked, c)
	if h.then != nil {
		h.then()
	}
	return h.answer, h.err
}
func (h *played) GiveUp(string, string) bool { return true }
func (h *played) Notify(string, wire.Notice) {}
func (h *played) Over(string, string)        {}
func (h *played) Caller(string, wire.Caller) {}
func (h *played) Pages(string) int           { return 1 }

func done(value string) socket.Answer {
	return socket.Answer{Result: wire.Result{Outcome: wire.OutcomeDone, Value: json.RawMessage(value)}}
}
func do(name string, args map[string]any) flow.Command { return flow.Command{Name: name, Args: args} }

// desk is the page of a run that began just now, so long ago as age says.
func desk(t *testing.T, hub *played, age time.Duration) *page {
	t.Helper()
	kept, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	h := &run.Hand{Run: store.Run{User: "005", Kind: "flow", Status: store.Waiting, Created: time.Now(),
		Body: store.Body{Fact: fact.Fact{User: "005", At: time.Now().Add(-age)}}}}
	if err := kept.Do(t.Context(), "", func(tx *store.Tx) error { return tx.AddRun(&h.Run) }); err != nil {
		t.Fatal(err)
	}
	return &page{flows: NewFlows(FlowsConfig{Store: kept, Hub: hub, Clock: clock.System{}}), hand: h}
}

func TestDoAsksThePage(t *testing.T) {
	hub := &played{answer: done(`{"url":"/x"}`)}
	p := desk(t, hub, 0)
	value, err := p.Do(t.Context(), flow.Effect{Action: "2", Visit: 1}, do("appView", nil))
	if diff := cmp.Diff(map[string]any{"url": "/x"}, value); diff != "" || err != nil {
		t.Errorf("%v%s", err, diff)
	}
	if _, err := p.Do(t.Context(), flow.Effect{Action: "3", Visit: 1}, do("panel", map[string]any{"height": 600})); err != nil {
		t.Error(err)
	}
	got := hub.asked[1]
	if want := (wire.CommandBody{Type: "panel", Panel: &wire.PanelChange{Height: 600}}); cmp.Diff(want, got.Body) != "" || got.Again {
		t.Errorf("%+v", got)
	}
	if hub.asked[0].ID == got.ID {
		t.Error("two effects have one id")
	}
}

func TestDoRefuses(t *testing.T) {
	for name, tc := range map[string]struct {
		hub  played
		age  time.Duration
		do   flow.Command
		says string
	}{
		"what no page can":            {do: do("fly", nil), says: "no command fly"},
		"inputs that are not there":   {do: do("panel", map[string]any{"depth": 1}), says: `unknown field "depth"`},
		"inputs of another kind":      {do: do("mute", map[string]any{"on": "x"}), says: "does not take its inputs"},
		"inputs where there are none": {do: do("appView", map[string]any{"x": 1}), says: "takes none"},
		"what the page refuses": {hub: played{answer: socket.Answer{Result: wire.Result{Outcome: wire.OutcomeRefused, Error: "No access."}}},
			do: do("refreshView", nil), says: "No access."},
		"what nobody wants any more": {age: wantedFor + time.Second, do: do("setStatus", map[string]any{"name": "Lunch"}), says: wire.ReasonLate},
	} {
		t.Run(name, func(t *testing.T) {
			p := desk(t, &tc.hub, tc.age)
			_, err := p.Do(t.Context(), flow.Effect{Action: "2", Visit: 1}, tc.do)
			if refused, ok := errors.AsType[*flow.Refused](err); !ok || !strings.Contains(refused.Reason, tc.says) {
				t.Errorf("err = %v", err)
			}
		})
	}
}

// That something is begun which must not happen twice is known before the page hears of it.
func TestDoOnceIsBegunOnDisk(t *testing.T) {
	hub := &played{answer: socket.Answer{Result: wire.Result{Outcome: wire.OutcomeUnknown}}}
	p := desk(t, hub, 0)
	var steps []byte
	hub.then = func() {
		err := p.flows.cfg.Store.View(t.Context(), func(tx *store.Tx) error {
			kept, err := tx.Run(p.hand.Run.ID)
			steps = kept.Body.Steps
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	open := []flow.Step{{Action: "2", Type: "SE_ContactClear", Open: true}}
	if err := p.Begin(t.Context(), open); err != nil {
		t.Fatal(err)
	}
	_, err := p.Do(t.Context(), flow.Effect{Action: "2", Visit: 1}, do("clearContact", map[string]any{"contactId": "c"}))
	if !errors.Is(err, flow.ErrUnknown) {
		t.Errorf("err = %v", err)
	}
	if !strings.Contains(string(steps), "SE_ContactClear") {
		t.Errorf("on disk while the page is asked: %s", steps)
	}
	// However late: what may have been begun is asked about, not refused.
	late := desk(t, hub, wantedFor+time.Minute)
	hub.then = nil
	_, err = late.Do(t.Context(), flow.Effect{Action: "2", Visit: 1, Again: true}, do("clearContact", map[string]any{"contactId": "c"}))
	if !errors.Is(err, flow.ErrUnknown) {
		t.Errorf("err = %v", err)
	}
}
