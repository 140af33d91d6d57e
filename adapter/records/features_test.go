package records

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/sessionend"
)

func feature(name, value string) map[string]any {
	return map[string]any{"Id": "a0F" + name, "Name": name, "Value__c": value}
}

func TestFeatures(t *testing.T) {
	ended := func(status string, timer time.Duration, initial string) *sessionend.Rule {
		return &sessionend.Rule{Status: status, Timer: timer, Initial: initial}
	}
	for _, tc := range []struct {
		name     string
		records  []map[string]any
		rule     *sessionend.Rule
		problems []string // of each a part
	}{
		{"none", nil, nil, nil},
		{"the end of a session", []map[string]any{feature("SetAgentStatusOnSessionEnd",
			"Status: Lunch\r\nSessionEndTimer :20\n\nInitialAgentState:Training")},
			ended("Lunch", 20*time.Second, "Training"), nil},
		{"without a value", []map[string]any{feature("SetAgentStatusOnSessionEnd", "")}, ended("Offline", 5*time.Second, "Available"), nil},
		{"others that are known", []map[string]any{feature("FEATURE_CTI_ATTRIBUTES", "ShowAllAttributes: true"),
			feature("MiniAdapterMessage", "Use the other window.\nThank you: IT")}, nil, nil},
		{"a name in other capitals", []map[string]any{feature("setAgentStatusOnSessionEnd", "Status: Lunch")}, nil,
			[]string{"AC Feature setAgentStatusOnSessionEnd: there is no feature of this name"}},
		{"a name with a percent sign", []map[string]any{feature("100% quiet", "")}, nil,
			[]string{"AC Feature 100% quiet: there is no feature of this name; names count as written: EnableMedialessPopout,"}},
		{"a key that is misspelt", []map[string]any{feature("SetAgentStatusOnSessionEnd", "status: Lunch")},
			ended("Offline", 5*time.Second, "Available"), []string{`it has no key "status"`}},
		{"a line that is none", []map[string]any{feature("SetAgentStatusOnSessionEnd", "Lunch")},
			ended("Offline", 5*time.Second, "Available"), []string{`"Lunch" has no colon`}},
		{"a value that cannot be", []map[string]any{feature("SetAgentStatusOnSessionEnd", "Status: Busy")},
			ended("Busy", 5*time.Second, "Available"), []string{`Status ("Busy") is a state that nobody can be set to`}},
		{"two of one name", []map[string]any{feature("SetAgentStatusOnSessionEnd", "Status: Lunch"), feature("SetAgentStatusOnSessionEnd", "")},
			ended("Lunch", 5*time.Second, "Available"), []string{"several active records"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := full()
			o["AC_CtiScript__c"] = o["AC_CtiScript__c"][:0:0]
			o["AC_Feature__c"] = tc.records
			r, _ := reader(t, o)
			a, err := r.Arrived(t.Context(), "0051")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.rule, a.SessionEnd); diff != "" {
				t.Error(diff)
			}
			if len(a.Problems) != len(tc.problems) {
				t.Fatalf("problems %q", a.Problems)
			}
			for i, want := range tc.problems {
				if !strings.Contains(a.Problems[i], want) {
					t.Errorf("%q, want %q", a.Problems[i], want)
				}
			}
		})
	}
}
