package sessionend

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOf(t *testing.T) {
	for _, tc := range []struct {
		name     string
		keys     map[string]string
		want     Rule
		problems []string
	}{
		{"nothing is said", nil, Rule{Status: "Offline", Timer: 5 * time.Second, Initial: "Available"}, nil},
		{"all is said", map[string]string{"Status": "Logout", "IfProfileNameIncludes": "Sales, Basic ,", "IfCurrentAgentState": "Available,Lunch",
			"SessionEndTimer": "20", "InitialAgentState": "Training"}, Rule{Status: "Logout", Profiles: []string{"Sales", "Basic"},
			States: []string{"Available", "Lunch"}, Timer: 20 * time.Second, Initial: "Training"}, nil},
		{"a timer of words", map[string]string{"SessionEndTimer": "soon"}, Rule{Status: "Offline", Timer: 5 * time.Second, Initial: "Available"},
			[]string{`SessionEndTimer ("soon") is no number of seconds from 0 to 600: it is 5.`}},
		{"a timer of a day", map[string]string{"SessionEndTimer": "86400"}, Rule{Status: "Offline", Timer: 5 * time.Second, Initial: "Available"},
			[]string{`SessionEndTimer ("86400") is no number of seconds from 0 to 600: it is 5.`}},
		{"states of the system", map[string]string{"Status": "Busy", "InitialAgentState": "AfterCallWork"},
			Rule{Status: "Busy", Timer: 5 * time.Second, Initial: "AfterCallWork"},
			[]string{`InitialAgentState ("AfterCallWork") is a state that nobody can be set to.`,
				`Status ("Busy") is a state that nobody can be set to.`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, problems := Of(tc.keys)
			if diff := cmp.Diff(tc.want, got) + cmp.Diff(tc.problems, problems); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOnEnd(t *testing.T) {
	for _, tc := range []struct {
		name  string
		rule  Rule
		agent Agent
		set   string
	}{
		{"an agent who is there", Rule{Status: "Offline"}, Agent{"Available", "Basic"}, "Offline"},
		{"one who is away already", Rule{Status: "Offline"}, Agent{"Offline", "Basic"}, ""},
		{"one who is not signed in", Rule{Status: "Offline"}, Agent{"", "Basic"}, ""},
		{"one on a call gets it afterwards", Rule{Status: "Offline"}, Agent{"Busy", "Basic"}, "Offline"},
		{"another status than Offline", Rule{Status: "Lunch"}, Agent{"", "Basic"}, "Lunch"},
		{"a name that signs out", Rule{Status: "Logout"}, Agent{"Available", "Basic"}, "Offline"},
		{"a longer name that signs out", Rule{Status: "End of shift Logout"}, Agent{"Available", "Basic"}, "Offline"},
		{"of a profile that is meant", Rule{Status: "Offline", Profiles: []string{"Bas"}}, Agent{"Available", "Basic"}, "Offline"},
		{"of one that is not", Rule{Status: "Offline", Profiles: []string{"basic", "Sales"}}, Agent{"Available", "Basic"}, ""},
		{"from a status that is meant", Rule{Status: "Offline", States: []string{"Available"}}, Agent{"Available", "Basic"}, "Offline"},
		{"from one that is not", Rule{Status: "Offline", States: []string{"Available"}}, Agent{"Lunch", "Basic"}, ""},
		{"a state of the system", Rule{Status: "Busy"}, Agent{"Available", "Basic"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.rule.OnEnd(tc.agent); got.Set != tc.set || got.Why == "" {
				t.Errorf("%+v, want %q", got, tc.set)
			}
		})
	}
}

func TestOnStart(t *testing.T) {
	for _, tc := range []struct {
		name  string
		rule  Rule
		agent Agent
		left  string
		set   string
	}{
		{"an agent whom the end set Offline", Rule{Initial: "Available"}, Agent{"Offline", "Basic"}, "Offline", "Available"},
		{"one of whom the contact centre knows nothing", Rule{Initial: "Available"}, Agent{"", "Basic"}, "Offline", "Available"},
		{"one whom the end left alone", Rule{Initial: "Available"}, Agent{"Offline", "Basic"}, "", ""},
		{"one who has chosen since", Rule{Initial: "Available"}, Agent{"Lunch", "Basic"}, "Offline", ""},
		{"one who is there already", Rule{Initial: "Available"}, Agent{"Available", "Basic"}, "Offline", ""},
		{"of another profile", Rule{Initial: "Available", Profiles: []string{"Sales"}}, Agent{"Offline", "Basic"}, "Offline", ""},
		{"a state of the system", Rule{Initial: "Busy"}, Agent{"Offline", "Basic"}, "Offline", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.rule.OnStart(tc.agent, tc.left); got.Set != tc.set || got.Why == "" {
				t.Errorf("%+v, want %q", got, tc.set)
			}
		})
	}
}
