package ways_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/blocks"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

// A loop is no circle, unless nothing leads back to it; a Return is an end; a call names a flow that is there, as it is.
func TestWhatIsSaidOfLoopsAndCalls(t *testing.T) {
	const loop = `{"name":"A","actions":[{"id":"s","type":"SE_Start","ports":{"done":"l"}},
		{"id":"l","type":"SE_PatchcordForEach","controls":{"list":[1]},"ports":{"each":"b","done":"e"}},
		{"id":"b","type":"SE_Log","controls":{"message":"$.actions.l.results.item"},"ports":{"done":"%s"}},
		{"id":"e","type":"SE_PatchcordReturn"}]}`
	const call = `{"name":"A","actions":[{"id":"s","type":"SE_Start","ports":{"done":"c"}},
		{"id":"c","type":"SE_PatchcordCallFlow","controls":{"flow":"%s"},"ports":{"success":"e","failure":"e"}},{"id":"e","type":"SE_End"}]}`
	others := map[string][]string{"A": nil, "Find caller": {"B"}, "B": {"A"}, "Free": {"Find it"}}
	for text, want := range map[string]string{
		fmt.Sprintf(loop, "l"):    "",
		fmt.Sprintf(loop, "e"):    "warning loopOnce: no way from port each leads back here, so For Each takes the first item only",
		fmt.Sprintf(call, "Free"): "",
		fmt.Sprintf(call, "Fre"): "hint callUnknown: no flow here is named Fre: it must be active on the same adapter " +
			"record: did you mean Free?",
		fmt.Sprintf(call, "a00000000001"): "hint callUnknown: no flow here is named a00000000001: it must be active on the " +
			"same adapter record",
		fmt.Sprintf(call, "a02000000000001AAA"): "",
		fmt.Sprintf(call, "Find caller"): "error callCircle: flows call each other in a circle (Find caller → B → A), which is refused " +
			"when it is reached",
		fmt.Sprintf(call, "A"): "error callCircle: flows call each other in a circle (A), which is refused when it is reached",
		fmt.Sprintf(call, "$.payload.flow"): "error callPath: flow is $.payload.flow, and a flow that is called is named as it is: it is " +
			"kept with the run from its beginning. Use Switch to choose one of several",
	} {
		d, err := flow.Read([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		_, findings := lint.Flow(d, blocks.All, lint.About{Flows: others})
		var said []string
		for _, f := range findings {
			said = append(said, fmt.Sprintf("%s %s: %s", f.Severity, f.Code, f.Message()))
		}
		if got := strings.Join(said, "; "); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
		if _, findings = lint.Flow(d, blocks.All, lint.About{Original: true}); flow.Broken(findings) == nil {
			t.Error("the original can run it?")
		}
	}
}
