package ways_test

import (
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

const byTier = `{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"w"}},
	{"id":"w","type":"SE_PatchcordSwitch","controls":{"value":"$.payload.tier","cases":{"gold":"Gold","two":2,"also":"$.payload.also"}},
		"ports":{"gold":"g","two":"t","also":"a","else":"e"}},
	{"id":"g","type":"SE_End"},{"id":"t","type":"SE_End"},{"id":"a","type":"SE_End"},{"id":"e","type":"SE_End"}]}`

func TestSwitch(t *testing.T) {
	program, err := flow.Load([]byte(byTier), blocks.All)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		tier, also any
		want       string
	}{
		{"Gold", nil, "g"}, {"gold", nil, "e"}, {2.0, nil, "t"}, {"2", nil, "t"}, {"x", "x", "a"}, {"Gold", "Gold", "a"}, {nil, nil, "e"},
		{"", "", "a"}, {"else", nil, "e"},
	} {
		event := flow.Event{Payload: map[string]any{"tier": tc.tier, "also": tc.also}}
		journal := flow.Run(t.Context(), flow.Job{Program: program, Event: event, Now: time.Now})
		if got := string(journal.Steps[len(journal.Steps)-1].Action); got != tc.want || journal.Status != flow.Completed {
			t.Errorf("%v came to %s, want %s: %s", tc.tier, got, tc.want, journal.Problem)
		}
	}
}

// Its ports are its cases: others are misspelt. The original cannot run it.
func TestPortsAreCases(t *testing.T) {
	for text, want := range map[string]string{
		byTier: "",
		strings.Replace(byTier, `"gold":"g"`, `"golt":"g"`, 1): "Switch has no port golt, so nothing leaves by it: did you mean gold?",
	} {
		d, err := flow.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		_, findings := lint.Flow(d, blocks.All, lint.About{})
		got := ""
		if len(findings) > 0 {
			got = findings[0].Message()
		}
		if got != want {
			t.Errorf("says %q, want %q", got, want)
		}
		_, findings = lint.Flow(d, blocks.All, lint.About{Original: true})
		if flow.Broken(findings) == nil {
			t.Error("the original can run it?")
		}
	}
}
