package flow_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks/core"
	. "github.com/patchcord/patchcord/adapter/flow"
)

// weigh runs a flow and says how many bytes it allocated and how many its journal has.
func weigh(t *testing.T, f Program, e Event, p *page) (j Journal, allocated, written int) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := time.Now()
	j = runFlow(t, f, e, p)
	took := time.Since(started)
	runtime.ReadMemStats(&after)
	if took > 10*time.Second { // a fraction of a second on a machine that has nothing else to do
		t.Errorf("took %v", took)
	}
	body, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	return j, int(after.TotalAlloc - before.TotalAlloc), len(body)
}

func TestInputsAreBounded(t *testing.T) {
	var members strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&members, `,"%d":"$.payload"`, i)
	}
	logs := func(message, next string) string {
		return `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"l"}},
			{"id":"l","type":"SE_Log","controls":{"message":` + message + `},"ports":{"done":"` + next + `"}},{"id":"e","type":"SE_End"}]}`
	}
	huge := `{"a":1` + members.String() + `}`
	if n := len(logs(huge, "e")); n < 40_000 || n > 70_000 {
		t.Fatalf("a flow of %d bytes", n)
	}
	event := Event{Payload: map[string]any{"text": strings.Repeat("x", 200_000), "short": strings.Repeat("x", 4000)}}
	for _, tc := range []struct {
		name, message, next string
		problem             string
		allocated, written  int // bytes at most
	}{
		{"thousands of expressions to a large payload", huge, "e", "inputs are larger than 256 kB", 5 << 20, 10_000},
		{"the same in a circle", huge, "l", "goes in a circle", 20 << 20, 1 << 20},
		{"a large input in a circle", `"$.payload.text"`, "l", "goes in a circle", 30 << 20, 2 << 20},
		{"what escapes in JSON counts as it is written", `"` + strings.Repeat(`\u0001`, 30_000) + `"`, "l", "goes in a circle", 1 << 30,
			8 << 20},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := &page{}
			j, allocated, written := weigh(t, mustParse(t, logs(tc.message, tc.next)), event, p)
			if !strings.Contains(j.Problem, tc.problem) || allocated > tc.allocated || written > tc.written {
				t.Errorf("%q: allocated %d bytes, journal of %d", j.Problem, allocated, written)
			}
		})
	}
	t.Run("a circle of them stops evaluating", func(t *testing.T) {
		j, _, _ := weigh(t, mustParse(t, logs(`"$.payload.text"`, "l")), event, &page{})
		good := 0
		for _, s := range j.Steps {
			if s.Problem == "" {
				good++
			}
		}
		if last := j.Steps[len(j.Steps)-1].Problem; good < 100 || good > 200 || !strings.Contains(last, "larger than 32 MB") {
			t.Errorf("%d went well, the last says %q", good, last)
		}
	})
	t.Run("a circle of short ones stops recording", func(t *testing.T) {
		j, _, written := weigh(t, mustParse(t, logs(`"$.payload.short"`, "l")), event, &page{})
		if last := j.Steps[len(j.Steps)-1].Problem; !strings.Contains(last, "journal keeps") || written > 2<<20 {
			t.Errorf("a journal of %d bytes, the last says %q", written, last)
		}
	})
	t.Run("a long input is used whole and recorded in part", func(t *testing.T) {
		p := &page{}
		j, _, _ := weigh(t, mustParse(t, logs(`"$.payload.text"`, "e")), event, p)
		line, isLine := p.asked[0].(LogLine)
		kept, isText := j.Steps[1].Inputs["message"].(string)
		if !isLine || len(line.Message) != 200_000 || !isText || len(kept) > MaxRecorded+50 || !strings.Contains(kept, "200000 bytes") {
			t.Errorf("logged %d bytes, recorded %d", len(line.Message), len(kept))
		}
		if j.Status != Completed {
			t.Errorf("%s: %s", j.Status, j.Problem)
		}
	})
}

func TestResultsAreBounded(t *testing.T) {
	extract := func(from string) Program {
		return mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},
			{"id":"x","type":"SE_CoreExtractValue","controls":{"targetField":"`+from+`","keyPath":"text"},"ports":{"done":"x"}}]}`)
	}
	for _, tc := range []struct {
		name    string
		size    int
		problem string
		good    int // steps that gave their result
	}{
		{"one result", MaxResult + 1, "", 0}, // its input is too large already
		{"all of them", 100_000, "results of this run", 10},
	} {
		t.Run(tc.name, func(t *testing.T) {
			event := Event{Payload: map[string]any{"text": strings.Repeat("x", tc.size)}}
			j, _, written := weigh(t, extract("$.payload"), event, &page{})
			good, said := 0, false
			for _, s := range j.Steps {
				if s.Type == core.ExtractValue.Type && s.Result != nil {
					good++
				}
				said = said || strings.Contains(s.Problem, tc.problem)
			}
			if good != tc.good || !said || written > 3<<20 {
				t.Errorf("%d good results, journal of %d bytes", good, written)
			}
		})
	}
	t.Run("those of an earlier part count", func(t *testing.T) {
		f, event := extract("$.payload"), Event{Payload: map[string]any{"text": strings.Repeat("x", 100_000)}}
		whole := runFlow(t, f, event, &page{})
		j := Run(t.Context(), Job{Program: f, Event: event, Past: whole.Steps[:11], Now: still})
		if s := j.Steps[11]; s.Result != nil || !strings.Contains(s.Problem, "results of this run") {
			t.Errorf("another result: %q", s.Problem)
		}
	})
	t.Run("a run that hands all its results on does not hold itself", func(t *testing.T) {
		f := mustParse(t, `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},
			{"id":"x","type":"SE_CoreExtractValue","controls":{"targetField":{"a":"$.actions"},"keyPath":"a"},"ports":{"done":"x"}}]}`)
		if j, _, written := weigh(t, f, Event{}, &page{}); written > 4<<20 || len(j.Steps) != MaxSteps {
			t.Errorf("%d steps, journal of %d bytes", len(j.Steps), written)
		}
	})
}
