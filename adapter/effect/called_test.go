package effect

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
)

const callsDelayed = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"c"}},
	{"id":"c","type":"SE_PatchcordCallFlow","controls":{"flow":"%s"},"ports":{"success":"e"}},{"id":"e","type":"SE_End"}]}`

// A run goes on in the flow that it called, as that was when it began, whatever became of it since.
func TestACalledFlowIsAsItWas(t *testing.T) {
	d := newDrawer(t)
	r := store.Run{User: "005A", Kind: "flow", Status: store.Waiting, Created: d.clock.Now(),
		Body: store.Body{Version: "v", Calls: map[string]string{"Wait": "w"}}}
	r.Body.Fact.At = d.clock.Now()
	err := d.store.Do(t.Context(), "", func(tx *store.Tx) error {
		for hash, script := range map[string]string{"v": strings.Replace(callsDelayed, "%s", "Wait", 1), "w": delayed,
			"newer": `{"actions":[{"id":"s","type":"SE_Start"}]}`} {
			if err := tx.KeepVersion(hash, []byte(script), d.clock.Now()); err != nil {
				return err
			}
		}
		return tx.AddRun(&r)
	})
	if err != nil {
		t.Fatal(err)
	}
	h := &run.Hand{Run: r}
	if next := d.flows.Do(t.Context(), h); next.Status != store.Waiting || next.Wake.IsZero() {
		t.Fatalf("%s until %v: %s", next.Status, next.Wake, next.Problem)
	}
	d.flows = NewFlows(d.flows.cfg) // the adapter was started again
	d.clock.Advance(30 * time.Second)
	next := d.flows.Do(t.Context(), h)
	var steps []flow.Step
	if err := json.Unmarshal(h.Run.Body.Steps, &steps); err != nil || next.Status != store.Completed {
		t.Fatalf("%s: %s, %v", next.Status, next.Problem, err)
	}
	var way []string
	for _, s := range steps {
		way = append(way, strings.TrimPrefix(s.In+"/"+string(s.Action), "/"))
	}
	if got := strings.Join(way, " "); got != "s c c:1/s c:1/d c:1/c c:1/e e" {
		t.Errorf("went %s", got)
	}
}

// What was not active when a run began is not called, however it is named.
func TestAFlowThatWasNotActiveIsNotCalled(t *testing.T) {
	d := newDrawer(t)
	r := store.Run{User: "005A", Kind: "flow", Status: store.Waiting, Created: d.clock.Now(), Body: store.Body{Version: "v"}}
	err := d.store.Do(t.Context(), "", func(tx *store.Tx) error {
		if err := tx.KeepVersion("v", []byte(strings.Replace(callsDelayed, "%s", "v", 1)), d.clock.Now()); err != nil {
			return err
		}
		return tx.AddRun(&r)
	})
	if err != nil {
		t.Fatal(err)
	}
	next := d.flows.Do(t.Context(), &run.Hand{Run: r})
	if next.Status != store.Failed || !strings.Contains(next.Problem, "no one flow named v") {
		t.Errorf("%s: %s", next.Status, next.Problem)
	}
}
