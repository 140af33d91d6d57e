package lint_test

import (
	"testing"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/lint"
)

func TestMatches(t *testing.T) {
	for _, tc := range []struct {
		name, action string
		want         string // the best
		sure         bool
	}{
		{"the same inputs and ports under another name", `"type":"SE_Call","controls":{"phoneNumber":"","quiet":false,"more":null},` +
			`"ports":{"success":"e","failure":"e"}`, "SE_AgentDialNumber", true},
		{"another spelling, inputs left out", `"type":"SE_AgentDialANumber","controls":{"phoneNumber":""},"ports":{"success":"e"}`,
			"SE_AgentDialNumber", true},
		{"one input that several have", `"type":"SE_Xyz","controls":{"key":"a"},"ports":{"done":"e"}`, "SE_GetProperty", false},
		{"nothing alike", `"type":"SE_Zzzzzzzzzzzzzzzzz","controls":{"qq":"a","rr":1},"ports":{"wherever":"e"}`, "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, err := flow.Read([]byte(`{"actions":[{"id":"s","type":"SE_Start","ports":{"done":"x"}},{"id":"x",` + tc.action +
				`},{"id":"e","type":"SE_End"}]}`))
			if err != nil {
				t.Fatal(err)
			}
			p, _ := flow.Compile(d, kinds)
			found := lint.Matches(d, p, p.At("x").Type, kinds)
			best := ""
			if len(found) > 0 {
				best = found[0].Type
			}
			if best != tc.want || lint.Sure(found) != tc.sure {
				t.Errorf("%+v, sure: %v", found, lint.Sure(found))
			}
		})
	}
}
