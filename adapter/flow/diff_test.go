package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	. "github.com/patchcord/patchcord/adapter/flow"
)

func TestDiff(t *testing.T) {
	const base = `{"name":"n","actions":[{"id":"a","type":"SE_Start","ports":{"done":"b"}},
		{"id":"b","type":"SE_Log","controls":{"level":"info","message":{"x":1.0,"y":"&"}},"ports":{"done":"c"},
		"position":[1,2]},{"id":"c","type":"SE_End"}]}`
	for _, tc := range []struct {
		name     string
		from, to string // what is replaced in the file
		all      bool
		want     []string
	}{
		{"nothing", "x", "x", true, nil},
		{"another spelling", `"x":1.0,"y":"&"`, `"y" : "\u0026", "x":10e-1`, true, nil},
		{"another order", `{"id":"c","type":"SE_End"}]}`, `{"type":"SE_End","id":"c"}]}`, true, nil},
		{"what is unset in both forms", `"level":"info"`, `"level":"info","more":null,"less":""`, false, nil},
		{"a control", `"info"`, `"warn"`, false, []string{`control b level "info" "warn"`}},
		{"a control that goes", `"level":"info",`, ``, false, []string{`control b level "info"`}},
		{"a control that comes", `"level"`, `"new":true,"level"`, false, []string{"control b new  true"}},
		{"a way", `"done":"c"`, `"done":"a"`, false, []string{`port b done "c" "a"`}},
		{"a type", `SE_Log`, `SE_X`, false, []string{"type b  SE_Log SE_X"}},
		{"an action that comes", `{"id":"c"`, `{"id":"d","type":"SE_Y","ports":{"done":"c"}},{"id":"c"`, false,
			[]string{"added d   SE_Y", `port d done  "c"`}},
		{"an action that goes", `,{"id":"c","type":"SE_End"}`, ``, false, []string{"removed c  SE_End"}},
		{"the name", `"name":"n"`, `"name":"m"`, false, []string{`key  name "n" "m"`}},
		{"a position does not count", `[1,2]`, `[3,4]`, false, nil},
		{"unless all is wanted", `[1,2]`, `[3,4]`, true, []string{"key b position [1,2] [3,4]"}},
		{"nor does what nobody knows", `{"name"`, `{"x-patchcord":{},"name"`, false, nil},
		{"unless all is, too", `{"name"`, `{"x-patchcord":{},"name"`, true, []string{"key  x-patchcord  {}"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, c := range Diff(read(t, []byte(base)), read(t, []byte(strings.Replace(base, tc.from, tc.to, 1))), tc.all) {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", c.Kind, c.Action, c.What, c.Old, c.New)))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
